/// The number of a fund account in a replay's state.
package struct AccountKey: Hashable, Sendable {
    package let index: Int32

    package init(index: Int32) { self.index = index }
}

/// What a fold needs of one event: fixed size, ids interned.
///
/// A replayed line and an event that `decide` has just made are both reduced to this and take the
/// same path.
package struct Fact: Equatable, Sendable {
    package var sequence: Int64 = 0
    package var kind: EventKind
    package var occurredAt = Instant(millisecondsSince1970: 0)
    package var recordedAt = Instant(millisecondsSince1970: 0)
    package var program: NameKey = .none
    package var partner: NameKey = .none
    package var subject: NameKey = .none
    package var actor: NameKey = .none
    /// The usage period of a claim; `toPeriod` of a rollover.
    package var period: NameKey = .none
    package var activity: NameKey = .none
    /// The payment reference of a reimbursement, the rule of an exception, the step of an
    /// endorsement, the id of a document, the name of a partner.
    package var reference: NameKey = .none
    /// Signed minor units; meaningless without `currency`.
    package var amount: Int64 = 0
    package var currency: Currency?
    /// Earned, activity or paid date, by kind.
    package var day: Day?
    package var inHouseWork: Bool?
    package var thirdPartyVendor: Bool?
    /// Of an attached document; `reference` is then its id in the claim.
    package var document: DocumentFact?

    package init(kind: EventKind) { self.kind = kind }
}
