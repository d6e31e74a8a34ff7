public import ClaimsDomain

/// The rules in force at an event: which version, and where in the log it was published.
public struct RulesInForce: Equatable, Sendable {
    /// The programme.
    public let program: ProgramID
    /// The version.
    public let version: String
    /// The sequence of its `program.published`.
    public let sequence: Int64
}

/// One event of an association, with the rules it happened under and the clock it started.
public struct AssociationStep: Equatable, Sendable {
    /// The event and what it changed.
    public let trail: TrailStep
    /// nil when none were in force.
    public let rules: RulesInForce?
    /// The clock that runs from then on; nil when nothing is timed.
    public let clock: AssociationClock?

    /// What was done; nil for an event of something else.
    public var action: AssociationAction? { AssociationAction(trail.kind) }

    /// The row of the transition table that led on; nil where the table does not allow the action
    /// in the status the event found.
    public var transition: AssociationTransition? {
        AssociationTransition.table.first {
            $0.action == action && $0.from.rawValue == trail.statusBefore
        }
    }
}

/// Why an association stands where it stands.
public struct AssociationExplanation: Sendable {
    /// Where it stands.
    public let row: AssociationRow
    /// Its events, in the order recorded.
    public let steps: [AssociationStep]

    /// The sequence of the event that led to the status.
    public var statusSince: Int64? {
        steps.last { $0.trail.statusBefore != $0.trail.statusAfter }?.trail.sequence
    }

    /// Whether the events lead to the status.
    public var addsUp: Bool { steps.last?.trail.statusAfter == row.status.rawValue }
}

/// Gathers the explanation of one association, to be fed with every fact of a replay.
package struct AssociationExplainer {
    private let association: AssociationID
    private var trail: AuditTrail
    private var steps: [AssociationStep] = []

    /// The explanation of an association.
    package init(of association: AssociationID) {
        self.association = association
        trail = AuditTrail(of: association)
    }

    /// Takes note of a fact that `state` has just applied, if it is about this association.
    package mutating func note(_ fact: Fact, in state: LedgerState) {
        let before = trail.steps.count
        trail.note(fact, in: state)
        guard trail.steps.count > before, let step = trail.steps.last,
            let record = state.association(association)
        else { return }
        let program = ProgramID(state.names.text(record.program))
        let published = state.programs.last {
            $0.rules.id == program && $0.publishedAt <= fact.occurredAt
                && $0.rules.effectiveAt <= fact.occurredAt
        }
        steps.append(
            AssociationStep(
                trail: step,
                rules: published.map {
                    RulesInForce(
                        program: program, version: $0.rules.version, sequence: $0.sequence)
                }, clock: state.clock(of: record)))
    }

    /// The explanation from the viewpoint of the replay that was followed; nil when nothing of the
    /// association had happened.
    package func explanation(in replay: Replay) -> AssociationExplanation? {
        AssociationRegister.row(of: association, in: replay)
            .map { AssociationExplanation(row: $0, steps: steps) }
    }
}
