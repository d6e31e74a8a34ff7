/// A clock that runs while an association stands where it stands.
///
/// When it is over nothing changes by itself: what waits reads as overdue, a right to act is gone.
public struct AssociationClock: Equatable, Sendable {
    /// What has to happen, or may happen, by its end.
    public enum Kind: String, Sendable, CaseIterable {
        /// The review begins.
        case start
        /// The review ends with a decision.
        case review
        /// The partner answers a request.
        case answer
        /// The dispute is decided.
        case dispute
        /// The partner may dispute a rejection.
        case disputeWindow = "dispute_window"
        /// The customer may opt out.
        case consent

        /// Whether its end takes a right away, rather than making somebody late.
        public var isWindow: Bool {
            switch self {
            case .disputeWindow, .consent: true
            case .start, .review, .answer, .dispute: false
            }
        }

        fileprivate var words: String {
            switch self {
            case .start: "start of review"
            case .review: "review"
            case .answer: "answer"
            case .dispute: "dispute"
            case .disputeWindow: "dispute possible"
            case .consent: "opt-out possible"
            }
        }
    }

    /// What it is for.
    public let kind: Kind
    /// The event's time it runs from.
    public let startedAt: Instant
    /// The last day in time, of UTC like all clocks that start with an event.
    public let due: Day
    /// How long it runs; nil where the request named the day.
    public let target: Target?
    /// Where the rule stands in the programme's rules, or the event's field.
    public let source: String
    /// The version of the rules in force when it started; nil where the request named the day.
    public let version: String?

    /// The first moment that is too late.
    package var before: Instant { Instant(startOf: due.adding(days: 1)) }

    /// Which rule sets the day, and from when it counts.
    public var rule: String {
        guard let target, let version else { return "due date of the request of \(startedAt.day)" }
        return "\(kind.words) within \(target.words) of \(startedAt.day) (version \(version))"
    }
}

extension Target {
    /// Such as `2 business days`.
    public var words: String { "\(days) \(unit.rawValue) day\(days == 1 ? "" : "s")" }
}

extension LedgerState {
    /// The clock that runs for an association where it stands; nil when nothing is timed.
    ///
    /// Each clock goes by the rules in force when it started. A programme without rules for
    /// associations has its targets for claims count.
    package func clock(of record: AssociationRecord) -> AssociationClock? {
        switch record.status {
        case .absent, .editing, .ended: return nil
        case .submitted: return submissionClock(record)
        case .underReview: return reviewClock(record)
        case .actionRequired: return answerClock(record)
        case .disputed:
            return clock(.dispute, record.disputedAt, record) { program in
                guard let rules = program.associations else {
                    return (program.targets.dispute, "targets.dispute")
                }
                return (rules.targets.dispute, "associations.targets.dispute")
            }
        case .rejected:
            return clock(.disputeWindow, record.decidedAt, record) { program in
                (program.associations?.targets.disputeWithin, AssociationRule.disputeWindow.source)
            }
        case .approved: return consentClock(of: record)
        }
    }

    /// How long the customer may opt out; nil at any time, or while the window has not begun.
    package func consentClock(of record: AssociationRecord) -> AssociationClock? {
        for start in ConsentWindow.Start.allCases {
            let from = start == .submission ? record.submittedAt : record.decidedAt
            let found = clock(.consent, from, record) { program in
                let consent = program.associations?.consent
                return (consent?.from == start ? consent?.within : nil, "associations.consent")
            }
            if let found { return found }
        }
        return nil
    }

    private func submissionClock(_ record: AssociationRecord) -> AssociationClock? {
        let start = clock(.start, record.submittedAt, record) { program in
            (program.associations?.targets.start, "associations.targets.start")
        }
        return start ?? reviewClock(record)
    }

    private func reviewClock(_ record: AssociationRecord) -> AssociationClock? {
        let from = record.reviewStartedAt ?? record.submittedAt
        guard let from else { return nil }
        if associationRules(of: record, at: from) == nil {
            return clock(.review, record.submittedAt, record) { program in
                (program.targets.review, "targets.review")
            }
        }
        let isCompeting = !rivals(of: record, at: from).isEmpty
        return clock(.review, from, record) { program in
            guard let targets = program.associations?.targets else { return (nil, "") }
            if isCompeting, let longer = targets.competingReview {
                return (longer, "associations.targets.competingReview")
            }
            return (targets.review, "associations.targets.review")
        }
    }

    private func answerClock(_ record: AssociationRecord) -> AssociationClock? {
        if let askedAt = record.askedAt, let due = record.answerDueOn {
            return AssociationClock(
                kind: .answer, startedAt: askedAt, due: due, target: nil, source: "dueOn",
                version: nil)
        }
        return clock(.answer, record.askedAt, record) { program in
            (program.associations?.targets.answer, "associations.targets.answer")
        }
    }

    private func clock(
        _ kind: AssociationClock.Kind, _ start: Instant?, _ record: AssociationRecord,
        _ target: (Program) -> (target: Target?, source: String)
    ) -> AssociationClock? {
        guard let start, let rules = rules(of: ProgramID(names.text(record.program)), at: start)
        else { return nil }
        let (target, source) = target(rules)
        guard let target else { return nil }
        return AssociationClock(
            kind: kind, startedAt: start,
            due: target.due(from: start.day, holidays: rules.holidays),
            target: target, source: source, version: rules.version)
    }
}
