package import ClaimsDomain

/// All that a report page shows of a ledger: the funds and claims at each month end up to the
/// viewpoint, and the associations, what is due and what broke a rule at the viewpoint itself.
package struct LedgerReport: Sendable {
    /// The end of each month from the first event on; the last is the viewpoint's moment.
    ///
    /// Empty when nothing had happened.
    package let months: [(day: Day, moment: Instant)]
    /// The fund accounts, by account.
    package let accounts: [AccountCourse]
    /// The claims, by id.
    package let claims: [ClaimCourse]
    /// The associations as they stand at the viewpoint, by id; none where a period is selected,
    /// since they have none.
    package let associations: [AssociationSince]
    /// What is due or late.
    package let deadlines: [DeadlineRow]
    /// What history did against the rules.
    package let findings: [FindingRow]
    /// The names that partners were enrolled with.
    package let partnerNames: [PartnerID: String]
    /// The names of the programmes, by their latest rules.
    package let programNames: [ProgramID: String]
    /// How many events had happened.
    package let events: Int64
}

/// A fund account at each month end.
package struct AccountCourse: Sendable {
    /// The account.
    package let account: FundAccount
    /// What it holds at the viewpoint.
    package let row: BalanceRow
    /// What it held at the end of each month; nil before anything touched it.
    package let balances: [FundBalance?]
    /// Whether the claim deadline had passed by the end of each month.
    package let isPast: [Bool]
    /// The movements behind what it holds, by where they go from and to; expiry last.
    package let causes: [FundCause]

    /// What it held at the end of a month, with what had expired by then; nil before its first
    /// event.
    package func figure(of bucket: Bucket, month: Int) -> Int64? {
        balances[month].map {
            $0.figure(of: bucket, expired: $0.expired(afterDeadline: isPast[month]))
        }
    }
}

/// All movements between two buckets of an account.
package struct FundCause: Equatable, Sendable {
    /// Where the money comes from.
    package let from: Bucket
    /// Where it goes.
    package let to: Bucket
    /// How many postings; 0 for expiry, which no event posts.
    package let postings: Int
    /// What they add up to, in minor units.
    package let amount: Int64

    /// Why money moves so; nil where no rule moves it so.
    package var rule: PostingRule? { PostingRule(from: from, to: to) }
}

/// A claim and how it came to where it stands.
package struct ClaimCourse: Sendable {
    /// The claim at the viewpoint.
    package let row: ClaimRow
    /// What it was like, from a day to the next; by day, at least one.
    package let stands: [ClaimStand]
    /// The account of its programme, partner, period and currency; nil without a currency.
    package var account: FundAccount? {
        row.currency.map {
            FundAccount(
                program: row.program, partner: row.partner, period: row.period, currency: $0)
        }
    }

    /// The day on which it came into its present status.
    package var since: Day? {
        guard let status = stands.last?.status else { return nil }
        let before = stands.lastIndex { $0.status != status } ?? -1
        return stands[before + 1].day
    }
}

/// An association and since when it stands where it stands.
package struct AssociationSince: Sendable {
    /// The association at the viewpoint.
    package let row: AssociationRow
    /// The day of the event that led into its present status.
    package let since: Day?
}

/// What a claim was like at the end of a day, and until the next such day.
package struct ClaimStand: Equatable, Sendable {
    /// The day, in UTC.
    package let day: Day
    /// As in `ClaimRow.status`.
    package let status: String
    /// nil for a claim that is only mentioned.
    package let currency: Currency?
    /// As in `ClaimRow.amount`.
    package let amount: Int64
    /// Minor units approved.
    package let approved: Int64
    /// Minor units paid.
    package let paid: Int64

    /// Whether it differs in more than the day.
    package func differs(from other: ClaimStand?) -> Bool {
        guard let other else { return true }
        return status != other.status || currency != other.currency || amount != other.amount
            || approved != other.approved || paid != other.paid
    }
}
