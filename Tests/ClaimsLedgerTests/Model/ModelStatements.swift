import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport

/// What a ledger says at a viewpoint, statement by statement: the same from the fast ledger and
/// from the reference where both are right.
struct ModelStatements: Equatable {
    private(set) var texts: [String: String] = [:]

    /// Where two differ: what the ledger says, and what the reference says.
    func differences(from reference: ModelStatements) -> [String] {
        Set(texts.keys).union(reference.texts.keys)
            .filter { texts[$0] != reference.texts[$0] }.sorted()
            .map {
                """
                \($0)
                  ledger:    \(texts[$0] ?? "says nothing")
                  reference: \(reference.texts[$0] ?? "says nothing")
                """
            }
    }

    private mutating func state(_ name: String, _ values: [Any?]) {
        texts[name] = values.map { $0.map { "\($0)" } ?? "-" }.joined(separator: " ")
    }

    private mutating func find(_ code: FindingCode, _ sequence: Int64) {
        guard code.referenceCoverage == .modelled else { return }
        texts["finding \(code.rawValue) at \(sequence)", default: ""] += "x"
    }

    private mutating func explain(_ name: String, _ value: Int64, _ lines: [ReferenceLine]) {
        texts["explain \(name)"] =
            "\(value) = " + lines.map { "\($0.change) at \($0.sequence)" }.joined(separator: " + ")
    }
}

// MARK: - The reference

extension ModelStatements {
    init(_ reference: ReferenceLedger, _ questions: ModelQuestions) {
        for (id, claim) in reference.claims {
            let isExpired =
                claim.status == "editing"
                && reference.isPastDeadline(claim.period, of: claim.program)
            state(
                "claim \(id)",
                [
                    claim.program, claim.partner, claim.period, claim.activity,
                    isExpired ? "expired" : claim.status, claim.payment, claim.currency,
                    claim.amount, claim.approved, claim.paid, claim.activityDate, claim.createdAt,
                    claim.submittedAt, claim.decidedAt, claim.updatedAt, claim.events,
                ])
        }
        for (id, association) in reference.associations {
            state(
                "association \(id)",
                [
                    association.program, association.partner, association.status,
                    association.createdAt, association.submittedAt, association.decidedAt,
                    association.updatedAt, association.events,
                ])
        }
        for account in reference.accounts {
            let figures = reference.figuresAtMoment(of: account)
            let deadline = reference.latestRules(of: account.program)?
                .usagePeriod(PeriodLabel(account.period))?.claiming.last
            stateFund(account.name, deadline) { figures.figure(of: $0) }
        }
        for grouping in questions.groupings { sum(by: grouping, reference) }
        for finding in reference.findings { find(finding.code, finding.sequence) }
        for id in questions.claims { explain(claim: id, reference) }
        for question in questions.funds { explain(question, reference) }
    }

    /// An account of which every bucket is empty is none.
    private mutating func stateFund(
        _ name: String, _ deadline: Day?, figure: (Bucket) -> Int64
    ) {
        let figures = Bucket.allCases.map { figure($0) }
        if figures.allSatisfy({ $0 == 0 }) { return }
        state("fund \(name)", figures.map { $0 as Any? } + [deadline])
    }

    /// What the accounts of a program, a partner or a period hold together, by currency.
    private mutating func sum(by grouping: BalanceGrouping, _ reference: ReferenceLedger) {
        var sums: [String: [Bucket: Int64]] = [:]
        for account in reference.accounts {
            let figures = reference.figuresAtMoment(of: account)
            let name =
                switch grouping {
                case .program: account.program
                case .partner: account.partner
                case .period: account.period
                }
            for bucket in Bucket.allCases {
                sums["\(name) \(account.currency)", default: [:]][bucket, default: 0] +=
                    figures.figure(of: bucket)
            }
        }
        for (name, figures) in sums {
            stateFund("of \(grouping) \(name)", nil) { figures[$0] ?? 0 }
        }
    }

