/// One rule held against a claim, for a step it is about to take.
public struct CheckedRule: Equatable, Sendable {
    /// What became of it.
    public enum State: String, Sendable {
        case met
        case broken
        /// Broken, and an exception was granted.
        case excepted
        /// It will be asked of whoever takes the step: who that is, is not known yet.
        case applies
    }

    /// What is about to be done: submit or approve.
    public let step: ClaimAction
    /// The rule.
    public let rule: ClaimRule
    /// Whether the claim meets it.
    public let state: State
    /// How the claim breaks it; nil when it does not.
    public let breach: RuleBreach?
    /// Who may take the step, for a rule about that.
    public let remark: String?
    /// The programme whose rule it is.
    public let program: ProgramID
    /// The version of the rules in force.
    public let version: String
    /// The event that published them.
    public let publishedAt: Int64
}

extension LedgerState {
    /// The rules that stand before a claim's next steps, in the order they are checked.
    ///
    /// A draft and a claim sent back are asked about submission and approval, one that waits about
    /// approval only, a decided one about nothing. nil when there is no such claim.
    package func check(_ claim: ClaimID, at instant: Instant) -> [CheckedRule]? {
        guard let record = self.claim(claim) else { return nil }
        guard let book = ruleBook(for: record, at: instant) else { return [] }
        let file = ClaimFile(id: claim, record: record, state: self)
        var checked: [CheckedRule] = []
        switch record.status {
        case .editing, .actionRequired:
            checked += submission(book, file, at: instant) + approval(book, file, file.drafted)
        case .submitted, .underReview, .disputed:
            checked += approval(book, file, file.submitted)
        case .absent, .approved, .rejected, .withdrawn: break
        }
        return checked
    }

    private func submission(
        _ book: RuleBook, _ file: ClaimFile, at instant: Instant
    ) -> [CheckedRule] {
        let isFirst = file.record.isNewToPeriod
        var rules: [ClaimRule] = [.activityInUsagePeriod, .claimWindow]
        if isFirst { rules.append(.claimDeadline) }
        var breaches = book.calendarBreaches(at: instant, isFirst: isFirst)
        breaches += book.documentBreaches() + book.expenseBreaches() + book.answerBreaches()
        if book.activity?.expenses.isEmpty == false, !book.dossier.expenses.isEmpty {
            rules.append(.eligibleExpenses)
        }
        if book.rules.documentsAnswered, !book.dossier.requests.isEmpty {
            rules.append(.documentsAnswered)
        }
        if book.rules.evidenceOnce {
            rules += [.documentOnce, .invoiceOnce]
            breaches += reuseBreaches(of: file.record.claim, book.dossier.documents)
        }
        if book.rules.fundControl == .reserve {
            rules.append(.withinFund)
            let left = available(to: file, at: instant)
            if file.drafted.minorUnits > left.minorUnits {
                breaches.append(
                    .overFund(amount: file.drafted, available: left, account: file.account))
            }
        }
        return checked(.submit, rules + book.documentRules, breaches, book)
            + people(.submit, book)
    }

    private func approval(
        _ book: RuleBook, _ file: ClaimFile, _ amount: Money
    ) -> [CheckedRule] {
        let caps = book.capBreaches(amount, capBasis(of: file.record))
        var rules: [ClaimRule] = book.activity?.caps.isEmpty == false ? [.withinCap] : []
        if book.activity?.caps.contains(where: { $0.per == .person }) == true {
            rules.append(.attendeesReported)
        }
        return checked(
            .approve, book.documentRules + rules, book.documentBreaches() + caps, book)
            + people(.approve, book)
    }

