/// One rule held against an association, for a step it is about to take.
public struct CheckedAssociationRule: Equatable, Sendable {
    /// What became of it.
    public enum State: String, Sendable {
        case met
        case broken
        /// Broken, and the programme only shows it.
        case flagged
    }

    /// What is about to be done: submit, approve, dispute or decline.
    public let step: AssociationAction
    /// The rule.
    public let rule: AssociationRule
    /// Whether the association meets it.
    public let state: State
    /// How it is met or broken, in words.
    public let detail: String?
    /// The programme whose rule it is.
    public let program: ProgramID
    /// The version of the rules in force.
    public let version: String
    /// The event that published them.
    public let publishedAt: Int64
}

extension AssociationBook {
    /// The rules that stand before an action, with what breaks each.
    struct Finding {
        let rule: AssociationRule
        let breaches: [Answer]
        /// What meets the rule, in words.
        let met: String?
    }

    /// The breaches that refuse an action, in the order of the rules.
    func refusals(
        of action: AssociationAction, at instant: Instant, by actor: NameKey, in state: LedgerState
    ) -> [AssociationBreach] {
        findings(before: action, at: instant, by: actor, in: state).flatMap(\.breaches)
            .filter(\.isRefused).map(\.breach)
    }

    /// Each rule of the programme that an action has to meet, broken or not.
    func findings(
        before action: AssociationAction, at instant: Instant, by actor: NameKey,
        in state: LedgerState
    ) -> [Finding] {
        switch action {
        case .submit:
            completeness()
                + [acknowledgement(at: instant), claimWindow(at: instant)]
                .compactMap(\.self) + holders(in: state, \.onSubmission)
        case .approve: duties(actor, in: state) + completeness() + holders(in: state, \.onApproval)
        case .reject: duties(actor, in: state)
        case .dispute: window(.disputeWindow, .dispute, at: instant, in: state)
        case .decline: window(.consentWindow, .decline, at: instant, in: state)
        case .create, .attach, .startReview, .requestInformation, .end: []
        }
    }

    private func finding(
        _ rule: AssociationRule, _ breaches: [AssociationBreach], met: String?
    ) -> Finding {
        Finding(
            rule: rule, breaches: breaches.map { Answer(breach: $0, isRefused: true) }, met: met)
    }

    private func completeness() -> [Finding] {
        let breaches = completenessBreaches()
        var found: [Finding] = []
        if !requiredFields.isEmpty {
            found.append(
                finding(
                    .fields, breaches.filter { $0.rule == .fields },
                    met: "given: " + requiredFields.map(\.rawValue).joined(separator: ", ")))
        }
        if !neededKinds.isEmpty {
            found.append(
                finding(
                    .proof, breaches.filter { $0.rule == .proof },
                    met: "attached: " + neededKinds.map(\.rawValue).joined(separator: ", ")))
        }
        return found
    }

    private func acknowledgement(at instant: Instant) -> Finding? {
        // Without any proof that is what is missing.
        guard let months = rules.acknowledgementMonths, asksForProof,
            record.documents.contains(where: { $0.kind == .proofOfExecution })
        else { return nil }
        return finding(
            .acknowledgement, acknowledgementBreach(at: instant).map { [$0] } ?? [],
            met: "at most \(months) months old when handed in")
    }

    private func claimWindow(at instant: Instant) -> Finding? {
        guard let within = rules.claimWithin else { return nil }
        let last = file.transactionOn.map { within.due(from: $0, holidays: program.holidays) }
        return finding(
            .claimWindow, windowBreach(at: instant).map { [$0] } ?? [],
            met: last.map { "to the end of \($0)" } ?? "within \(within.words) of the transaction")
    }

    private func holders(
        in state: LedgerState, _ answer: (AssociationExclusivity) -> AssociationExclusivity.Answer
    ) -> [Finding] {
        guard !exclusivity.isEmpty else { return [] }
        let units = exclusivity.map { "one partner per \($0.per.rawValue)" }
        return [
            Finding(
                rule: .exclusive, breaches: holderAnswers(in: state, answer),
                met: units.joined(separator: ", "))
        ]
    }

    private func duties(_ actor: NameKey, in state: LedgerState) -> [Finding] {
        guard program.separationOfDuties else { return [] }
        let submitter =
            record.submittedBy == .none
            ? "who submits it" : "'\(state.names.text(record.submittedBy))'"
        return [
            finding(
                .separationOfDuties, dutyBreach(actor: actor, in: state).map { [$0] } ?? [],
                met: "anybody but \(submitter) may decide")
        ]
    }

    private func window(
        _ rule: AssociationRule, _ action: AssociationAction, at instant: Instant,
        in state: LedgerState
    ) -> [Finding] {
        let clock = action == .dispute ? state.clock(of: record) : state.consentClock(of: record)
        guard let clock, clock.kind.isWindow else { return [] }
        return [
            finding(
                rule, windowBreach(of: action, at: instant, in: state).map { [$0] } ?? [],
                met: "to the end of \(clock.due)")
        ]
    }
}

extension LedgerState {
    /// The rules that stand before an association's next steps, in the order they are checked.
    ///
    /// nil when there is no such association; empty where its programme has no rules for any.
    package func check(
        _ association: AssociationID, at instant: Instant
    ) -> [CheckedAssociationRule]? {
        guard let record = self.association(association) else { return nil }
        guard let book = associationBook(for: record, at: instant) else { return [] }
        let published = programs.last {
            $0.rules.id == book.program.id && $0.rules.version == book.program.version
        }
        return Self.steps(from: record.status).flatMap { step in
            book.findings(before: step, at: instant, by: .none, in: self).flatMap { found in
                func row(
                    _ state: CheckedAssociationRule.State, _ detail: String?
                ) -> CheckedAssociationRule {
                    CheckedAssociationRule(
                        step: step, rule: found.rule, state: state, detail: detail,
                        program: book.program.id, version: book.program.version,
                        publishedAt: published?.sequence ?? 0)
                }
                guard !found.breaches.isEmpty else { return [row(.met, found.met)] }
                return found.breaches.map {
                    row($0.isRefused ? .broken : .flagged, $0.breach.description)
                }
            }
        }
    }

    /// What may come next and has rules before it.
    private static func steps(from status: AssociationStatus) -> [AssociationAction] {
        switch status {
        case .editing, .actionRequired: [.submit, .approve]
        case .submitted, .underReview, .disputed: [.approve]
        case .approved: [.decline]
        case .rejected: [.dispute]
        case .absent, .ended: []
        }
    }
}
