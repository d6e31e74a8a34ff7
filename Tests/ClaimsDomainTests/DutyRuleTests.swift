import ClaimsDomain
import ClaimsTestSupport
import Testing

/// Who may do what: separation of duties and roles.
@Suite struct DutyRuleTests {
    static let separated: Program = {
        var rules = Samples.program
        rules.separationOfDuties = true
        return rules
    }()

    static let decisions: [ClaimCommand] = [.approveAll, .reject(reasons: ["no invoice"])]

    /// Who submitted is the partner's user; who decides, and whether that is one person too few.
    static let duties = decisions.flatMap { command in
        [
            RuleTrial("\(command.action.rawValue) by who submitted it") { trial in
                trial.program = separated
                trial.command = command
                trial.actor = Samples.partnerUser
                trial.breach = .sameActor("u-17")
                trial.finding = .submitterDecided
            },
            RuleTrial("\(command.action.rawValue) by another") { trial in
                trial.program = separated
                trial.command = command
            },
            RuleTrial("\(command.action.rawValue) by who submitted it, where that is allowed") {
                trial in
                trial.program = Samples.program
                trial.command = command
                trial.actor = Samples.partnerUser
            },
        ]
    }

    @Test("who submits does not decide where the program separates the two", arguments: duties)
    func separation(trial: RuleTrial) throws { try trial.check() }

    @Test("the last submitter counts, and what is no decision is free")
    func lastSubmitter() throws {
        var ledger = try TestLedger(publishing: [Self.separated])
        try ledger.bring(to: .actionRequired, in: Self.separated)
        let colleague = Actor(kind: .user, id: "u-18")
        try ledger.perform(.submit(amount: nil), by: colleague)
        try ledger.perform(.startReview, by: colleague)
        let approve = Command.claim(Samples.claim, .approveAll)
        #expect(
            ledger.refusal(of: approve, by: colleague)
                == .breaksRule(.sameActor("u-18"), program: Self.separated.id, version: "1"))
        #expect(ledger.refusal(of: approve, by: Samples.partnerUser) == nil)
        // Nobody in particular asks whether it could be done at all; an unknown actor is another.
        #expect(ledger.refusal(of: approve) == nil)
        #expect(ledger.refusal(of: approve, by: Actor(kind: .user, id: "never-seen")) == nil)
        #expect(
            ledger.refusal(
                of: .claim(Samples.claim, .requestDocuments(Samples.request)), by: colleague) == nil
        )
    }

    static let limited: Program = {
        var rules = Samples.program
        rules.roles = [
            .approve: ["reviewer", "validation"], .reject: ["reviewer"],
            .submit: ["incentives-user"],
        ]
        return rules
    }()

    static let roleCases: [(command: ClaimCommand, role: String?, allowed: [String])] = [
        (.approveAll, "reviewer", []), (.approveAll, "validation", []),
        (.approveAll, nil, ["reviewer", "validation"]),
        (.approveAll, "", ["reviewer", "validation"]),
        (.approveAll, "Reviewer", ["reviewer", "validation"]),
        (.approveAll, "incentives-user", ["reviewer", "validation"]),
        (.reject(reasons: ["r"]), "reviewer", []),
        (.reject(reasons: ["r"]), "validation", ["reviewer"]),
        (.submit(amount: nil), "incentives-user", []),
        (.submit(amount: nil), nil, ["incentives-user"]),
        (.submit(amount: nil), "reviewer", ["incentives-user"]),
    ]

    static let roles = roleCases.map { command, role, allowed in
        RuleTrial("\(command.action.rawValue) as \(role ?? "nobody")") { trial in
            trial.program = limited
            trial.command = command
            trial.role = role
            if !allowed.isEmpty {
                trial.breach = .roleNotAllowed(role, action: command.action, allowed: allowed)
            }
        }
    }

    @Test("an action is open to the roles that the program lists for it", arguments: roles)
    func role(trial: RuleTrial) throws { try trial.check() }

    @Test("each action on a claim can be limited to a role, and one not listed is open to all")
    func everyAction() throws {
        for action in ClaimAction.allCases where action != .create {
            var rules = Samples.program
            rules.roles = [action: ["clerk"]]
            var ledger = try TestLedger(publishing: [rules])
            let from = try #require(ClaimTransition.statuses(allowing: action).first)
            for way in [Samples.command(for: ClaimAction.create)] {
                try ledger.perform(way, role: "clerk")
            }
            try bring(&ledger, to: from)
            if action == .reverseReimbursement {
                try ledger.perform(.claim(Samples.claim, Samples.reimburse(nil)), role: "clerk")
            }
            let command = Samples.command(for: action)
            let refusal = ledger.refusal(of: command, role: "auditor")
            #expect(
                refusal
                    == .breaksRule(
                        .roleNotAllowed("auditor", action: action, allowed: ["clerk"]),
                        program: rules.id, version: "1"))
            #expect(ledger.refusal(of: command, role: "clerk") == nil)
            var open = try TestLedger()
            try open.perform(Samples.create())
            try bring(&open, to: from)
            if action == .reverseReimbursement { try open.perform(Samples.reimburse(nil)) }
            #expect(open.refusal(of: command, role: "auditor") == nil)
        }
    }

    /// From a draft to the first status that allows an action, as the clerk.
    private func bring(_ ledger: inout TestLedger, to status: ClaimStatus) throws {
        let way: [ClaimAction] =
            switch status {
            case .submitted: [.submit]
            case .underReview: [.submit, .startReview]
            case .approved: [.submit, .startReview, .approve]
            case .rejected: [.submit, .startReview, .reject]
            default: []
            }
        for action in way {
            try ledger.perform(Samples.command(for: action), role: "clerk")
        }
    }
}
