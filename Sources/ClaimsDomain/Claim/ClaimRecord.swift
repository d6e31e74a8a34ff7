/// One claim as the log tells it so far: fixed size, ids interned.
package struct ClaimRecord: Equatable, Sendable {
    package let claim: NameKey
    package var status = ClaimStatus.absent
    package var program = NameKey.none
    package var partner = NameKey.none
    package var period = NameKey.none
    package var activity = NameKey.none
    package var currency: Currency?
    /// What the draft asks for, in minor units of `currency`.
    package var amount: Int64 = 0
    package var activityDate: Day?
    package var inHouseWork = false
    package var thirdPartyVendor = false
    /// What the last submission asked for.
    package var submitted: Int64 = 0
    /// What the claim holds in `holding`, by bucket.
    package var reserved: Int64 = 0
    package var approved: Int64 = 0
    package var paid: Int64 = 0
    /// Whether a payment of more than nothing was made, whatever came back since.
    package var everPaid = false
    /// The activity that `approved` was counted for.
    package var approvedFor = NameKey.none
    /// The usage period of the last submission.
    package var submittedFor = NameKey.none
    /// The account that `reserved`, `approved` and `paid` stand in.
    package var holding: AccountKey?
    package var createdAt: Instant?
    package var submittedAt: Instant?
    package var decidedAt: Instant?
    package var updatedAt: Instant?
    package var submittedBy = NameKey.none
    package var firstSequence: Int64 = 0
    package var lastSequence: Int64 = 0
    package var events: Int64 = 0

    package init(claim: NameKey) { self.claim = claim }

    /// Whether it was never handed in for its present usage period: its deadline then counts.
    package var isNewToPeriod: Bool { submittedAt == nil || submittedFor != period }

    /// How far the approved amount is paid.
    package var payment: PaymentState {
        PaymentState(paid: paid, approved: approved, everPaid: everPaid)
    }
}
