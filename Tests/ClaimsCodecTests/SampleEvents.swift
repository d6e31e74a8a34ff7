import ClaimsDomain

@testable import ClaimsCodec

/// Two events of each type: with what it must have only, and with everything it could have when
/// the type was frozen; then, of each type that fields were added to, one with these.
enum SampleEvents {
    /// Sequences count up, so that all of them together are a log; those of types that came later
    /// are another one, so that a new type leaves all frozen lines as they are.
    static let all: [Event] =
        EventKind.allCases.flatMap { [minimal($0), full($0)] } + added
        + GrownPayloads.kinds.enumerated().map { place, kind in
            full(kind, sequence: Int64(firstTypes * 2 + added.count + place + 1))
        }

    /// How many types there were when lines were frozen first.
    private static let firstTypes = 35
    /// What the sequences of types that came later begin behind.
    static let laterTypes: Int64 = 10_000

    /// The sequence of the first of the two events of a type.
    private static func sequence(_ kind: EventKind) -> Int64 {
        let later = kind.ordinal - firstTypes
        return later < 0 ? Int64(kind.ordinal) * 2 + 1 : laterTypes + Int64(later) * 2 + 1
    }

    static func of(_ kind: EventKind) -> [Event] { all.filter { $0.kind == kind } }

    private static let added: [Event] =
        EventKind.allCases.compactMap { kind in AddedPayloads.payload(kind).map { (kind, $0) } }
        .enumerated().map { place, entry in
            let (kind, payload) = entry
            let sequence = Int64(firstTypes * 2 + place + 1)
            var event = full(kind)
            let time = Instant(millisecondsSince1970: 1_580_721_300_000 + sequence * 60_000)
            event.content.id = EventID("a-\(sequence)")
            event.content.occurredAt = time
            event.content.payload = payload
            event.recordedAt = time
            event.sequence = sequence
            return event
        }

    private static func minimal(_ kind: EventKind) -> Event {
        let sequence = sequence(kind)
        let time = Instant(millisecondsSince1970: 1_580_721_300_000 + sequence * 60_000)
        let content = ProposedEvent(
            id: EventID("e-\(sequence)"),
            source: Source(
                program: ProgramID("p"), partner: kind.sourceNamesPartner ? PartnerID("q") : nil),
            subject: subject(kind, program: "p", partner: "q"), occurredAt: time,
            actor: Actor(kind: .system, id: "s"), payload: MinimalPayloads.payload(kind))
        return Event(content: content, recordedAt: time, sequence: sequence)
    }

    private static func full(_ kind: EventKind) -> Event {
        full(kind, sequence: sequence(kind) + 1, FullPayloads.payload(kind))
    }

    private static func full(_ kind: EventKind, sequence: Int64) -> Event {
        full(kind, sequence: sequence, GrownPayloads.payload(kind))
    }

    private static func full(
        _ kind: EventKind, sequence: Int64, _ payload: EventPayload
    ) -> Event {
        let recorded = Instant(millisecondsSince1970: 1_580_721_300_000 + sequence * 60_000)
        let content = ProposedEvent(
            id: EventID("0192f3c2-7d3e-7c11-8a55-\(sequence)"),
            source: Source(
                prefix: "https://partner.example/api", program: ProgramID("csp indirect/\u{E9}"),
                partner: kind.sourceNamesPartner ? PartnerID("4567890:NL") : nil),
            subject: subject(kind, program: "csp indirect/\u{E9}", partner: "4567890:NL"),
            occurredAt: recorded.adding(milliseconds: -86_400_001),
            actor: Actor(kind: .appUser, id: "u-17"), role: "program \"manager\"",
            correlationID: "case/7", causationID: "e-1", payload: payload)
        return Event(
            content: content, recordedAt: recorded.adding(milliseconds: 113), sequence: sequence)
    }

    private static func subject(_ kind: EventKind, program: String, partner: String) -> String {
        switch kind.subjectKind {
        case .program: program
        case .partner: partner
        case .period: "FY20-H2"
        case .claim: "CLM-1042"
        case .association: "ASC-7"
        }
    }
}

/// An amount of a currency of the table.
func money(_ minorUnits: Int64, _ code: String = "USD") -> Money {
    Money(minorUnits: minorUnits, currency: currency(code))
}

func currency(_ code: String) -> Currency { Currency(code: code) ?? Currency.all[0] }

