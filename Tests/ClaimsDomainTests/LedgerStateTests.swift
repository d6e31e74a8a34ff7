import ClaimsDomain
import ClaimsTestSupport
import Testing

@Suite struct LedgerStateTests {
    @Test("the state counts events by kind and knows the first, the last and the times between")
    func counts() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .submitted)
        try ledger.earn(usd(1), at: Samples.publishedAt.adding(milliseconds: 5))
        let state = ledger.state
        #expect(state.eventCount == 6)
        #expect(
            state.eventsByKind == [
                .programPublished: 2, .fundsEarned: 2, .claimCreated: 1, .claimSubmitted: 1,
            ])
        #expect(state.firstEvent == ledger.entries.first.map { EventPoint($0.fact) })
        #expect(state.lastEvent == ledger.entries.last.map { EventPoint($0.fact) })
        #expect(state.earliestOccurredAt == Samples.publishedAt)
        #expect(state.latestOccurredAt == Samples.start.adding(milliseconds: 60_000))
    }

    @Test("a partner is enrolled once; enrolled again it takes the new name")
    func enrolment() throws {
        var ledger = try TestLedger()
        try ledger.record(.partnerEnrolled(PartnerEnrolled(name: "Contoso")))
        let enrolledAt = ledger.entries.last?.fact.occurredAt
        try ledger.record(.partnerEnrolled(PartnerEnrolled(name: "Contoso BV")))
        try ledger.record(
            .partnerEnrolled(PartnerEnrolled()),
            source: Source(program: Samples.program.id, partner: Samples.otherPartner))
        try ledger.record(
            .partnerEnrolled(PartnerEnrolled()),
            source: Source(program: Samples.programWithoutFund.id, partner: Samples.partner))
        let names = ledger.state.partners.map { ledger.state.names.text($0.name) }
        #expect(names == ["Contoso BV", "", ""])
        #expect(ledger.state.partners.first?.enrolledAt == enrolledAt)
    }

    @Test("rules in force are the latest published by then that have taken effect by then")
    func rulesInForce() throws {
        let id = Samples.program.id
        func version(_ version: String, _ effectiveFrom: String) -> Program {
            Samples.program(id.text, version: version, effectiveFrom: Samples.day(effectiveFrom))
        }
        var ledger = try TestLedger(publishing: [], earned: nil)
        try ledger.perform(
            .publish(version("1", "2019-07-01")), at: Samples.instant("2019-06-01T00:00:00Z"))
        try ledger.perform(
            .publish(version("3", "2020-07-01")), at: Samples.instant("2020-03-01T00:00:00Z"))
        // Back-dated: recorded last, published between the two.
        try ledger.perform(
            .publish(version("2", "2020-01-01")), at: Samples.instant("2019-12-01T00:00:00Z"))
        func inForce(_ instant: String) -> String? {
            ledger.state.rules(of: id, at: Samples.instant(instant))?.version
        }
        #expect(inForce("2019-06-30T23:59:59.999Z") == nil)
        #expect(inForce("2019-07-01T00:00:00Z") == "1")
        #expect(inForce("2019-12-31T23:59:59.999Z") == "1")
        #expect(inForce("2020-01-01T00:00:00Z") == "2")
        #expect(inForce("2020-06-30T23:59:59.999Z") == "2")
        #expect(inForce("2020-07-01T00:00:00Z") == "3")
        #expect(ledger.state.programs.map(\.rules.version) == ["1", "2", "3"])
        #expect(ledger.state.latestRules(of: id)?.version == "3")
        #expect(ledger.state.rules(of: ProgramID("none"), at: Samples.start) == nil)
        #expect(ledger.state.latestRules(of: ProgramID("none")) == nil)
    }

    @Test("claims, associations and accounts are found by their ids, and no others")
    func lookup() throws {
        var ledger = try TestLedger()
        try ledger.bring(ClaimID("CLM-9"), to: .editing)
        try ledger.bring(Samples.association, to: .editing)
        #expect(ledger.state.claim(ClaimID("CLM-9"))?.status == .editing)
        #expect(ledger.state.claim(Samples.claim) == nil)
        // A name that something else has is not a claim's.
        #expect(ledger.state.claim(ClaimID(Samples.association.text)) == nil)
        #expect(ledger.state.association(Samples.association)?.status == .editing)
        #expect(ledger.state.association(AssociationID("CLM-9")) == nil)
        #expect(ledger.state.account(Samples.account)?.balance.earned == 2_000_000)
        let other = FundAccount(
            program: Samples.program.id, partner: Samples.partner, period: Samples.firstPeriod,
            currency: eur(0).currency)
        #expect(ledger.state.account(other) == nil)
        let key = try #require(ledger.entries[2].postings.first?.account)
        #expect(ledger.state.account(key) == Samples.account)
    }

    @Test("postings are those of the last event only")
    func lastPostings() throws {
        var ledger = try TestLedger()
        #expect(ledger.state.lastPostings.count == 1)
        try ledger.bring(to: .editing)
        #expect(ledger.state.lastPostings == [])
    }

    @Test(
        "amounts at the ends of the range, thousands of times, never trap",
        arguments: EventKind.allCases)
    func largestAmounts(kind: EventKind) throws {
        let most = Money.largestMinorUnits
        var ledger = try TestLedger(earned: nil)
        try ledger.bring(to: .approved, Samples.draft(usd(1)), in: Samples.programWithoutFund)
        var generator = SeededGenerator(seed: 1)
        let made = try ledger.record(randomPayload(kind, using: &generator))
        var fact = made.fact
        var state = ledger.state
        for number in 0..<3_000 {
            // Only adjustments are signed on the wire.
            fact.amount = kind == .fundsAdjusted && number >= 2_000 ? -most : most
            fact.currency = usd(0).currency
            state.apply(fact, rules: made.rules)
            for account in state.accounts { #expect(account.balance.isBalanced) }
        }
        #expect(state.eventCount == ledger.state.eventCount + 3_000)
        for account in state.accounts {
            _ = (account.balance.due, account.balance.claimed)
            _ = account.balance.available(afterDeadline: true)
        }
    }
}
