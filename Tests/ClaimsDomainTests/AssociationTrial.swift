import ClaimsDomain
import ClaimsTestSupport
import Testing

/// An action on an association that the rules of a programme refuse, or let pass.
///
/// Each is tried twice: asked as a command and recorded as history. What is refused has to be found
/// in history; what passes is not found.
struct AssociationTrial: Sendable, CustomTestStringConvertible {
    let name: String
    var program = Samples.associationProgram
    var draft = Samples.associationDraft()
    var proof: EvidenceAttached? = Samples.proof()
    /// When it is drafted, and when each of `before` happens; the others at `at`.
    var drafted = Samples.instant("2019-07-02T09:00:00Z")
    /// What happens before the action that is tried, and when.
    var before: [(command: AssociationCommand, at: Instant)] = []
    var command = AssociationCommand.submit()
    /// When the action is tried.
    var at = Samples.start
    var actor = Samples.reviewer
    /// Why it is refused, all of it; empty when it passes.
    var breaches: [AssociationBreach] = []
    /// What it is found to be as history.
    var finding: FindingCode?

    var testDescription: String { name }

    init(_ name: String, _ set: (inout AssociationTrial) -> Void = { _ in }) {
        self.name = name
        set(&self)
    }

    /// The ledger before the action.
    func ledger() throws -> TestLedger {
        var ledger = try TestLedger(ofAssociations: program)
        try ledger.draft(draft: draft, at: drafted, proof: proof)
        for step in before { try ledger.act(step.command, at: step.at) }
        return ledger
    }

    func check() throws {
        var ledger = try ledger()
        let expected: Refusal? =
            breaches.isEmpty
            ? nil
            : .breaksAssociationRules(breaches, program: program.id, version: program.version)
        let command = Command.association(Samples.association, command)
        #expect(ledger.refusal(of: command, at: at, by: actor) == expected)
        let decision = try decide(command, on: asked(ledger), at: at)
        let found = ledger.findings.count
        try ledger.record(
            decision.payload, source: Samples.source(in: program), at: at, by: actor)
        let codes = ledger.state.findings.dropFirst(found).map(\.code)
        #expect(codes == (finding.map { [$0] } ?? []))
        #expect(breaches.isEmpty == (finding == nil), "what is refused is found, nothing else")
    }

    /// The same state under rules that refuse nothing, to get the event that history records.
    private func asked(_ ledger: TestLedger) -> LedgerState {
        var state = ledger.emptyState
        for entry in ledger.entries {
            var rules = entry.rules
            rules?.associations = nil
            state.apply(entry.fact, rules: rules)
        }
        return state
    }
}

extension AssociationTrial {
    /// What the tests of the rules for associations find.
    static let findings: Set<FindingCode> = {
        let trials =
            AssociationRuleTests.fields + AssociationRuleTests.windows
            + AssociationDecisionTests.disputes + AssociationDecisionTests.declines
        return Set(trials.compactMap(\.finding) + AssociationClockTests.late.map(\.code))
            .union(AssociationExclusivityTests.findings)
    }()
}

extension TestLedger {
    /// The sample's association from a draft.
    mutating func draft(
        draft: AssociationCreated, at instant: Instant? = nil, proof: EvidenceAttached?
    ) throws {
        try self.draft(Samples.association, draft, at: instant, proof: proof)
    }
}
