import ClaimsDomain
import ClaimsTestSupport
import Testing

/// Every rule has a case that it refuses, one that passes, and one that is overridden: a new rule
/// does not compile without them.
@Suite struct EveryRuleTests {
    @Test(
        "a rule refuses, passes, and gives way to an exception from it and from no other",
        arguments: ClaimRule.allCases)
    func threeCases(rule: ClaimRule) throws {
        let refusing = Self.trial(rule, passes: false)
        #expect(refusing.refusal(in: try refusing.prepared())?.rule == rule.rawValue)
        #expect(refusing.refusal(in: try refusing.prepared(exceptedFrom: rule)) == nil)
        for other in ClaimRule.allCases where other != rule {
            let ledger = try refusing.prepared(exceptedFrom: other)
            #expect(refusing.refusal(in: ledger)?.rule == rule.rawValue, "\(other)")
        }
        let passing = Self.trial(rule, passes: true)
        #expect(passing.refusal(in: try passing.prepared()) == nil)
    }

    /// An action that breaks this rule alone, or just keeps it.
    private static func trial(_ rule: ClaimRule, passes: Bool) -> RuleTrial {
        RuleTrial("\(rule) \(passes)") { trial in
            trial.program = Samples.capped([])
            switch rule {
            case .activityInUsagePeriod, .claimWindow, .claimDeadline:
                calendar(rule, passes, &trial)
            case .preapproval, .coreRequirements, .thirdPartyInvoice, .certificationStatement,
                .proofOfExecution, .proofNote, .metrics, .eligibleExpenses:
                documents(rule, passes, &trial)
            case .documentsAnswered, .documentOnce, .invoiceOnce: evidence(rule, passes, &trial)
            case .separationOfDuties, .roleAllowed: duties(rule, passes, &trial)
            case .attendeesReported, .withinCap, .withinFund: limits(rule, passes, &trial)
            }
        }
    }

    private static func calendar(_ rule: ClaimRule, _ passes: Bool, _ trial: inout RuleTrial) {
        trial.drafted = Samples.instant("2020-01-05T09:00:00Z")
        switch rule {
        case .claimWindow:
            trial.at = Samples.instant(passes ? "2020-02-16T00:00:00Z" : "2020-02-15T23:59:59Z")
        case .claimDeadline:
            trial.at = Samples.firstDeadline.adding(milliseconds: passes ? -1 : 0)
        default: trial.draft.activityDate = Samples.day(passes ? "2020-06-30" : "2020-07-01")
        }
    }

    private static func documents(_ rule: ClaimRule, _ passes: Bool, _ trial: inout RuleTrial) {
        func need(_ kind: EvidenceKind, note: Bool = false) {
            trial.program.activities[0].evidence = [
                EvidenceRequirement(kind: kind, item: "it", when: .always, needsNote: note)
            ]
            let document = Samples.document(kind, note: passes ? "what it shows" : nil)
            trial.documents = passes || note ? [document] : []
        }
        switch rule {
        case .preapproval:
            trial.program.activities[0].preapproval = true
            trial.documents = passes ? [Samples.metric("preapproval", "PA-1")] : []
        case .coreRequirements: need(.coreRequirement)
        case .thirdPartyInvoice: need(.thirdPartyInvoice)
        case .certificationStatement: need(.certificationStatement)
        case .proofOfExecution: need(.proofOfExecution)
        case .proofNote: need(.proofOfExecution, note: true)
        case .eligibleExpenses:
            trial.program.activities[0].expenses = ["hotel"]
            let amount = trial.draft.amount.minorUnits
            let type = passes ? "hotel" : "spa"
            trial.draft.expenses = [ClaimExpense(type: type, amountMinorUnits: amount)]
        default:
            trial.program.activities[0].metrics = ["reach"]
            trial.documents = passes ? [Samples.metric("reach", "9000")] : []
        }
    }

    private static func evidence(_ rule: ClaimRule, _ passes: Bool, _ trial: inout RuleTrial) {
        if rule == .documentsAnswered {
            trial.program.documentsAnswered = true
            trial.request = Samples.request
            trial.answers = passes ? [Samples.document(.proofOfExecution)] : []
            return
        }
        trial.program.evidenceOnce = true
        let invoice = Samples.invoice(usd(1))
        let here = Samples.document(.other, "EV-1", invoice: rule == .invoiceOnce ? invoice : nil)
        let same =
            rule == .invoiceOnce
            ? Samples.document(.other, "EV-2", of: ClaimID("CLM-2"), invoice: invoice) : here
        var other = RuleTrial.Other()
        other.documents = passes ? [Samples.document(.other, "EV-3")] : [same]
        trial.others = [other]
        trial.command = .attach(here)
    }

    private static func duties(_ rule: ClaimRule, _ passes: Bool, _ trial: inout RuleTrial) {
        if rule == .separationOfDuties {
            trial.program.separationOfDuties = true
            trial.command = .approveAll
            trial.actor = passes ? Samples.reviewer : Samples.partnerUser
        } else {
            trial.program.roles = [.submit: ["claimant"]]
            trial.role = passes ? "claimant" : "clerk"
        }
    }

    private static func limits(_ rule: ClaimRule, _ passes: Bool, _ trial: inout RuleTrial) {
        let amount = trial.draft.amount
        switch rule {
        case .withinFund:
            trial.program = Samples.program
            trial.earned = usd(amount.minorUnits - (passes ? 0 : 1))
        case .attendeesReported:
            trial.program = Samples.capped([Cap(limit: .fixedAmount(amount), per: .person)])
            trial.documents = passes ? [Samples.metric("attendees", "1")] : []
            trial.command = .approveAll
        default:
            let limit = usd(amount.minorUnits - (passes ? 0 : 1))
            trial.program = Samples.capped([Cap(limit: .fixedAmount(limit), per: .claim)])
            trial.command = .approveAll
        }
    }
}
