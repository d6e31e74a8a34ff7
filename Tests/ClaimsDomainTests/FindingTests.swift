import ClaimsDomain
import ClaimsTestSupport
import Testing

/// An event of history and what it is found to have done.
struct FindingCase: Sendable, CustomTestStringConvertible {
    let name: String
    let codes: [FindingCode]
    let record: @Sendable (inout TestLedger) throws -> Void

    var testDescription: String { name }

    init(
        _ name: String, _ codes: [FindingCode],
        _ record: @escaping @Sendable (inout TestLedger) throws -> Void
    ) {
        self.name = name
        self.codes = codes
        self.record = record
    }
}

extension FindingCase {
    /// A payment of some cents on an approved claim of 6,000.00 USD.
    static func payment(_ name: String, _ codes: [FindingCode], _ cents: Int64...) -> FindingCase {
        FindingCase(name, codes) { ledger in
            try ledger.bring(to: .approved)
            for amount in cents { try ledger.record(paid(usd(amount))) }
        }
    }

    static func paid(_ amount: Money) -> EventPayload {
        .claimReimbursed(
            Reimbursed(amount: amount, paymentReference: "P", paidOn: Samples.day("2020-04-17")))
    }

    static func reversed(_ amount: Money) -> EventPayload {
        .claimReimbursementReversed(
            ReimbursementReversed(amount: amount, paymentReference: "P", reason: "returned"))
    }

    /// A fund event on 20,000.00 USD.
    static func fund(_ name: String, _ codes: [FindingCode], _ payload: EventPayload) -> FindingCase
    {
        FindingCase(name, codes) { try $0.record(payload) }
    }

    static func adjusted(_ cents: Int64) -> EventPayload {
        .fundsAdjusted(FundsAdjusted(amount: usd(cents), reasonCode: "ops", reason: "why"))
    }

    static func rolled(_ cents: Int64, to period: PeriodLabel = Samples.secondPeriod)
        -> EventPayload
    {
        .fundsRolledOver(FundsRolledOver(amount: usd(cents), toPeriod: period, reason: "unused"))
    }
}

@Suite struct FindingTests {
    static let claims: [FindingCase] = [
        FindingCase("approved before it was submitted", [.outOfOrder, .approvedOverSubmitted]) {
            try $0.bring(to: .editing)
            try $0.record(.claimApproved(amount: usd(1), reason: nil))
        },
        FindingCase("dated before its previous event", [.timeWentBack]) {
            try $0.bring(to: .submitted)
            try $0.record(.claimReviewStarted, at: Samples.start)
        },
        FindingCase("dated before the latest of its events", [.timeWentBack, .timeWentBack]) {
            try $0.bring(to: .submitted)
            try $0.record(.claimReviewStarted, at: Samples.start)
            try $0.record(
                .claimCommentAdded(text: "late"), at: Samples.start.adding(milliseconds: 59_999))
        },
        FindingCase("dated as its previous event", []) {
            try $0.bring(to: .submitted)
            try $0.record(
                .claimReviewStarted, at: Samples.start.adding(milliseconds: 60_000))
        },
        FindingCase("of another partner", [.otherAccount]) {
            try $0.bring(to: .submitted)
            try $0.record(
                .claimReviewStarted,
                source: Source(program: Samples.program.id, partner: Samples.otherPartner))
        },
        FindingCase("of another program", [.otherAccount]) {
            try $0.bring(to: .submitted)
            try $0.record(
                .claimReviewStarted,
                source: Source(program: Samples.programWithoutFund.id, partner: Samples.partner))
        },
        FindingCase("in another currency", [.currencyDiffers]) {
            try $0.bring(to: .underReview)
            try $0.record(.claimApproved(amount: eur(1), reason: nil))
        },
        FindingCase("of an unpublished program", [.noRulesInForce]) {
            try $0.record(
                .claimCreated(Samples.draft()),
                source: Source(program: ProgramID("none"), partner: Samples.partner))
        },
        FindingCase("for an unknown period", [.unknownPeriod]) {
            try $0.record(.claimCreated(Samples.draft(period: PeriodLabel("FY99-H9"))))
        },
        FindingCase("approved for as much as was submitted", []) {
            try $0.bring(to: .underReview)
            try $0.record(.claimApproved(amount: usd(600_000), reason: nil))
        },
        FindingCase("approved for more than was submitted", [.approvedOverSubmitted]) {
            try $0.bring(to: .underReview)
            try $0.record(.claimApproved(amount: usd(600_001), reason: nil))
        },
        FindingCase("all the fund has", []) {
            try $0.bring(to: .editing)
            try $0.record(.claimSubmitted(amount: usd(2_000_000)))
        },
        FindingCase("more than the fund has", [.claimedOverAvailable]) {
            try $0.bring(to: .editing)
            try $0.record(.claimSubmitted(amount: usd(2_000_001)))
        },
        FindingCase("less of a fund that is overdrawn", [.claimedOverAvailable]) {
            try $0.bring(to: .editing)
            try $0.record(.claimSubmitted(amount: usd(2_000_002)))
            try $0.record(.claimReviewStarted)
            try $0.record(.claimApproved(amount: usd(2_000_001), reason: nil))
        },
        FindingCase("more than there is, where there is no fund", []) {
            try $0.bring(to: .editing, in: Samples.programWithoutFund)
            let source = Source(program: Samples.programWithoutFund.id, partner: Samples.partner)
            try $0.record(.claimSubmitted(amount: usd(9_000_000)), source: source)
        },
        .payment("paid in full", [], 600_000), .payment("paid in parts", [], 1, 599_999),
        .payment("paid a cent more", [.paidOverApproved], 600_001),
        .payment("paid a cent more in parts", [.paidOverApproved], 1, 600_000),
        .payment("paid again by a cent", [.paidTwice], 600_000, 1),
        .payment("paid again after too much", [.paidOverApproved, .paidTwice], 600_001, 1),
        FindingCase("paid again after a reversal", []) {
            try $0.bring(to: PaymentState.reversed)
            try $0.record(FindingCase.paid(usd(600_000)))
        },
        FindingCase("paid while it was reviewed", [.paidWithoutApproval, .outOfOrder]) {
            try $0.bring(to: .underReview)
            try $0.record(FindingCase.paid(usd(1)))
        },
        FindingCase("reversed in full", []) {
            try $0.bring(to: PaymentState.paid)
            try $0.record(FindingCase.reversed(usd(600_000)))
        },
        FindingCase("reversed a cent more", [.reversedOverPaid]) {
            try $0.bring(to: PaymentState.paid)
            try $0.record(FindingCase.reversed(usd(600_001)))
        },
        FindingCase("in a closed period", [.afterClosing]) {
            try $0.bring(to: .editing)
            try close(Samples.firstPeriod, in: &$0)
            try $0.record(.claimSubmitted(amount: usd(600_000)))
        },
        FindingCase("beside a closed period", []) {
            try $0.bring(to: .editing)
            try close(Samples.secondPeriod, in: &$0)
            try $0.record(.claimSubmitted(amount: usd(600_000)))
        },
    ]

