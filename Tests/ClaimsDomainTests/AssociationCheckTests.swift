import ClaimsDomain
import ClaimsTestSupport
import Testing

/// `check` of an association: what it still needs, and which rule says so.
@Suite struct AssociationCheckTests {
    private func rows(_ ledger: TestLedger, at instant: Instant? = nil) throws -> [String] {
        try #require(ledger.state.check(Samples.association, at: instant ?? ledger.now))
            .map { "\($0.step.rawValue) \($0.rule.rawValue) \($0.state.rawValue)" }
    }

    @Test("a draft is asked about being handed in and approved")
    func draft() throws {
        var ledger = try TestLedger(ofAssociations: Samples.associationProgram)
        try ledger.draft(draft: Samples.associationDraft { $0.title = nil }, proof: nil)
        #expect(
            try rows(ledger) == [
                "submit association_fields broken", "submit association_proof broken",
                "submit association_claim_window met",
                "submit association_exclusive met", "approve association_duties met",
                "approve association_fields broken", "approve association_proof broken",
                "approve association_exclusive met",
            ])
        try ledger.act(.attach(Samples.proof()))
        let checked = try #require(ledger.state.check(Samples.association, at: ledger.now))
        #expect(
            checked.prefix(5).map { $0.detail ?? "" } == [
                "missing: 'title'", "attached: proof_of_execution",
                "at most 12 months old when handed in", "to the end of 2020-05-24",
                "one partner per workload",
            ])
        #expect(checked[5].detail == "anybody but who submits it may decide")
        #expect(checked.allSatisfy { $0.program.text == "cpor" && $0.version == "1" })
        #expect(checked.allSatisfy { $0.publishedAt == 1 })
    }

    @Test("another partner's hold is flagged or broken, as the programme says")
    func held() throws {
        var ledger = try TestLedger(ofAssociations: Samples.associationProgram)
        let other = AssociationID("ASC-9")
        try ledger.draft(other, partner: Samples.otherPartner)
        try ledger.act(.submit(), .startReview, .approve(reason: nil), on: other)
        try ledger.draft()
        let exclusive = try rows(ledger).filter { $0.contains("exclusive") }
        #expect(
            exclusive == [
                "submit association_exclusive flagged", "approve association_exclusive broken",
            ])
    }

    @Test("what waits is asked about approval, a decision about its windows, an end about nothing")
    func later() throws {
        var ledger = try TestLedger(ofAssociations: Samples.associationProgram)
        try ledger.draft()
        try ledger.act(.submit())
        let approval = [
            "approve association_duties met", "approve association_fields met",
            "approve association_proof met", "approve association_exclusive met",
        ]
        #expect(try rows(ledger) == approval)
        let duties = try #require(ledger.state.check(Samples.association, at: ledger.now)).first
        #expect(duties?.detail == "anybody but 'u-17' may decide")
        try ledger.act(.startReview)
        #expect(try rows(ledger) == approval)
        try ledger.act(.reject(reasons: ["no"]))
        #expect(try rows(ledger) == ["dispute association_dispute_window met"])
        let late = Samples.instant("2020-04-02T00:00:00Z")
        #expect(try rows(ledger, at: late) == ["dispute association_dispute_window broken"])
        try ledger.act(.dispute(reason: "yes"))
        #expect(try rows(ledger) == approval)
        try ledger.act(.approve(reason: nil))
        #expect(try rows(ledger) == ["decline association_consent_window met"])
        try ledger.act(.end(reason: "left"))
        #expect(try rows(ledger) == [])
    }

    @Test("what `check` calls broken is refused, and nothing else", arguments: UInt64(0)..<200)
    func agrees(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var ledger = try TestLedger(ofAssociations: Samples.associationProgram)
        let draft = Samples.associationDraft(generator.pick(["usage", "sell", "revenue"])) {
            draft in
            if generator.oneIn(3) { draft.title = nil }
            if generator.oneIn(3) { draft.severalSubscriptions = true }
            if generator.oneIn(3) { draft.products = ["Dynamics 365 Sales"] }
            if generator.oneIn(3) { draft.transactionOn = Samples.day("2019-10-01") }
        }
        let proofs = [Samples.proof(), Samples.proof(nil), Samples.proof("2018-01-01"), nil]
        if generator.oneIn(2) {
            let other = AssociationID("ASC-9")
            try ledger.draft(
                other, Samples.associationDraft(draft.activity.text), partner: Samples.otherPartner)
            try ledger.act(.submit(), .startReview, .approve(reason: nil), on: other)
        }
        try ledger.draft(draft: draft, proof: generator.pick(proofs))
        let refusal = ledger.refusal(of: .association(Samples.association, .submit()))
        let broken = try #require(ledger.state.check(Samples.association, at: ledger.now))
            .filter { $0.step == .submit && $0.state == .broken }
        if case .breaksAssociationRules(let breaches, _, _) = refusal {
            #expect(broken.map(\.detail) == breaches.map(\.description))
        } else {
            #expect(refusal == nil)
            #expect(broken == [])
        }
    }

    @Test("a programme without rules for associations has none before it; an unknown one is none")
    func none() throws {
        var program = Samples.associationProgram
        program.associations = nil
        var ledger = try TestLedger(ofAssociations: program)
        try ledger.draft()
        #expect(try rows(ledger) == [])
        #expect(ledger.state.check(AssociationID("ASC-2"), at: ledger.now) == nil)
    }
}
