import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

/// What holds of differences in every history, by seed.
@Suite("laws of differences")
struct DifferenceLawTests {
    @Test("from a point to itself nothing changed", arguments: UInt64(0)..<100)
    func nothing(seed: UInt64) throws {
        for var history in [try SeededHistory(valid: seed), try SeededHistory(broken: seed)] {
            for viewpoint in history.viewpoints() {
                #expect(history.difference(viewpoint, viewpoint).rows == [])
            }
        }
    }

    @Test(
        "point after point, the changes make the last state of a valid history",
        arguments: UInt64(0)..<100)
    func valid(seed: UInt64) throws {
        try checkChains(try SeededHistory(valid: seed))
    }

    @Test(
        "point after point, the changes make the last state of any history",
        arguments: UInt64(0)..<100)
    func broken(seed: UInt64) throws {
        try checkChains(try SeededHistory(broken: seed))
    }

    /// Along each axis, through points in order.
    private func checkChains(_ history: SeededHistory) throws {
        var history = history
        let moments = (0..<6).map { _ in history.moment() }.sorted()
        try checkChain(moments.map { Viewpoint(asOf: $0) }, history)
        let last = Int64(history.ledger.entries.count)
        let sequences = (0..<6).map { _ in history.generator.number(0...last) }.sorted()
        try checkChain(sequences.map { Viewpoint(knownAt: .sequence($0)) }, history)
    }

    private func checkChain(_ points: [Viewpoint], _ history: SeededHistory) throws {
        var fields = Fields(of: history.replay(points[0]))
        for (from, to) in zip(points, points.dropFirst()) {
            for row in history.difference(from, to).rows {
                check(row, history, from, to)
                guard Fields.keeps(row) else { continue }
                #expect(Fields.isSame(fields.value(of: row), row.from), "\(row)")
                fields.values[Fields.key(row)] = row.to
            }
            let expected = Fields(of: history.replay(to))
            for key in Set(expected.values.keys).union(fields.values.keys).sorted() {
                let (left, right) = (fields.values[key], expected.values[key])
                if !Fields.isSame(left, right) {
                    Issue.record("\(key) is \(String(describing: left)) from \(from) to \(to)")
                }
            }
        }
    }

    /// An event behind a change is there at one of the points only; without one it is the deadline.
    private func check(
        _ row: DifferenceRow, _ history: SeededHistory, _ from: Viewpoint, _ to: Viewpoint
    ) {
        let facts = row.events.map { history.ledger.entries[Int($0) - 1].fact }
        let isBetween = facts.allSatisfy {
            (from.knows($0) && from.includes($0)) != (to.knows($0) && to.includes($0))
        }
        #expect(isBetween, "\(row)")
        #expect(row.events == row.events.sorted() && Set(row.events).count == row.events.count)
        #expect(!row.events.isEmpty || row.cause == .deadline, "\(row)")
    }

    @Test(
        "the events behind a bucket's change are those that posted to it, and add up to it",
        arguments: UInt64(0)..<100)
    func bucketEvents(seed: UInt64) throws {
        var history = try SeededHistory(valid: seed)
        let last = Int64(history.ledger.entries.count)
        let ends = [history.generator.number(0...last), history.generator.number(0...last)].sorted()
        let (from, to) = (
            Viewpoint(knownAt: .sequence(ends[0])), Viewpoint(knownAt: .sequence(ends[1]))
        )
        var changes: [String: Int64] = [:]
        var sequences: [String: [Int64]] = [:]
        _ = history.replay(to) { state, fact in
            guard fact.sequence > ends[0] else { return }
            for posting in state.lastPostings {
                for bucket in [Bucket.reserved, .approved, .paid, .earned, .due, .claimed] {
                    let change = bucket.change(
                        by: posting.amount, from: posting.from, to: posting.to)
                    guard change != 0 else { continue }
                    let key = "\(state.account(posting.account)) \(bucket)"
                    changes[key, default: 0] += change
                    if sequences[key]?.last != fact.sequence {
                        sequences[key, default: []].append(fact.sequence)
                    }
                }
            }
        }
        for row in history.difference(from, to).rows where row.kind == .fund {
            let key = "\(row.subject) \(row.field)"
            guard let change = changes.removeValue(forKey: key),
                case .amount(let units, _)? = row.difference
            else { continue }
            #expect(units == change)
            #expect(row.events == sequences[key])
        }
        #expect(changes.values.allSatisfy { $0 == 0 })
    }
}

/// The fields of every claim and account as the registers say, by name: nothing of a difference.
private struct Fields {
    var values: [String: DifferenceValue] = [:]

    init(of replay: Replay) {
        for row in ClaimRegister(replay).rows {
            func set(_ field: String, _ value: DifferenceValue?) {
                values["claim \(row.claim) \(field)"] = value
            }
            set("status", .text(row.status))
            set("payment", .text(row.payment.rawValue))
            set("period", row.period.text.isEmpty ? nil : .text(row.period.text))
            set("currency", row.currency.map { .text($0.code) })
            set("amount", row.currency.map { .amount(row.amount, $0) })
            set("approved", row.currency.map { .amount(row.approved, $0) })
            set("paid", row.currency.map { .amount(row.paid, $0) })
            set("events", .count(row.events))
        }
        for index in replay.state.accounts.indices {
            let account = replay.state.account(AccountKey(index: Int32(index)))
            let balance = replay.state.accounts[index].balance
            let isPast = replay.isPastDeadline(account.period, of: account.program)
            let expired = balance.expired(afterDeadline: isPast)
            for bucket in Bucket.allCases {
                values["fund \(account) \(bucket.rawValue)"] = .amount(
                    balance.figure(of: bucket, expired: expired), account.currency)
            }
        }
        for row in AssociationRegister(replay).rows {
            values["association \(row.association) status"] = .text(row.status.rawValue)
        }
    }

    static func key(_ row: DifferenceRow) -> String { "\(row.kind) \(row.subject) \(row.field)" }

    /// Whether the field is one of those read here.
    static func keeps(_ row: DifferenceRow) -> Bool {
        switch row.kind {
        case .fund: true
        case .claim:
            [
                "status", "payment", "period", "currency", "amount", "approved", "paid", "events",
            ].contains(row.field)
        case .association: row.field == "status"
        case .program: false
        }
    }

    /// What stands there now; for what is not there yet, what the row says.
    func value(of row: DifferenceRow) -> DifferenceValue? { values[Self.key(row)] ?? row.from }

    /// No money is the same in any currency, and before there is any.
    static func isSame(_ left: DifferenceValue?, _ right: DifferenceValue?) -> Bool {
        if case .amount(0, _)? = left ?? right, case .amount(0, _)? = right ?? left { return true }
        let unpaid = DifferenceValue.text(PaymentState.unpaid.rawValue)
        if left ?? unpaid == unpaid, right ?? unpaid == unpaid { return true }
        return left == right
    }
}
