import ClaimsDomain
import ClaimsTestSupport
import Testing

@Suite struct DecideTests {
    static func fund(_ command: FundCommand, _ period: PeriodLabel = Samples.firstPeriod) -> Command
    {
        .fund(command, program: Samples.program.id, partner: Samples.partner, period: period)
    }

    static func convert(_ amount: Money) -> FundCommand {
        .convert(FundsConverted(amount: amount, reason: "below the threshold"))
    }

    static func rollover(_ amount: Money) -> FundCommand {
        .rollover(
            FundsRolledOver(amount: amount, toPeriod: Samples.secondPeriod, reason: "unused"))
    }

    static func earn(_ amount: Money) -> FundCommand {
        .earn(FundsEarned(amount: amount, earnedOn: Samples.day("2019-12-31")))
    }

    /// The fund has 20,000.00 USD.
    static let limits: [(command: FundCommand, rule: String?)] = [
        (earn(usd(1)), nil), (earn(usd(0)), "amount_positive"), (earn(usd(-1)), "amount_positive"),
        (earn(eur(1)), nil), (convert(usd(2_000_000)), nil),
        (convert(usd(2_000_001)), "within_fund"), (convert(usd(0)), "amount_positive"),
        (convert(eur(1)), "within_fund"), (rollover(usd(2_000_000)), nil),
        (rollover(usd(2_000_001)), "within_fund"), (rollover(usd(0)), "amount_positive"),
        (
            .adjust(FundsAdjusted(amount: usd(-9_000_000), reasonCode: "ops", reason: "unpaid")),
            nil
        ),
        (.adjust(FundsAdjusted(amount: usd(0), reasonCode: "ops", reason: "none")), nil),
    ]

    @Test("what leaves a fund is more than nothing and at most what it has", arguments: limits)
    func fundLimit(command: FundCommand, rule: String?) throws {
        let ledger = try TestLedger()
        #expect(ledger.refusal(of: Self.fund(command))?.rule == rule)
        // Also after the deadline: the rollover of 2020 moved what could no longer be claimed.
        #expect(
            ledger.refusal(of: Self.fund(command), at: Samples.firstDeadline)?.rule == rule)
    }

    @Test("what a claim holds cannot leave the fund")
    func reservedStays() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .submitted)
        #expect(ledger.refusal(of: Self.fund(Self.convert(usd(1_400_000)))) == nil)
        #expect(
            ledger.refusal(of: Self.fund(Self.convert(usd(1_400_001))))
                == .exceedsFund(
                    amount: usd(1_400_001), available: usd(1_400_000), account: Samples.account))
    }

    @Test("a command makes one event of its source and subject")
    func decisions() throws {
        var ledger = try TestLedger()
        let enrolled = PartnerEnrolled(name: "Contoso", country: "NL", currency: nil)
        let partner = Samples.otherPartner
        try ledger.perform(.enroll(program: Samples.program.id, partner: partner, enrolled))
        try ledger.perform(Self.fund(Self.rollover(usd(5))))
        try ledger.perform(Samples.create())
        try ledger.perform(Samples.command(for: AssociationAction.create))
        let made = ledger.entries.suffix(4).map(\.event.content)
        #expect(made.map(\.subject) == [partner.text, "FY20-H1", "CLM-1", "ASC-1"])
        #expect(made[0].source == Source(program: Samples.program.id, partner: partner))
        #expect(made[1...].allSatisfy { $0.source == Samples.source })
        #expect(made[0].payload == .partnerEnrolled(enrolled))
        #expect(made[2].payload == .claimCreated(Samples.draft()))
        #expect(made[3].payload == .associationCreated(Samples.associationCreated))
    }

    @Test("rules are in force from when they are published and take effect, whichever is later")
    func rulesInForce() throws {
        let later = Samples.program("later", effectiveFrom: Samples.day("2020-01-01"))
        let effective = Instant(startOf: Samples.day("2020-01-01"))
        var ledger = try TestLedger(publishing: [later], earned: nil)
        let command = Samples.create(in: later)
        #expect(ledger.refusal(of: command, at: effective) == nil)
        #expect(
            ledger.refusal(of: command, at: effective.adding(milliseconds: -1))
                == .noRulesInForce(
                    later.id, at: effective.adding(milliseconds: -1), firstInForce: effective))
        // A version published after it took effect is not known before it was published.
        let second = Samples.program("second", effectiveFrom: Samples.day("2019-01-01"))
        let published = Samples.instant("2020-05-01T12:00:00Z")
        try ledger.perform(.publish(second), at: published)
        #expect(ledger.refusal(of: Samples.create(in: second), at: published) == nil)
        #expect(
            ledger.refusal(of: Samples.create(in: second), at: effective)
                == .noRulesInForce(second.id, at: effective, firstInForce: published))
    }

    @Test("a program that lists no activities takes any")
    func anyActivity() throws {
        var open = Samples.program("open")
        open.activities = []
        let ledger = try TestLedger(publishing: [open], earned: nil)
        var draft = Samples.draft()
        draft.activity = ActivityID("anything")
        #expect(ledger.refusal(of: Samples.create(Samples.claim, draft, in: open)) == nil)
    }

    @Test("changed rules are a new version; the same one is published once")
    func versions() throws {
        let ledger = try TestLedger()
        let second = Samples.program(Samples.program.id.text, version: "2")
        #expect(ledger.refusal(of: .publish(second)) == nil)
        #expect(
            ledger.refusal(of: .publish(Samples.program))
                == .versionExists(Samples.program.id, version: "1"))
        #expect(ledger.refusal(of: .publish(Samples.program("other"))) == nil)
    }

    @Test("closing a period sums its accounts by currency, at the tree head given")
    func closePeriod() throws {
        var ledger = try TestLedger()
        try ledger.perform(Self.fund(Self.earn(eur(700))))
        try ledger.perform(
            .fund(
                Self.earn(usd(50)), program: Samples.program.id, partner: Samples.otherPartner,
                period: Samples.firstPeriod))
        try ledger.perform(Self.fund(Self.rollover(usd(300))))
        try ledger.perform(Self.fund(Self.convert(usd(40))))
        try ledger.bring(to: PaymentState.partlyPaid)
        let head = TreeHead(size: 12, rootHash: "cm9vdA==")
        let close = Command.closePeriod(
            program: Samples.program.id, period: Samples.firstPeriod, treeHead: head)
        let made = try ledger.perform(close)
        var euros = PeriodClosed.Balance(currency: eur(0).currency)
        (euros.accounts, euros.earned, euros.unclaimed) = (1, 700, 700)
        var dollars = PeriodClosed.Balance(currency: usd(0).currency)
        (dollars.accounts, dollars.earned, dollars.rolledOut) = (2, 2_000_050, 300)
        (dollars.converted, dollars.approved, dollars.paid) = (40, 600_000, 200_000)
        dollars.unclaimed = 1_399_710
        let closed = PeriodClosed(balances: [euros, dollars], treeSize: 12, rootHash: "cm9vdA==")
        #expect(made.map(\.event.content.payload) == [.periodClosed(closed)])
        #expect(made.map(\.event.content.source) == [Source(program: Samples.program.id)])
        #expect(made.map(\.event.content.subject) == ["FY20-H1"])
    }
}
