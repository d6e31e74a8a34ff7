import ClaimsDomain
import ClaimsTestSupport
import Testing

@Suite struct ClaimTransitionTests {
    @Test("the table of transitions is the one that was reviewed")
    func table() {
        let matrix = Matrix(
            rows: ClaimAction.allCases.map(\.rawValue),
            columns: ClaimStatus.allCases.map(\.rawValue)
        ) { row, column in
            ClaimTransition.next(ClaimAction.allCases[row], from: ClaimStatus.allCases[column])?
                .rawValue ?? "-"
        }
        Golden.check(matrix.text, named: "claim-transitions.txt")
        for transition in ClaimTransition.table {
            #expect(ClaimTransition.next(transition.action, from: transition.from) == transition.to)
        }
    }

    @Test("the number of an action or a status is its place among all")
    func ordinals() {
        #expect(ClaimAction.allCases.map(\.ordinal) == Array(ClaimAction.allCases.indices))
        #expect(ClaimStatus.allCases.map(\.ordinal) == Array(ClaimStatus.allCases.indices))
    }

    @Test(
        "an action is decided as the table says, or refused for the status and nothing changes",
        arguments: ClaimAction.allCases, ClaimStatus.allCases)
    func decided(action: ClaimAction, status: ClaimStatus) throws {
        var ledger = try Self.ledger(in: status)
        let before = ledger
        let command = Samples.command(for: action)
        guard let next = ClaimTransition.next(action, from: status) else {
            let expected: Refusal =
                switch (action, status) {
                case (_, .absent): .unknownClaim(Samples.claim, nearest: nil)
                case (.create, _): .claimExists(Samples.claim)
                default: .wrongStatus(Samples.claim, status, action)
                }
            #expect(throws: expected) { try ledger.perform(command) }
            #expect(ledger.state.claims == before.state.claims)
            #expect(ledger.state.accounts == before.state.accounts)
            #expect(ledger.entries.count == before.entries.count)
            return
        }
        let made = try ledger.perform(command)
        #expect(made.count == 1)
        #expect(made.first.flatMap { ClaimAction($0.event.kind) } == action)
        #expect(ledger.state.claim(Samples.claim)?.status == next)
        #expect(ledger.findings == [])
    }

    /// History may do what the table does not allow: the status follows, the breach is a finding.
    @Test("outside the table an event of history leads to the status that was reviewed")
    func history() throws {
        let matrix = try Matrix(
            rows: ClaimAction.allCases.map(\.rawValue),
            columns: ClaimStatus.allCases.map(\.rawValue)
        ) { row, column in
            var generator = SeededGenerator(seed: 1)
            let action = ClaimAction.allCases[row]
            let status = ClaimStatus.allCases[column]
            let kind = try #require(EventKind.allCases.first { ClaimAction($0) == action })
            var ledger = try Self.ledger(in: status)
            let made = try ledger.record(randomPayload(kind, using: &generator))
            let isBreach = ledger.state.findings.contains {
                $0.code == .outOfOrder && $0.sequence == made.fact.sequence
            }
            #expect(isBreach == (ClaimTransition.next(action, from: status) == nil))
            let found = ledger.state.claim(Samples.claim)?.status.rawValue ?? "none"
            return isBreach ? "(\(found))" : found
        }
        Golden.check(matrix.text, named: "claim-history.txt")
    }

    private static func ledger(in status: ClaimStatus) throws -> TestLedger {
        var ledger = try TestLedger()
        // Partly paid, so that money may go both ways.
        if status == .approved {
            try ledger.bring(to: PaymentState.partlyPaid)
        } else {
            try ledger.bring(to: status)
        }
        #expect((ledger.state.claim(Samples.claim)?.status ?? .absent) == status)
        return ledger
    }