    private mutating func explain(claim id: String, _ reference: ReferenceLedger) {
        guard let claim = reference.claims[id] else { return }
        state("status of \(id) since", [claim.statusSince])
        explain("\(id) amount", claim.amount, reference.linesOfAmount(claim: id))
        let figures: [(Bucket, Int64)] = [
            (.reserved, claim.reserved), (.approved, claim.approved), (.paid, claim.paid),
            (.due, claim.approved - claim.paid),
        ]
        for (bucket, value) in figures {
            explain(
                "\(id) \(bucket.rawValue)", value, reference.lines(of: bucket, claim: id))
        }
    }

    private mutating func explain(_ question: FundQuestion, _ reference: ReferenceLedger) {
        for account in reference.accounts
        where account.partner == question.partner.text && account.period == question.period.text {
            let figures = reference.figuresAtMoment(of: account)
            for bucket in Bucket.allCases {
                var lines = reference.lines(of: bucket, in: account)
                // What the deadline did comes last, and is no event's.
                let lost: Int64 =
                    bucket == .expired
                    ? figures.expired : bucket == .available ? -figures.expired : 0
                if lost != 0 { lines.append(ReferenceLine(sequence: 0, change: lost)) }
                guard !lines.isEmpty else { continue }
                explain("\(account.name) \(bucket.rawValue)", figures.figure(of: bucket), lines)
            }
        }
    }
}

// MARK: - The ledger

extension ModelStatements {
    init(_ answers: ModelAnswers) {
        for row in answers.claims {
            state(
                "claim \(row.claim)",
                [
                    row.program, row.partner, row.period, row.activity, row.status,
                    row.payment.rawValue, row.currency, row.amount, row.approved, row.paid,
                    row.activityDate, row.createdAt, row.submittedAt, row.decidedAt, row.updatedAt,
                    row.events,
                ])
        }
        for row in answers.associations {
            state(
                "association \(row.association)",
                [
                    row.program, row.partner, row.status.rawValue, row.createdAt, row.submittedAt,
                    row.decidedAt, row.updatedAt, row.events,
                ])
        }
        for row in answers.balances {
            let account = ReferenceAccount(
                program: row.program?.text ?? "", partner: row.partner?.text ?? "",
                period: row.period?.text ?? "", currency: row.currency.code)
            stateFund(account.name, row.deadline) { row.figure(of: $0) }
        }
        for (grouping, rows) in answers.sums {
            for row in rows {
                let name = row.program?.text ?? row.partner?.text ?? row.period?.text ?? ""
                stateFund("of \(grouping) \(name) \(row.currency)", nil) { row.figure(of: $0) }
            }
        }
        for row in answers.findings { find(row.code, row.sequence) }
        for explanation in answers.explainedClaims { explain(explanation) }
        for explanation in answers.explainedFunds { explain(explanation) }
    }

    private mutating func explain(_ explanation: ClaimExplanation) {
        let id = explanation.row.claim
        state("status of \(id) since", [explanation.statusSince])
        for figure in explanation.figures {
            explain(
                "\(id) \(figure.name)", figure.value,
                figure.lines.map { ReferenceLine(sequence: $0.sequence, change: $0.change) })
        }
    }

    private mutating func explain(_ explanation: AccountExplanation) {
        let account = explanation.account
        for bucket in Bucket.allCases {
            var lines: [ReferenceLine] = []
            for line in explanation.lines where line.change(of: bucket) != 0 {
                let sequence = line.cause?.sequence ?? 0
                let before = lines.last?.sequence == sequence ? lines.removeLast().change : 0
                let change = before + line.change(of: bucket)
                lines.append(ReferenceLine(sequence: sequence, change: change))
            }
            lines.removeAll { $0.change == 0 }
            guard !lines.isEmpty else { continue }
            explain("\(account) \(bucket.rawValue)", explanation.row.figure(of: bucket), lines)
        }
    }
}
