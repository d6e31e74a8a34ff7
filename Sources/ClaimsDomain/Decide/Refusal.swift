/// Why a command is refused: a rule said no, nothing was written.
///
/// Cases stand in the order they are checked; if several apply, the first is thrown. `rule` is the
/// stable name that messages, `check` and exceptions use.
public enum Refusal: Error, Equatable, Sendable {
    case unknownClaim(ClaimID, nearest: ClaimID?)
    case claimExists(ClaimID)
    case unknownAssociation(AssociationID, nearest: AssociationID?)
    case associationExists(AssociationID)
    case wrongStatus(ClaimID, ClaimStatus, ClaimAction)
    case wrongAssociationStatus(AssociationID, AssociationStatus, AssociationAction)
    case goesBackInTime(at: Instant, previous: Instant)
    /// A rule of the programme: role, duties, calendar, documents, in this order.
    ///
    /// Caps only once the amount is known to be in the claim's currency, before `exceedsSubmitted`.
    case breaksRule(RuleBreach, program: ProgramID, version: String)
    /// Rules for associations: all that were found broken, in the order of the rules.
    case breaksAssociationRules([AssociationBreach], program: ProgramID, version: String)
    case nothingToChange(ClaimID)
    case unknownProgram(ProgramID, nearest: ProgramID?)
    case noRulesInForce(ProgramID, at: Instant, firstInForce: Instant)
    case unknownPeriod(PeriodLabel, program: ProgramID, known: [PeriodLabel])
    case unknownActivity(ActivityID, program: ProgramID, nearest: ActivityID?)
    case unknownSolutionArea(String, program: ProgramID, known: [String])
    /// An activity that brings no payment, so that no claim can ask for any.
    case activityWithoutPayment(ActivityID, program: ProgramID)
    case versionExists(ProgramID, version: String)
    case rolloverIntoItself(PeriodLabel)
    case noThreshold(ProgramID, version: String, Currency)
    case earningPeriodOpen(PeriodLabel, until: Day, at: Instant)
    case notBelowThreshold(ThresholdStanding, FundAccount)
    case nothingToConvert(ThresholdStanding, FundAccount)
    case wrongCurrency(given: Currency, expected: Currency)
    case needsRate(Money, claim: Currency)
    case rateDoesNotFit(Reimbursed.Rate, given: Currency?, claim: Currency)
    case beyondRange(Money, Reimbursed.Rate)
    case notPositive(Money)
    case differsFromDraft(given: Money, draft: Money)
    case expensesDiffer(total: Money, amount: Money)
    case unknownRule(String, nearest: String?)
    case exceedsSubmitted(amount: Money, submitted: Money)
    case exceedsFund(amount: Money, available: Money, account: FundAccount)
    case nothingDue(ClaimID, approved: Money, paid: Money)
    case exceedsDue(amount: Money, due: Money)
    case payoutExceedsDue(payout: Money, amount: Money, due: Money, Reimbursed.Rate)
    case nothingPaid(ClaimID)
    case exceedsPaid(amount: Money, paid: Money)
}

extension Refusal {
    /// The stable name of the rule that refused.
    public var rule: String {
        switch self {
        case .unknownClaim: "claim_known"
        case .claimExists: "claim_new"
        case .unknownAssociation: "association_known"
        case .associationExists: "association_new"
        case .unknownProgram: "program_known"
        case .noRulesInForce: "rules_in_force"
        case .unknownPeriod: "period_known"
        case .unknownActivity: "activity_known"
        case .unknownSolutionArea: "solution_area_known"
        case .activityWithoutPayment: "activity_paid"
        case .versionExists: "version_new"
        case .wrongStatus: "claim_status"
        case .wrongAssociationStatus: "association_status"
        case .goesBackInTime: "time_order"
        case .nothingToChange: "amendment_not_empty"
        case .noThreshold: "threshold_set"
        case .earningPeriodOpen: "earning_period_over"
        case .notBelowThreshold: "below_threshold"
        case .nothingToConvert: "left_to_convert"
        case .wrongCurrency: "one_currency"
        case .needsRate: "rate_given"
        case .rateDoesNotFit, .beyondRange: "rate_fits"
        case .notPositive: "amount_positive"
        case .differsFromDraft: "submitted_as_drafted"
        case .expensesDiffer: "expenses_add_up"
        case .unknownRule: "exception_rule_known"
        case .breaksRule(let breach, _, _): breach.rule.rawValue
        case .breaksAssociationRules(let breaches, _, _): breaches.first?.rule.rawValue ?? ""
        case .exceedsSubmitted: "approved_within_submitted"
        case .exceedsFund: "within_fund"
        case .nothingDue, .exceedsDue, .payoutExceedsDue: "paid_within_due"
        case .nothingPaid, .exceedsPaid: "reversed_within_paid"
        case .rolloverIntoItself: "rollover_to_other_period"
        }
    }
}

