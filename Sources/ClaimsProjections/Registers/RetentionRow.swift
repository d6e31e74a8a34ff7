public import ClaimsDomain

/// A document that was attached to a claim and not withdrawn.
public struct RetainedDocument: Equatable, Sendable {
    /// Its id within the claim.
    public let evidence: EvidenceID
    /// 64 lower-case hexadecimal digits.
    public let sha256: String
}

/// What may be done with the originals of a claim.
public enum RetentionState: String, Sendable, CaseIterable {
    /// They must be kept.
    case keep
    /// Nothing asks for them any more.
    case mayGo = "may_go"
}

/// Until when the originals of one claim must be kept.
public struct RetentionRow: Equatable, Sendable {
    /// The claim.
    public let claim: ClaimID
    /// The programme.
    public let program: ProgramID
    /// The partner.
    public let partner: PartnerID
    /// A status of the log, or `expired` for a draft past its deadline.
    public let status: String
    /// When the activity took place.
    public let activityDate: Day
    /// The last day of the retention period; nil when no rules of the programme are known.
    public let keepUntil: Day?
    /// Whether they may go at the moment asked about.
    public let state: RetentionState
    /// Why, in words.
    public let reason: String
    /// In the order attached.
    public let documents: [RetainedDocument]
}
