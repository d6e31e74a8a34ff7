import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

/// Why an association stands where it stands, its row, and what is due.
@Suite struct AssociationExplanationTests {
    /// Two partners that claim the same; the sample's is approved on Thursday 2020-03-05.
    private func ledger() throws -> TestLedger {
        var ledger = try TestLedger(ofAssociations: Samples.associationProgram)
        try ledger.draft(AssociationID("ASC-9"), partner: Samples.otherPartner)
        try ledger.act(.submit(), on: AssociationID("ASC-9"))
        try ledger.draft()
        try ledger.act(.submit())
        ledger.now = Samples.instant("2020-03-03T09:00:00Z")
        try ledger.act(.startReview)
        ledger.now = Samples.instant("2020-03-05T09:00:00Z")
        try ledger.act(.approve(reason: nil))
        return ledger
    }

    private func replay(_ ledger: TestLedger, asOf text: String) -> Replay {
        let moment = Samples.instant(text)
        var state = ledger.emptyState
        for entry in ledger.entries where entry.fact.occurredAt <= moment {
            state.apply(entry.fact, rules: entry.rules)
        }
        return Replay(
            state: state, viewpoint: Viewpoint(asOf: moment), moment: moment, lastSequence: 1,
            eventsKnown: 1, bytesRead: 0, unknownTypes: [:])
    }

    private func explanation(
        _ ledger: TestLedger, asOf text: String
    ) throws -> AssociationExplanation {
        let moment = Samples.instant(text)
        var explainer = AssociationExplainer(of: Samples.association)
        var state = ledger.emptyState
        for entry in ledger.entries where entry.fact.occurredAt <= moment {
            state.apply(entry.fact, rules: entry.rules)
            explainer.note(entry.fact, in: state)
        }
        return try #require(explainer.explanation(in: replay(ledger, asOf: text)))
    }

    @Test("each event has its rules and the clock it started, and they lead to the status")
    func steps() throws {
        let explained = try explanation(try ledger(), asOf: "2020-03-12T00:00:00Z")
        #expect(
            explained.steps.map {
                "\($0.trail.sequence) \($0.trail.statusAfter) \($0.rules?.sequence ?? 0) "
                    + "\($0.clock.map { "\($0.kind.rawValue) \($0.due)" } ?? "-")"
            } == [
                "5 editing 1 -", "6 editing 1 -", "7 submitted 1 start 2020-03-09",
                "8 under_review 1 review 2020-03-17", "9 approved 1 consent 2020-03-12",
            ])
        #expect(explained.steps.allSatisfy { $0.transition != nil })
        #expect(explained.statusSince == 9)
        #expect(explained.addsUp)
        #expect(explained.row.competing == [AssociationID("ASC-9")])
        #expect(explained.row.isWithoutPayment == false)
    }

    @Test("a step outside the table of transitions is told as such, and leads on all the same")
    func broken() throws {
        var ledger = try ledger()
        try ledger.record(
            .associationReviewStarted, source: Samples.source(in: Samples.associationProgram))
        let explained = try explanation(ledger, asOf: "2020-03-12T00:00:00Z")
        #expect(explained.steps.last?.transition == nil)
        #expect(explained.steps.last?.trail.findings == [.outOfOrder])
        #expect(explained.addsUp)
    }

    @Test("of a random history each association is explained", arguments: UInt64(0)..<50)
    func random(seed: UInt64) throws {
        let ledger = try randomBrokenHistory(seed: seed)
        let whole = Replay(
            state: ledger.replay(ledger.entries), viewpoint: Viewpoint(),
            moment: ledger.now, lastSequence: 1, eventsKnown: 1, bytesRead: 0, unknownTypes: [:])
        for record in ledger.state.associations {
            let id = AssociationID(ledger.state.names.text(record.association))
            var explainer = AssociationExplainer(of: id)
            var state = ledger.emptyState
            for entry in ledger.entries {
                state.apply(entry.fact, rules: entry.rules)
                explainer.note(entry.fact, in: state)
            }
            let explained = try #require(explainer.explanation(in: whole))
            #expect(explained.addsUp)
            #expect(Int64(explained.steps.count) == record.events)
        }
    }

    /// As of a moment: the clock's state in the register, and the associations' deadlines.
    static let moments: [(asOf: String, clock: String?, deadlines: [String])] = [
        ("2020-03-02T09:03:30Z", nil, ["association_start ASC-9 2020-03-09 due"]),
        (
            "2020-03-03T09:00:00Z", "due",
            [
                "association_start ASC-9 2020-03-09 due",
                "association_review ASC-1 2020-03-17 due",
            ]
        ),
        (
            "2020-03-10T00:00:00Z", "due",
            [
                "association_start ASC-9 2020-03-09 overdue",
                "association_consent ASC-1 2020-03-12 due",
            ]
        ),
        (
            "2020-03-12T23:59:59.999Z", "due",
            [
                "association_start ASC-9 2020-03-09 overdue",
                "association_consent ASC-1 2020-03-12 due",
            ]
        ),
        ("2020-03-13T00:00:00Z", "expired", ["association_start ASC-9 2020-03-09 overdue"]),
    ]

    @Test(
        "what is late reads as overdue, a window that has closed is no deadline", arguments: moments
    )
    func deadlines(asOf: String, clock: String?, deadlines: [String]) throws {
        let replay = replay(try ledger(), asOf: asOf)
        let rows = DeadlineRegister(replay, DeadlineNotes()).rows
        #expect(
            rows.map { "\($0.kind.rawValue) \($0.subject) \($0.due) \($0.state.rawValue)" }
                == deadlines)
        let row = AssociationRegister.row(of: Samples.association, in: replay)
        #expect(row?.clock?.state.rawValue == clock)
        // Nothing but an event changes a status.
        if asOf > "2020-03-05" { #expect(row?.status == .approved) }
    }
}
