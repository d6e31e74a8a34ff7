import ClaimsDomain
import ClaimsTestSupport
import Testing

@Suite struct AssociationStatusTests {
    @Test("the table of transitions is the one that was reviewed")
    func table() {
        let matrix = Matrix(
            rows: AssociationAction.allCases.map(\.rawValue),
            columns: AssociationStatus.allCases.map(\.rawValue)
        ) { row, column in
            AssociationTransition.next(
                AssociationAction.allCases[row], from: AssociationStatus.allCases[column])?
                .rawValue ?? "-"
        }
        Golden.check(matrix.text, named: "association-transitions.txt")
        let known = Set(AssociationTransition.table.map { "\($0.action) \($0.from)" })
        #expect(known.count == AssociationTransition.table.count)
    }

    @Test(
        "an action is decided as the table says, or refused for the status and nothing changes",
        arguments: AssociationAction.allCases, AssociationStatus.allCases)
    func decided(action: AssociationAction, status: AssociationStatus) throws {
        let id = Samples.association
        var ledger = try TestLedger()
        try ledger.bring(id, to: status)
        let before = ledger
        #expect((before.state.association(id)?.status ?? .absent) == status)
        guard let next = AssociationTransition.next(action, from: status) else {
            let expected: Refusal =
                switch (action, status) {
                case (_, .absent): .unknownAssociation(id, nearest: nil)
                case (.create, _): .associationExists(id)
                default: .wrongAssociationStatus(id, status, action)
                }
            #expect(throws: expected) { try ledger.perform(Samples.command(for: action)) }
            #expect(ledger.state.associations == before.state.associations)
            #expect(ledger.entries.count == before.entries.count)
            return
        }
        let made = try ledger.perform(Samples.command(for: action))
        #expect(made.count == 1)
        #expect(made.first.flatMap { AssociationAction($0.event.kind) } == action)
        #expect(ledger.state.association(id)?.status == next)
        #expect(ledger.findings == [])
        #expect(made.first?.postings == [])
    }

    @Test("outside the table an event of history leads to the status that was reviewed")
    func history() throws {
        let matrix = try Matrix(
            rows: AssociationAction.allCases.map(\.rawValue),
            columns: AssociationStatus.allCases.map(\.rawValue)
        ) { row, column in
            var generator = SeededGenerator(seed: 1)
            let action = AssociationAction.allCases[row]
            let status = AssociationStatus.allCases[column]
            let kind = try #require(EventKind.allCases.first { AssociationAction($0) == action })
            var ledger = try TestLedger()
            try ledger.bring(Samples.association, to: status)
            let made = try ledger.record(randomPayload(kind, using: &generator))
            let isBreach = ledger.findings == ["out_of_order \(made.fact.sequence)"]
            #expect(isBreach == (AssociationTransition.next(action, from: status) == nil))
            let found = ledger.state.association(Samples.association)?.status.rawValue ?? "none"
            return isBreach ? "(\(found))" : found
        }
        Golden.check(matrix.text, named: "association-history.txt")
    }

    @Test(
        "an action is allowed in the statuses that refusals name",
        arguments: AssociationAction.allCases)
    func statusesAllowing(action: AssociationAction) {
        let allowed = AssociationStatus.allCases.filter {
            AssociationTransition.next(action, from: $0) != nil
        }
        #expect(Set(AssociationTransition.statuses(allowing: action)) == Set(allowed))
    }

    @Test("exactly the ten kinds of association events have an action")
    func actions() {
        let kinds = EventKind.allCases.filter { AssociationAction($0) != nil }
        #expect(kinds == EventKind.allCases.filter { $0.subjectKind == .association })
        #expect(Set(kinds.compactMap(AssociationAction.init)) == Set(AssociationAction.allCases))
        #expect(kinds.count == AssociationAction.allCases.count)
    }
}

@Suite struct AssociationRecordTests {
    @Test("an association keeps when it was created, submitted, decided and last touched")
    func times() throws {
        var ledger = try TestLedger()
        try ledger.bring(Samples.association, to: .disputed)
        let times = ledger.entries.suffix(5).map(\.fact.occurredAt)
        let record = try #require(ledger.state.association(Samples.association))
        #expect(record.createdAt == times[0])
        #expect(record.submittedAt == times[1])
        #expect(record.decidedAt == nil)
        #expect(record.updatedAt == times[4])
        #expect(record.events == 5)
        #expect(ledger.state.names.text(record.activity) == "usage")
        #expect(ledger.state.names.text(record.partner) == Samples.partner.text)
        try ledger.perform(Samples.command(for: AssociationAction.approve))
        let decided = ledger.state.association(Samples.association)?.decidedAt
        #expect(decided == ledger.entries.last?.fact.occurredAt)
    }

    @Test("what an association did against the rules is found")
    func findings() throws {
        var ledger = try TestLedger()
        try ledger.bring(Samples.association, to: .submitted)
        let late = ledger.now
        try ledger.record(.associationReviewStarted, at: Samples.start)
        try ledger.record(
            .associationApproved(reason: nil),
            source: Source(program: Samples.program.id, partner: Samples.otherPartner), at: late)
        try ledger.record(.associationEnded(reason: "left"), at: late)
        try ledger.record(.associationEnded(reason: "left"), at: late)
        #expect(
            ledger.findings == ["time_went_back 6", "other_account 7", "out_of_order 9"])
        #expect(ledger.state.association(Samples.association)?.status == .ended)
    }
}
