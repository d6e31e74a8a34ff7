import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

/// The buckets' identity after every event of 10,000 random histories, and each figure explained.
@Suite struct TenThousandHistoriesTests {
    private static let histories = UInt64(100)

    @Test("buckets and explanations add up in each of a hundred", arguments: UInt64(0)..<100)
    func hundred(batch: UInt64) throws {
        for seed in (batch * Self.histories)..<((batch + 1) * Self.histories) {
            let ledger =
                seed.isMultiple(of: 2)
                ? try randomHistory(seed: seed, events: 10)
                : try randomBrokenHistory(seed: seed, events: 10)
            try check(ledger, seed)
        }
    }

    private func check(_ ledger: TestLedger, _ seed: UInt64) throws {
        let names = ledger.state.names
        var claims = ledger.state.claims.map {
            ClaimExplainer(of: ClaimID(names.text($0.claim)))
        }
        var funds = ledger.state.accounts.indices.map { index in
            let account = ledger.state.account(AccountKey(index: Int32(index)))
            return AccountExplainer(
                of: FundQuestion(
                    partner: account.partner, period: account.period, program: account.program,
                    currency: account.currency, bucket: nil))
        }
        var state = ledger.emptyState
        for entry in ledger.entries {
            state.apply(entry.fact, rules: entry.rules)
            for index in claims.indices { claims[index].note(entry.fact, in: state) }
            for index in funds.indices { funds[index].note(entry.fact, in: state) }
            let isBalanced = state.accounts.allSatisfy {
                $0.balance.isBalanced && !$0.balance.overflowed
            }
            if !isBalanced { try #require(isBalanced, "seed \(seed), \(entry.fact.sequence)") }
        }
        let replay = Replay(
            state: state, viewpoint: Viewpoint(), moment: ledger.now,
            lastSequence: Int64(ledger.entries.count), eventsKnown: Int64(ledger.entries.count),
            bytesRead: 0, unknownTypes: [:])
        let addUp =
            claims.allSatisfy { $0.explanation(in: replay)?.addsUp == true }
            && funds.allSatisfy { explainer in
                let explanations = explainer.explanations(in: replay)
                return explanations.count == 1 && explanations.allSatisfy(\.addsUp)
            }
        if !addUp { try #require(addUp, "seed \(seed)") }
    }
}