    @Test(
        "an action is allowed in the statuses that refusals name", arguments: ClaimAction.allCases)
    func statusesAllowing(action: ClaimAction) {
        let allowed = ClaimStatus.allCases.filter { ClaimTransition.next(action, from: $0) != nil }
        #expect(Set(ClaimTransition.statuses(allowing: action)) == Set(allowed))
        #expect(ClaimTransition.statuses(allowing: action).count == allowed.count)
    }
}

@Suite struct PaymentTests {
    static let amount = usd(600_000)
    static let part = usd(200_000)

    /// What paying and reversing all there is leads to; nil when there is nothing to move.
    static let moves: [(from: PaymentState, action: ClaimAction, to: PaymentState?)] = [
        (.unpaid, .requestPayment, .unpaid), (.partlyPaid, .requestPayment, .partlyPaid),
        (.paid, .requestPayment, nil), (.reversed, .requestPayment, .reversed),
        (.unpaid, .reimburse, .paid), (.partlyPaid, .reimburse, .paid), (.paid, .reimburse, nil),
        (.reversed, .reimburse, .paid), (.unpaid, .reverseReimbursement, nil),
        (.partlyPaid, .reverseReimbursement, .reversed), (.paid, .reverseReimbursement, .reversed),
        (.reversed, .reverseReimbursement, nil),
    ]

    @Test("payment follows what is due and what is paid", arguments: moves)
    func payment(from: PaymentState, action: ClaimAction, to: PaymentState?) throws {
        var ledger = try TestLedger()
        try ledger.bring(to: from)
        #expect(ledger.state.claim(Samples.claim)?.payment == from)
        let command = Samples.command(for: action)
        guard let to else {
            let nothing: Refusal =
                action == .reverseReimbursement
                ? .nothingPaid(Samples.claim)
                : .nothingDue(Samples.claim, approved: Self.amount, paid: Self.amount)
            #expect(throws: nothing) { try ledger.perform(command) }
            return
        }
        try ledger.perform(command)
        #expect(ledger.state.claim(Samples.claim)?.payment == to)
        #expect(ledger.findings == [])
    }

    static let amounts: [(from: PaymentState, command: ClaimCommand, refusal: Refusal?)] = [
        (.unpaid, Samples.reimburse(amount), nil),
        (.unpaid, Samples.reimburse(usd(600_001)), .exceedsDue(amount: usd(600_001), due: amount)),
        (.unpaid, Samples.reimburse(usd(1)), nil),
        (.unpaid, Samples.reimburse(usd(0)), .notPositive(usd(0))),
        (.unpaid, Samples.reimburse(usd(-1)), .notPositive(usd(-1))),
        (
            .unpaid, Samples.reimburse(eur(1)),
            .needsRate(eur(1), claim: usd(0).currency)
        ),
        (.partlyPaid, Samples.reimburse(usd(400_000)), nil),
        (
            .partlyPaid, Samples.reimburse(usd(400_001)),
            .exceedsDue(amount: usd(400_001), due: usd(400_000))
        ),
        (.partlyPaid, .requestPayment(amount: usd(400_000)), nil),
        (
            .partlyPaid, .requestPayment(amount: usd(400_001)),
            .exceedsDue(amount: usd(400_001), due: usd(400_000))
        ),
        (.partlyPaid, Samples.reverse(part), nil),
        (
            .partlyPaid, Samples.reverse(usd(200_001)),
            .exceedsPaid(amount: usd(200_001), paid: part)
        ),
        (.partlyPaid, Samples.reverse(usd(0)), .notPositive(usd(0))),
        (
            .partlyPaid, Samples.reverse(eur(1)),
            .wrongCurrency(given: eur(0).currency, expected: usd(0).currency)
        ),
    ]

    @Test("payments are at most what is due, reversals at most what is paid", arguments: amounts)
    func amountLimit(from: PaymentState, command: ClaimCommand, refusal: Refusal?) throws {
        var ledger = try TestLedger()
        try ledger.bring(to: from)
        #expect(ledger.refusal(of: .claim(Samples.claim, command)) == refusal)
    }
}
