import ClaimsDomain
import ClaimsTestSupport
import Testing

/// One partner of record per workload or subscription.
@Suite struct AssociationExclusivityTests {
    private static let program = Samples.associationProgram
    private static let held = AssociationID("ASC-9")
    private static let mine = Samples.association

    /// Another association, approved unless said otherwise, and one of the sample partner after it.
    private struct Contest {
        var program = Samples.associationProgram
        var other = Samples.associationDraft()
        var partner = Samples.otherPartner
        var commands: [AssociationCommand] = [.submit(), .startReview, .approve(reason: nil)]
        var draft = Samples.associationDraft()

        func ledger() throws -> TestLedger {
            var ledger = try TestLedger(ofAssociations: program)
            try ledger.draft(held, other, partner: partner)
            for command in commands { try ledger.act(command, on: held) }
            try ledger.draft(mine, draft)
            return ledger
        }
    }

    private static func taken(
        _ item: String = "Exchange Online", per unit: AssociationExclusivity.Item = .workload
    ) -> AssociationBreach {
        .taken(
            AssociationBreach.Holder(association: held, partner: Samples.otherPartner),
            item: item, per: unit)
    }

    private func refusal(_ command: AssociationCommand, _ ledger: TestLedger) -> [AssociationBreach]
    {
        let refused = ledger.refusal(
            of: .association(Self.mine, command), by: Samples.reviewer)
        guard case .breaksAssociationRules(let breaches, _, _) = refused else { return [] }
        return breaches
    }

    /// What is found where a programme flags, and what it would have refused.
    static let findings: Set<FindingCode> = [.associationTaken]

