/// The rules of a programme held against one claim.
///
/// The same book serves `decide` (refuse the first breach no exception covers), `check` (list what
/// is missing) and the fold (note what history broke).
struct RuleBook {
    let keyed: KeyedRules
    let claim: ClaimRecord
    let dossier: ClaimDossier
    let names: NameTable
    /// nil in a fold, which counts what breaks a rule and reads no names of documents.
    let documentNames: DocumentNames?

    /// The metric that carries the id of an approval given before the activity.
    static let preapprovalMetric = "preapproval"
    /// The metric that carries the number of attendees.
    static let attendeesMetric = "attendees"

    var rules: Program { keyed.rules }

    private var period: UsagePeriod? { keyed.usagePeriod(claim.period) }

    /// The activity as the rules know it; nil where they list none of that id.
    var activity: Activity? {
        keyed.activities.firstIndex(of: claim.activity).map { keyed.rules.activities[$0] }
    }

    /// Whether an exception from a rule was granted.
    func isExcepted(_ rule: ClaimRule) -> Bool {
        dossier.exceptions.contains { names.text($0) == rule.rawValue }
    }

    /// The calendar rules at the moment a claim is handed in.
    ///
    /// The deadline counts for the first submission for a usage period: an answer to a request may
    /// come later, since the claim itself was in time (domain facts j2: no source says otherwise).
    func calendarBreaches(at instant: Instant, isFirst: Bool) -> [RuleBreach] {
        guard let period else { return [] }
        var breaches: [RuleBreach] = []
        if let day = claim.activityDate, !period.usage.contains(day) {
            breaches.append(
                .activityOutsidePeriod(on: day, period: period.label, usage: period.usage))
        }
        if instant < period.instants.claimFrom {
            breaches.append(.windowNotOpen(at: instant, opens: period.claiming.first))
        }
        let deadline = period.deadline(ofActivityOn: claim.activityDate)
        if isFirst, instant >= deadline.before {
            breaches.append(.deadlinePassed(at: instant, deadline: deadline.day))
        }
        return breaches
    }

    /// What the claim still has to show, in the order of the rules.
    func documentBreaches() -> [RuleBreach] {
        guard let activity else { return [] }
        var breaches: [RuleBreach] = []
        if activity.preapproval, metric(Self.preapprovalMetric) == nil {
            breaches.append(.notPreapproved(activity.id))
        }
        for kind in EvidenceKind.allCases where ClaimRule(missing: kind) != nil {
            let needed = activity.evidence.filter { $0.kind == kind && applies($0.when) }
            guard !needed.isEmpty else { continue }
            let attached = dossier.documents.filter { $0.fact.kind == kind }
            if attached.isEmpty {
                breaches.append(.missingDocument(kind, items: needed.map(\.item)))
            }
            guard needed.contains(where: \.needsNote) else { continue }
            for document in attached where !document.fact.hasNote {
                breaches.append(.missingNote(EvidenceID(text(document.evidence))))
            }
        }
        let reports = dossier.documents.contains {
            $0.fact.kind == .metrics || $0.fact.metricName != .none
        }
        if !activity.metrics.isEmpty, !reports {
            breaches.append(.missingMetrics(activity.metrics))
        }
        return breaches
    }

    /// The types of expenses that the activity does not cover.
    func expenseBreaches() -> [RuleBreach] {
        guard let activity, !activity.expenses.isEmpty else { return [] }
        var types: [String] = []
        for type in dossier.expenses.map({ names.text($0.type) })
        where !activity.expenses.contains(type) && !types.contains(type) {
            types.append(type)
        }
        return types.isEmpty ? [] : [.ineligibleExpenses(types, activity: activity.id)]
    }

    /// What the last request asked for and did not come, where the programme wants it all.
    func answerBreaches() -> [RuleBreach] {
        guard rules.documentsAnswered else { return [] }
        let items = dossier.outstanding.map { item in
            let document = item.evidence == .none ? "" : "/" + text(item.evidence)
            return item.kind.rawValue + document
        }
        guard !items.isEmpty else { return [] }
        let isPaper = dossier.requests.last?.originals ?? false
        return [
            .requestUnanswered(
                round: dossier.requests.count,
                items: items.map { isPaper ? "the original of \($0)" : $0 })
        ]
    }

    private func text(_ document: DocumentKey) -> String { documentNames?.text(document) ?? "" }

    func applies(_ condition: EvidenceRequirement.Condition) -> Bool {
        switch condition {
        case .always: true
        case .thirdPartyVendor: claim.thirdPartyVendor
        case .inHouseWork: claim.inHouseWork
        case .whereApplicable: false
        }
    }

    /// Who may decide: not who submitted, where the programme separates the two.
    func dutyBreaches(actor: NameKey, name: String) -> [RuleBreach] {
        guard rules.separationOfDuties, actor != .none, actor == claim.submittedBy else {
            return []
        }
        return [.sameActor(name)]
    }

    /// In what role an action may be done, where the programme says.
    func roleBreaches(_ action: ClaimAction, role: String?) -> [RuleBreach] {
        guard let allowed = rules.roles[action], !allowed.contains(role ?? "") else { return [] }
        return [.roleNotAllowed(role, action: action, allowed: allowed)]
    }

    /// The value of the last document that reports a metric of a name.
    func metric(_ name: String) -> String? {
        dossier.documents.last { names.text($0.fact.metricName) == name }
            .map { names.text($0.fact.metricValue) }
    }
}