extension Refusal: CustomStringConvertible {
    /// What was found and what the rule expects, and where it helps how to go on.
    public var description: String {
        switch self {
        case .breaksRule(let breach, let program, let version):
            """
            \(breach) (rule \(rule): '\(breach.rule.source)' of program '\(program)', \
            version '\(version)')
            """
        case .breaksAssociationRules(let breaches, let program, let version):
            breaches.map { "\($0) (rule \($0.rule.rawValue): '\($0.rule.source)')" }
                .joined(separator: "; ") + " of program '\(program)', version '\(version)'"
        default: "\(sentence) (rule \(rule))"
        }
    }

    private var sentence: String {
        switch self {
        case .unknownClaim(let id, let nearest):
            "there is no claim '\(id)'" + Self.hint(nearest?.text)
        case .claimExists(let id): "claim '\(id)' exists already"
        case .unknownAssociation(let id, let nearest):
            "there is no association '\(id)'" + Self.hint(nearest?.text)
        case .associationExists(let id): "association '\(id)' exists already"
        case .unknownProgram(let id, let nearest):
            "there is no program '\(id)'" + Self.hint(nearest?.text)
        case .noRulesInForce(let id, let at, let first):
            "program '\(id)' has no rules in force at \(at); its first are in force from \(first)"
        case .unknownPeriod(let label, let program, let known):
            """
            program '\(program)' has no usage period '\(label)'; \
            it has \(known.map { "'\($0)'" }.joined(separator: ", "))
            """
        case .unknownActivity(let id, let program, let nearest):
            "program '\(program)' has no activity '\(id)'" + Self.hint(nearest?.text)
        case .unknownSolutionArea(let area, let program, let known):
            """
            program '\(program)' has no solution area '\(area)'; \
            it has \(known.map { "'\($0)'" }.joined(separator: ", "))
            """
        case .activityWithoutPayment(let activity, let program):
            """
            activity '\(activity)' of program '\(program)' brings no payment; record it as an \
            association
            """
        case .versionExists(let id, let version):
            "program '\(id)' has a version '\(version)' already; give the changed rules a new one"
        case .wrongStatus(let id, let status, let action): Self.status(id, status, action)
        case .wrongAssociationStatus(let id, let status, let action):
            """
            association '\(id)' is \(status.rawValue); '\(action.rawValue)' needs \
            \(Self.list(AssociationTransition.statuses(allowing: action).map(\.rawValue)))
            """
        case .goesBackInTime(let at, let previous):
            "\(at) is before the claim's previous event at \(previous)"
        case .nothingToChange(let id): "the amendment of claim '\(id)' changes nothing"
        case .wrongCurrency, .notPositive, .differsFromDraft, .expensesDiffer, .exceedsSubmitted,
            .exceedsFund,
            .exceedsPaid, .nothingPaid:
            amountSentence
        case .noThreshold, .earningPeriodOpen, .notBelowThreshold, .nothingToConvert:
            thresholdSentence
        case .needsRate, .rateDoesNotFit, .beyondRange, .nothingDue, .exceedsDue, .payoutExceedsDue:
            paymentSentence
        case .unknownRule(let rule, let nearest):
            "there is no rule '\(rule)' to grant an exception from" + Self.hint(nearest)
        case .breaksRule, .breaksAssociationRules: ""
        case .rolloverIntoItself(let label): "usage period '\(label)' cannot roll over into itself"
        }
    }

    private var amountSentence: String {
        switch self {
        case .wrongCurrency(let given, let expected):
            "the currency is \(given); it has to be \(expected)"
        case .notPositive(let amount): "the amount is \(amount); it has to be more than zero"
        case .differsFromDraft(let given, let draft):
            "the amount is \(given), the draft asks for \(draft); amend the claim first"
        case .expensesDiffer(let total, let amount):
            "the expenses add up to \(total), the claim asks for \(amount); amend the claim first"
        case .exceedsSubmitted(let amount, let submitted):
            "the amount is \(amount); it can be at most the \(submitted) submitted"
        case .exceedsFund(let amount, let available, let account):
            "the amount is \(amount); fund \(account) has \(available) available"
        case .exceedsPaid(let amount, let paid):
            "the amount is \(amount); it can be at most the \(paid) paid"
        case .nothingPaid(let id): "nothing is paid on claim '\(id)' that could come back"
        default: ""
        }
    }

    private static func status(
        _ id: ClaimID, _ status: ClaimStatus, _ action: ClaimAction
    ) -> String {
        let allowed = ClaimTransition.statuses(allowing: action).map(\.rawValue)
        return "claim '\(id)' is \(status.rawValue); '\(action.rawValue)' needs \(list(allowed))"
    }

    private static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }

    private static func hint(_ nearest: String?) -> String {
        nearest.map { "; did you mean '\($0)'?" } ?? ""
    }
}