    @Test("flagged when handed in: it goes on, competes, and is refused approval")
    func flagged() throws {
        var ledger = try Contest().ledger()
        #expect(refusal(.submit(), ledger) == [])
        try ledger.act(.submit(), .startReview)
        #expect(ledger.findings == [])
        #expect(refusal(.approve(reason: nil), ledger) == [Self.taken()])
        #expect(
            Self.taken().description
                == "partner '7654321' holds workload 'Exchange Online' with association 'ASC-9'")
        try ledger.record(
            .associationApproved(reason: nil), source: Samples.source(in: Self.program),
            by: Samples.reviewer)
        #expect(ledger.findings == ["association_taken \(ledger.entries.count)"])
    }

    @Test("refused when handed in; where the programme flags an approval it is found, not refused")
    func refused() throws {
        let sell = Samples.associationDraft("sell") { $0.subscriptionID = "sub-1" }
        var ledger = try Contest(other: sell, draft: sell).ledger()
        #expect(refusal(.submit(), ledger) == [Self.taken("sub-1", per: .subscription)])
        try ledger.record(
            .associationSubmitted(AssociationSubmitted()),
            source: Samples.source(in: Self.program))
        #expect(ledger.findings == ["association_taken \(ledger.entries.count)"])
        try ledger.act(.startReview, .approve(reason: nil))
        #expect(ledger.findings.count == 2)
        #expect(ledger.findings.last == "association_taken \(ledger.entries.count)")
    }

    @Test("the partner's own hold is refused whatever the programme says of others")
    func own() throws {
        let ledger = try Contest(partner: Samples.partner).ledger()
        let breach = AssociationBreach.heldAlready(
            AssociationBreach.Holder(association: Self.held, partner: Samples.partner),
            item: "Exchange Online", per: .workload)
        #expect(refusal(.submit(), ledger) == [breach])
        #expect(
            breach.description
                == "the partner has workload 'Exchange Online' already, with association 'ASC-9'")
    }

    /// What differs between two associations that are not for the same.
    static let free: [(String, @Sendable (inout AssociationCreated) -> Void)] = [
        ("another customer", { $0.tenantID = "t-2" }),
        ("another workload", { $0.products = ["Teams"] }),
        ("another activity", { $0.activity = ActivityID("sell") }),
        ("an activity many may do", { $0.activity = ActivityID("revenue") }),
    ]

    @Test("what is not the same does not compete", arguments: free.indices)
    func unrelated(index: Int) throws {
        var ledger = try Contest(draft: Samples.associationDraft("usage", Self.free[index].1))
            .ledger()
        #expect(refusal(.submit(), ledger) == [])
        try ledger.act(.submit(), .startReview, .approve(reason: nil))
        #expect(ledger.findings == [])
        #expect(try rivals(ledger) == [])
    }

    private func rivals(
        _ ledger: TestLedger, of id: AssociationID = mine
    ) throws -> [String] {
        let record = try #require(ledger.state.association(id))
        return ledger.state.rivals(of: record, at: ledger.now).map(\.text)
    }

    @Test("upper and lower case of a customer and a product are the same")
    func cases() throws {
        var ledger = try Contest(
            draft: Samples.associationDraft {
                $0.tenantID = "T-1"
                $0.products = ["Teams", "EXCHANGE Online"]
            }
        ).ledger()
        try ledger.act(.submit(), .startReview)
        #expect(refusal(.approve(reason: nil), ledger) == [Self.taken("EXCHANGE Online")])
    }

    @Test("a subscription that is not named is the product's only one")
    func subscriptions() throws {
        func refused(_ other: String?, _ mine: String?) throws -> [AssociationBreach] {
            let contest = Contest(
                other: Samples.associationDraft("sell") { $0.subscriptionID = other },
                draft: Samples.associationDraft("sell") { $0.subscriptionID = mine })
            return refusal(.submit(), try contest.ledger())
        }
        #expect(try refused("sub-1", "sub-1") == [Self.taken("sub-1", per: .subscription)])
        #expect(try refused("sub-1", "sub-2") == [])
        #expect(try refused("sub-1", nil) == [Self.taken()])
        #expect(try refused(nil, "sub-1") == [Self.taken()])
        #expect(try refused(nil, nil) == [Self.taken()])
    }

    /// The way of the other association, and whether it holds or competes after it.
    static let ways: [([AssociationCommand], holds: Bool, competes: Bool)] = [
        ([], false, false), ([.submit()], false, true), ([.submit(), .startReview], false, true),
        ([.submit(), .startReview, .requestInformation(Samples.request)], false, true),
        ([.submit(), .startReview, .approve(reason: nil)], true, true),
        ([.submit(), .startReview, .reject(reasons: ["no"])], false, false),
        (
            [.submit(), .startReview, .reject(reasons: ["no"]), .dispute(reason: "yes")], false,
            true
        ),
        ([.submit(), .startReview, .approve(reason: nil), .end(reason: "left")], false, false),
        ([.submit(), .startReview, .approve(reason: nil), .decline(reason: nil)], false, false),
    ]

    @Test("what waits competes, what is approved holds, the rest does neither", arguments: ways)
    func statuses(commands: [AssociationCommand], holds: Bool, competes: Bool) throws {
        var ledger = try Contest(commands: commands).ledger()
        try ledger.act(.submit(), .startReview)
        #expect(refusal(.approve(reason: nil), ledger) == (holds ? [Self.taken()] : []))
        #expect(try rivals(ledger) == (competes ? ["ASC-9"] : []))
        // A draft does not compete yet, and sees who does already.
        let sees = competes || commands.isEmpty
        #expect(try rivals(ledger, of: Self.held) == (sees ? ["ASC-1"] : []))
    }

    @Test("products handed in anew take the place of those before")
    func changed() throws {
        var ledger = try Contest(commands: [
            .submit(), .startReview, .requestInformation(Samples.request),
        ]).ledger()
        try ledger.act(.submit())
        #expect(try rivals(ledger) == ["ASC-9"])
        var changes = AssociationSubmitted()
        changes.products = ["Teams"]
        try ledger.act(.submit(changes), on: Self.held)
        #expect(try rivals(ledger) == [])
    }

    @Test("what was approved before the day that counts holds nothing")
    func heldFrom() throws {
        func refused(_ from: String) throws -> [AssociationBreach] {
            let program = Samples.associations { rules in
                rules.exclusivity[0].heldFrom = Samples.day(from)
                rules.exclusivity[0].heldFromAt = Instant(startOf: Samples.day(from))
                rules.exclusivity[0].onSubmission = .refuse
            }
            return refusal(.submit(), try Contest(program: program).ledger())
        }
        // The other one is approved on 2020-03-02.
        #expect(try refused("2020-03-02") == [Self.taken()])
        #expect(try refused("2020-03-03") == [])
    }

    @Test("a programme that does not ask for one partner has none that compete")
    func off() throws {
        let program = Samples.associations { $0.exclusivity = [] }
        var ledger = try Contest(program: program).ledger()
        try ledger.act(.submit(), .startReview)
        #expect(refusal(.approve(reason: nil), ledger) == [])
        #expect(try rivals(ledger) == [])
    }
}
