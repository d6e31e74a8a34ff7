/// How a claim breaks a rule, with the figures that were compared.
public enum RuleBreach: Equatable, Sendable {
    case activityOutsidePeriod(on: Day, period: PeriodLabel, usage: DayRange)
    case windowNotOpen(at: Instant, opens: Day)
    case deadlinePassed(at: Instant, deadline: Day)
    case notPreapproved(ActivityID)
    case missingDocument(EvidenceKind, items: [String])
    case missingNote(EvidenceID)
    case ineligibleExpenses([String], activity: ActivityID)
    case missingMetrics([String])
    case requestUnanswered(round: Int, items: [String])
    case documentElsewhere(EvidenceID, claim: ClaimID)
    case invoiceElsewhere(number: String, vendor: String, claim: ClaimID)
    case attendeesUnknown(ActivityID)
    case sameActor(String)
    case roleNotAllowed(String?, action: ClaimAction, allowed: [String])
    case overCap(amount: Money, left: Money, cap: Phrase)
    case overFund(amount: Money, available: Money, account: FundAccount)

    /// The rule it breaks.
    public var rule: ClaimRule {
        switch self {
        case .activityOutsidePeriod: .activityInUsagePeriod
        case .windowNotOpen: .claimWindow
        case .deadlinePassed: .claimDeadline
        case .notPreapproved: .preapproval
        case .missingDocument(let kind, _): ClaimRule(missing: kind) ?? .proofOfExecution
        case .missingNote: .proofNote
        case .ineligibleExpenses: .eligibleExpenses
        case .missingMetrics: .metrics
        case .requestUnanswered: .documentsAnswered
        case .documentElsewhere: .documentOnce
        case .invoiceElsewhere: .invoiceOnce
        case .attendeesUnknown: .attendeesReported
        case .sameActor: .separationOfDuties
        case .roleNotAllowed: .roleAllowed
        case .overCap: .withinCap
        case .overFund: .withinFund
        }
    }
}

extension RuleBreach: CustomStringConvertible {
    /// What was found and what the rule expects, in a message.
    public var description: String { words.description }

    /// What was found and what the rule expects.
    public var words: Phrase {
        switch self {
        case .activityOutsidePeriod(let day, let period, let usage):
            """
            the activity took place on \(day), usage period '\(period)' runs from \(usage.first) \
            to \(usage.last)
            """
        case .windowNotOpen(let at, let opens):
            "it is \(at), the claim window opens on \(opens)"
        case .deadlinePassed(let at, let deadline):
            "it is \(at), the claim deadline was the end of \(deadline)"
        case .notPreapproved(let activity):
            """
            activity '\(activity)' has to be approved beforehand; attach the approval with the \
            metric '\(RuleBook.preapprovalMetric)'
            """
        case .missingDocument(let kind, let items):
            "no document of kind '\(kind.rawValue)' is attached; it has to show "
                + Phrase(items.joined(separator: "; "))
        case .missingNote(let evidence): "proof document '\(evidence)' has no note"
        case .ineligibleExpenses(let types, let activity):
            "activity '\(activity)' does not cover "
                + Phrase(types.map { "'\($0)'" }.joined(separator: ", "))
        case .missingMetrics(let metrics):
            "no metric is reported; wanted is " + Phrase(metrics.joined(separator: "; "))
        case .requestUnanswered(let round, let items):
            "request \(round) for documents is not answered; still wanted is "
                + Phrase(items.joined(separator: "; "))
        case .documentElsewhere(let evidence, let claim):
            "the file of document '\(evidence)' is attached to claim '\(claim)' too"
        case .invoiceElsewhere(let number, let vendor, let claim):
            "invoice '\(number)' of '\(vendor)' is attached to claim '\(claim)' too"
        case .attendeesUnknown(let activity):
            """
            the cap of '\(activity)' counts attendees; report them with the metric \
            '\(RuleBook.attendeesMetric)'
            """
        case .sameActor(let actor): "'\(actor)' submitted the claim and cannot decide it"
        case .roleNotAllowed(let role, let action, let allowed):
            """
            role '\(role ?? "none")' may not \(action.rawValue); \
            this is for \(allowed.map { "'\($0)'" }.joined(separator: ", "))
            """
        case .overCap(let amount, let left, let cap):
            "the amount is \(amount); the cap of \(cap) leaves \(left)"
        case .overFund(let amount, let available, let account):
            "the amount is \(amount); fund \(account) has \(available) available"
        }
    }
}