    static let funds: [FindingCase] = [
        .fund("converted in full", [], .fundsConverted(.init(amount: usd(2_000_000), reason: "r"))),
        .fund(
            "converted a cent more", [.fundOverdrawn],
            .fundsConverted(.init(amount: usd(2_000_001), reason: "r"))),
        .fund("adjusted to nothing", [], FindingCase.adjusted(-2_000_000)),
        .fund("adjusted below nothing", [.fundOverdrawn], FindingCase.adjusted(-2_000_001)),
        .fund("rolled over in full", [], FindingCase.rolled(2_000_000)),
        .fund("rolled over a cent more", [.fundOverdrawn], FindingCase.rolled(2_000_001)),
        .fund(
            "rolled over into itself", [], FindingCase.rolled(2_000_001, to: Samples.firstPeriod)),
        FindingCase("earned by a fund that is overdrawn", [.fundOverdrawn]) {
            try $0.record(FindingCase.adjusted(-2_000_002))
            try $0.record(FindingCase.adjusted(1))
        },
        FindingCase("left as it is by a fund that is overdrawn", [.fundOverdrawn]) {
            try $0.record(FindingCase.adjusted(-2_000_002))
            try $0.record(FindingCase.rolled(5, to: Samples.firstPeriod))
        },
        FindingCase("earned for an unknown period", [.unknownPeriod]) {
            try $0.record(FindingCase.adjusted(1), subject: "FY99-H9")
        },
        FindingCase("earned in an unpublished program", [.noRulesInForce]) {
            try $0.record(
                FindingCase.adjusted(1),
                source: Source(program: ProgramID("none"), partner: Samples.partner))
        },
        FindingCase("earned for a closed period", [.afterClosing]) {
            try close(Samples.firstPeriod, in: &$0)
            try $0.record(FindingCase.adjusted(1))
        },
        FindingCase("rolled over into a closed period", [.afterClosing]) {
            try close(Samples.secondPeriod, in: &$0)
            try $0.record(FindingCase.rolled(1))
        },
        FindingCase("closed twice", []) {
            try close(Samples.firstPeriod, in: &$0)
            try close(Samples.firstPeriod, in: &$0)
        },
    ]

    @Sendable private static func close(_ period: PeriodLabel, in ledger: inout TestLedger) throws {
        try ledger.perform(
            .closePeriod(
                program: Samples.program.id, period: period,
                treeHead: TreeHead(size: 1, rootHash: "cm9vdA==")))
    }

    @Test("history that breaks a rule is found, and nothing else is", arguments: claims + funds)
    func found(finding: FindingCase) throws {
        var ledger = try TestLedger()
        try finding.record(&ledger)
        #expect(Set(ledger.state.findings.map(\.code)) == Set(finding.codes))
        #expect(ledger.state.findings.count == finding.codes.count)
    }

    @Test("each code is provoked above")
    func complete() {
        let cases = Self.claims + Self.funds + RuleFindingTests.cases
        // Unpaid past the target is a matter of the date asked, no event's.
        #expect(
            Set(cases.flatMap(\.codes)).union(AssociationTrial.findings)
                == Set(FindingCode.allCases).subtracting([.approvedUnpaid]))
    }

    @Test("a finding names its event and what it is about")
    func place() throws {
        var ledger = try TestLedger()
        try ledger.bring(to: .approved)
        let made = try ledger.record(FindingCase.paid(usd(600_001)))
        let finding = try #require(ledger.state.findings.first)
        #expect(finding.sequence == made.fact.sequence)
        #expect(finding.kind == .claimReimbursed)
        #expect(ledger.state.names.text(finding.subject) == "CLM-1")
    }

    @Test("every code has its sentence and what may be behind it")
    func sentences() {
        let lines = FindingCode.allCases.map {
            "\($0.rawValue): \($0.sentence)\n    but: \($0.falsePositive)\n"
        }
        Golden.check(lines.joined(), named: "finding-sentences.txt")
        #expect(Set(FindingCode.allCases.map(\.sentence)).count == FindingCode.allCases.count)
        let notes = Set(FindingCode.allCases.map(\.falsePositive))
        #expect(notes.count == FindingCode.allCases.count)
    }
}
