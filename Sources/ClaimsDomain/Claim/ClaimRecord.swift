/// One claim as the log tells it so far: fixed size, ids interned.
package struct ClaimRecord: Equatable, Sendable {
    package let claim: NameKey
    package var program = NameKey.none
    package var partner = NameKey.none
    package var period = NameKey.none
    package var activity = NameKey.none
    /// The activity that `approved` was counted for.
    package var approvedFor = NameKey.none
    /// The usage period of the last submission.
    package var submittedFor = NameKey.none
    package var submittedBy = NameKey.none
    /// What the draft asks for, in minor units of `currency`.
    package var amount: Int64 = 0
    /// What the last submission asked for.
    package var submitted: Int64 = 0
    /// What the claim holds in `holding`, by bucket.
    package var reserved: Int64 = 0
    package var approved: Int64 = 0
    package var paid: Int64 = 0
    package var firstSequence: Int64 = 0
    package var lastSequence: Int64 = 0
    package var events: Int64 = 0
    private var created = OptionalInstant()
    private var handedIn = OptionalInstant()
    private var decided = OptionalInstant()
    private var updated = OptionalInstant()
    package var currency: Currency?
    package var status = ClaimStatus.absent
    package var inHouseWork = false
    package var thirdPartyVendor = false
    package var activityDate: Day?
    /// Whether a payment of more than nothing was made, whatever came back since.
    package var everPaid = false
    /// The account that `reserved`, `approved` and `paid` stand in.
    package var holding: AccountKey?

    package init(claim: NameKey) { self.claim = claim }

    /// Whether it was never handed in for its present usage period: its deadline then counts.
    package var isNewToPeriod: Bool { submittedAt == nil || submittedFor != period }

    /// How far the approved amount is paid.
    package var payment: PaymentState {
        PaymentState(paid: paid, approved: approved, everPaid: everPaid)
    }
}

extension ClaimRecord {
    package var createdAt: Instant? {
        get { created.instant }
        set { created.instant = newValue }
    }

    package var submittedAt: Instant? {
        get { handedIn.instant }
        set { handedIn.instant = newValue }
    }

    package var decidedAt: Instant? {
        get { decided.instant }
        set { decided.instant = newValue }
    }

    package var updatedAt: Instant? {
        get { updated.instant }
        set { updated.instant = newValue }
    }
}

/// A moment or none in eight bytes, where an optional takes sixteen: a replay keeps four a claim.
private struct OptionalInstant: Equatable {
    private var milliseconds = Int64.min

    var instant: Instant? {
        get {
            milliseconds == .min ? nil : Instant(millisecondsSince1970: milliseconds)
        }
        set { milliseconds = newValue?.millisecondsSince1970 ?? .min }
    }
}