    /// The rules about who may take a step: they hold for the person, not for the claim.
    private func people(_ step: ClaimAction, _ book: RuleBook) -> [CheckedRule] {
        var remarks: [(ClaimRule, String)] = []
        if step == .approve, book.rules.separationOfDuties {
            let submitter = book.claim.submittedBy
            let who = submitter == .none ? "who submits it" : "'\(names.text(submitter))'"
            remarks.append((.separationOfDuties, "anybody but \(who) may decide"))
        }
        if let roles = book.rules.roles[step] {
            let names = roles.map { "'\($0)'" }.joined(separator: ", ")
            remarks.append((.roleAllowed, "only in the role \(names)"))
        }
        return remarks.map { rule, remark in
            CheckedRule(
                step: step, rule: rule, state: book.isExcepted(rule) ? .excepted : .applies,
                breach: nil, remark: remark, program: book.rules.id, version: book.rules.version,
                publishedAt: publishedAt(book))
        }
    }

    private func publishedAt(_ book: RuleBook) -> Int64 {
        programs.last {
            $0.rules.id == book.rules.id && $0.rules.version == book.rules.version
        }?.sequence ?? 0
    }

    private func checked(
        _ step: ClaimAction, _ rules: [ClaimRule], _ breaches: [RuleBreach], _ book: RuleBook
    ) -> [CheckedRule] {
        let publishedAt = publishedAt(book)
        func row(_ rule: ClaimRule, _ breach: RuleBreach?) -> CheckedRule {
            let state: CheckedRule.State =
                breach == nil ? .met : (book.isExcepted(rule) ? .excepted : .broken)
            return CheckedRule(
                step: step, rule: rule, state: state, breach: breach, remark: nil,
                program: book.rules.id, version: book.rules.version, publishedAt: publishedAt)
        }
        let broken = breaches.map { row($0.rule, $0) }
        let met = rules.filter { rule in !breaches.contains { $0.rule == rule } }
        let rows = broken + met.map { row($0, nil) }
        let order = ClaimRule.allCases
        return rows.enumerated().sorted { left, right in
            let places = [left, right].map { order.firstIndex(of: $0.element.rule) ?? 0 }
            return (places[0], left.offset) < (places[1], right.offset)
        }.map(\.element)
    }

    /// What a claim may reserve at a moment: what its fund has left and what it holds already.
    func available(to file: ClaimFile, at instant: Instant) -> Money {
        let deadline = rules(of: file.program, at: instant)?
            .usagePeriod(file.account.period)?.instants.claimBefore
        return available(to: file, isLate: deadline.map { instant >= $0 } ?? false)
    }

    /// The same, with what reads as expired.
    func unclaimed(to file: ClaimFile) -> Money { available(to: file, isLate: false) }

    private func available(to file: ClaimFile, isLate: Bool) -> Money {
        let account = file.account
        let balance = self.account(account)?.balance ?? FundBalance()
        let units = balance.available(afterDeadline: isLate)
            .addingClamped(file.reservedInAccount)
        return Money(minorUnits: units, currency: account.currency)
    }
}

extension RuleBook {
    /// The rules about documents that the activity asks for.
    var documentRules: [ClaimRule] {
        guard let activity else { return [] }
        var rules: [ClaimRule] = activity.preapproval ? [.preapproval] : []
        for kind in EvidenceKind.allCases {
            guard let rule = ClaimRule(missing: kind) else { continue }
            let needed = activity.evidence.filter { $0.kind == kind && applies($0.when) }
            if !needed.isEmpty { rules.append(rule) }
            let isThere = dossier.documents.contains { $0.fact.kind == kind }
            if isThere, needed.contains(where: \.needsNote) { rules.append(.proofNote) }
        }
        if !activity.metrics.isEmpty, !rules.contains(.metrics) { rules.append(.metrics) }
        return rules
    }
}

extension Target {
    /// The last day to answer in time, counted from the day after `day`.
    public func due(from day: Day, holidays: [Day]) -> Day {
        switch unit {
        case .calendar: day.adding(days: Int(days))
        case .business: day.adding(businessDays: Int(days), holidays: Set(holidays))
        }
    }
}
