import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

/// Funds below the threshold, as the deadlines show them.
@Suite struct ConversionDeadlineTests {
    @Test("co-op below the threshold is to be converted when its earning period is over")
    func conversion() throws {
        var program = Samples.program
        program.threshold = usd(1_000_000)
        var ledger = try TestLedger(publishing: [program], earned: usd(999_999))
        func rows(_ ledger: TestLedger, _ asOf: String) -> [String] {
            Self.deadlines(ledger, asOf: asOf).filter { $0.kind == .fundsConversion }
                .map { "\($0.due) \($0.state) \($0.amount?.description ?? "") \($0.rule)" }
        }
        let rule = "co-op earned is 9999.99 USD, the threshold is 10000.00 USD (version 1)"
        #expect(
            rows(ledger, "2019-12-31T23:59:59.999Z") == ["2019-12-31 due 9999.99 USD \(rule)"])
        #expect(
            rows(ledger, "2020-01-01T00:00:00Z") == ["2019-12-31 overdue 9999.99 USD \(rule)"])
        try ledger.perform(
            .fund(
                .convertBelowThreshold(), program: program.id, partner: Samples.partner,
                period: Samples.firstPeriod))
        #expect(rows(ledger, "2020-03-03T00:00:00Z") == [])
        let enough = try TestLedger(publishing: [program], earned: usd(1_000_000))
        #expect(rows(enough, "2020-01-01T00:00:00Z") == [])
    }

    /// The deadlines of a ledger whose events have all happened.
    private static func deadlines(_ ledger: TestLedger, asOf: String) -> [DeadlineRow] {
        let replay = Replay(
            state: ledger.state, viewpoint: Viewpoint(), moment: Samples.instant(asOf),
            lastSequence: Int64(ledger.entries.count), eventsKnown: Int64(ledger.entries.count),
            bytesRead: 0, unknownTypes: [:])
        return DeadlineRegister(replay, DeadlineNotes()).rows
    }
}
