import ClaimsDomain
import ClaimsTestSupport
import Testing

/// Which account and which program a finding goes by, where an event is about two of them.
@Suite struct AccountFindingTests {
    private static let other = Source(
        program: Samples.programWithoutFund.id, partner: Samples.partner)

    private static let nowhere = Source(program: ProgramID("none"), partner: Samples.partner)
    private static let both: [FindingCode] = [.noRulesInForce, .claimedOverAvailable]

    static let cases: [FindingCase] = [
        FindingCase("moved to a fund that has less", [.claimedOverAvailable]) {
            try move(to: Samples.secondPeriod, in: &$0)
            try $0.record(.claimSubmitted(amount: usd(600_000)))
        },
        FindingCase("moved to a fund that has enough", []) {
            try $0.earn(usd(600_000), period: Samples.secondPeriod)
            try move(to: Samples.secondPeriod, in: &$0)
            try $0.record(.claimSubmitted(amount: usd(600_000)))
        },
        FindingCase("above the limit where no rules are in force", both) {
            try $0.record(.claimCreated(Samples.draft()), source: nowhere)
            try $0.record(.claimSubmitted(amount: usd(1)), source: nowhere)
        },
        FindingCase("excepted from the limit where no rules are in force", [.noRulesInForce]) {
            try $0.record(.claimCreated(Samples.draft()), source: nowhere)
            try $0.record(
                .claimExceptionGranted(rule: "within_fund", reason: "agreed"), source: nowhere)
            try $0.record(.claimSubmitted(amount: usd(1)), source: nowhere)
        },
        FindingCase("amended to an unknown period", [.unknownPeriod]) {
            try $0.bring(to: .editing)
            try $0.record(
                .claimAmended(Samples.changes { $0.period = PeriodLabel("FY99-H9") }))
        },
        FindingCase("amended without a period", []) {
            try $0.bring(to: .editing)
            try $0.record(.claimAmended(Samples.changes { $0.title = "Flyer" }))
        },
        FindingCase("rolled over into an unknown period", [.unknownPeriod]) {
            try $0.record(FindingCase.rolled(1, to: PeriodLabel("FY99-H9")))
        },
        FindingCase("rolled over between closed periods", [.afterClosing]) {
            try close(Samples.firstPeriod, of: Samples.program, in: &$0)
            try close(Samples.secondPeriod, of: Samples.program, in: &$0)
            try $0.record(FindingCase.rolled(1))
        },
        FindingCase("from a program whose books were closed", [.otherAccount]) {
            try $0.bring(to: .editing)
            try close(Samples.firstPeriod, of: Samples.programWithoutFund, in: &$0)
            try $0.record(.claimCommentAdded(text: "hello"), source: other)
        },
        FindingCase("from elsewhere, its own books closed", [.otherAccount, .afterClosing]) {
            try $0.bring(to: .editing)
            try close(Samples.firstPeriod, of: Samples.program, in: &$0)
            try $0.record(.claimCommentAdded(text: "hello"), source: other)
        },
        FindingCase("approved in another currency beyond a cap", [.currencyDiffers]) {
            try publish(Samples.capped([Cap(limit: .fixedAmount(eur(5)), per: .claim)]), in: &$0)
            try $0.record(.claimApproved(amount: eur(6), reason: nil), source: capped)
        },
        FindingCase("approved in its own currency beyond a cap", [.approvedOverCap]) {
            try publish(Samples.capped([Cap(limit: .fixedAmount(usd(5)), per: .claim)]), in: &$0)
            try $0.record(.claimApproved(amount: usd(6), reason: nil), source: capped)
        },
    ]

    private static let capped = Samples.source(in: Samples.capped([]))

    /// A claim of 6,000.00 USD in review under a program.
    private static func publish(_ program: Program, in ledger: inout TestLedger) throws {
        try ledger.perform(.publish(program))
        try ledger.bring(to: .underReview, in: program)
    }

    private static func move(to period: PeriodLabel, in ledger: inout TestLedger) throws {
        try ledger.bring(to: .actionRequired)
        try ledger.record(.claimAmended(Samples.changes { $0.period = period }))
    }

    private static func close(
        _ period: PeriodLabel, of program: Program, in ledger: inout TestLedger
    ) throws {
        try ledger.perform(
            .closePeriod(
                program: program.id, period: period,
                treeHead: TreeHead(size: 1, rootHash: "cm9vdA==")))
    }

    @Test(
        "a finding goes by the claim's own account, and by each account money comes to",
        arguments: cases)
    func found(finding: FindingCase) throws {
        var ledger = try TestLedger()
        try finding.record(&ledger)
        #expect(Set(ledger.state.findings.map(\.code)) == Set(finding.codes))
        #expect(ledger.state.findings.count == finding.codes.count)
    }

    @Test("a payment that settles nothing leaves a claim unpaid, one that came back reversed")
    func payments() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .approved)
        try ledger.record(FindingCase.paid(eur(600_000)))
        #expect(ledger.state.claim(Samples.claim)?.payment == .unpaid)
        try ledger.record(FindingCase.paid(usd(600_000)))
        try ledger.record(FindingCase.reversed(usd(600_000)))
        try ledger.record(.claimWithdrawn(reason: nil))
        #expect(ledger.state.claim(Samples.claim)?.payment == .reversed)
    }
}