/// A day by its text.
func day(_ text: String) -> Day { Day(text) ?? Day(since1970: 0) }

func instant(_ text: String) -> Instant { Instant(text) ?? Instant(millisecondsSince1970: 0) }

/// Payloads without anything optional, at the least of each range.
enum MinimalPayloads {
    static func payload(_ kind: EventKind) -> EventPayload {
        switch kind {
        case .programPublished: .programPublished(SamplePrograms.minimal)
        case .partnerEnrolled: .partnerEnrolled(PartnerEnrolled())
        case .fundsEarned:
            .fundsEarned(FundsEarned(amount: money(0), earnedOn: day("0001-01-01")))
        case .fundsAdjusted:
            .fundsAdjusted(
                FundsAdjusted(
                    amount: money(-Money.largestMinorUnits), reasonCode: "c", reason: ""))
        case .fundsConverted: .fundsConverted(FundsConverted(amount: money(1), reason: ""))
        case .fundsRolledOver:
            .fundsRolledOver(
                FundsRolledOver(amount: money(1), toPeriod: PeriodLabel("FY21-H1"), reason: ""))
        case .claimCreated:
            .claimCreated(
                ClaimCreated(
                    period: PeriodLabel("FY20-H2"), activity: ActivityID("a"), amount: money(1),
                    activityDate: day("2020-02-29")))
        case .claimAmended: .claimAmended(ClaimAmended())
        case .claimEvidenceRequested:
            .claimEvidenceRequested(EvidenceRequested(from: "u", kind: .other))
        case .claimEvidenceAttached: .claimEvidenceAttached(document)
        case .claimEvidenceWithdrawn:
            .claimEvidenceWithdrawn(evidence: EvidenceID("EV-1"), reason: "")
        case .claimCommentAdded: .claimCommentAdded(text: "")
        case .claimSubmitted: .claimSubmitted(amount: money(0))
        case .claimReviewStarted: .claimReviewStarted
        case .claimEndorsed: .claimEndorsed(step: "1")
        case .claimDocumentsRequested: .claimDocumentsRequested(request)
        case .claimApproved: .claimApproved(amount: money(0), reason: nil)
        case .claimRejected: .claimRejected(reasons: [""])
        case .claimDisputed: .claimDisputed(reason: "")
        case .claimWithdrawn: .claimWithdrawn(reason: nil)
        case .claimExceptionGranted: .claimExceptionGranted(rule: "r", reason: "")
        case .claimPaymentRequested: .claimPaymentRequested(amount: money(0))
        case .claimReimbursed:
            .claimReimbursed(
                Reimbursed(amount: money(0), paymentReference: "P", paidOn: day("1970-01-01")))
        case .claimReimbursementReversed:
            .claimReimbursementReversed(
                ReimbursementReversed(amount: money(0), paymentReference: "P", reason: ""))
        case .periodClosed:
            .periodClosed(PeriodClosed(balances: [], treeSize: 0, rootHash: "h"))
        case .associationCreated, .associationEvidenceAttached, .associationSubmitted,
            .associationReviewStarted, .associationInformationRequested, .associationApproved,
            .associationConsentDeclined, .associationRejected, .associationDisputed,
            .associationEnded:
            association(kind)
        }
    }

    private static func association(_ kind: EventKind) -> EventPayload {
        switch kind {
        case .associationCreated:
            .associationCreated(
                AssociationCreated(
                    customerDomain: "d", tenantID: "t", solutionArea: "s",
                    activity: ActivityID("a"), products: ["x"]))
        case .associationEvidenceAttached: .associationEvidenceAttached(document)
        case .associationSubmitted: .associationSubmitted(AssociationSubmitted())
        case .associationReviewStarted: .associationReviewStarted
        case .associationInformationRequested: .associationInformationRequested(request)
        case .associationApproved: .associationApproved(reason: nil)
        case .associationConsentDeclined: .associationConsentDeclined(reason: nil)
        case .associationRejected: .associationRejected(reasons: [""])
        case .associationDisputed: .associationDisputed(reason: "")
        default: .associationEnded(reason: "")
        }
    }

    private static let document = EvidenceAttached(
        evidence: EvidenceID("EV-1"), kind: .other, filename: "f", mediaType: "m", size: 0,
        sha256: String(repeating: "0", count: 64))

    private static let request = DocumentsRequested(
        items: [DocumentsRequested.Item(kind: .other, reason: "")])
}
