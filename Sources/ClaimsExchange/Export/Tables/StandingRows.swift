import ClaimsDomain
import ClaimsProjections

/// The rows of what the events of a log led to.
enum StandingRows {
    typealias Row = ([TableValue]) throws -> Void

    /// The currencies of accounts and claims, by code.
    static func currencies(_ replay: Replay, _ row: Row) throws {
        let state = replay.state
        var found = Set(state.accounts.map(\.currency))
        for claim in state.claims { if let currency = claim.currency { found.insert(currency) } }
        for program in state.programs { found.insert(program.rules.currency) }
        for currency in found.sorted(by: { $0.code < $1.code }) {
            try row([.text(currency.code), .integer(Int64(currency.fractionDigits))])
        }
    }

    /// Every version, in the order published.
    static func programs(_ replay: Replay, _ selection: Selection, _ row: Row) throws {
        for published in replay.state.programs {
            let rules = published.rules
            guard selection.program ?? rules.id == rules.id else { continue }
            try row([
                .integer(published.sequence), .text(rules.id.text), .text(rules.name),
                .text(rules.version), .day(rules.effectiveFrom), .text(rules.currency.code),
                .text(rules.timeZone), .text(rules.fundControl.rawValue),
                .text("\(rules.coopShare)"), .moment(published.publishedAt),
            ])
        }
    }

    /// Under the latest rules, by program, in the order of the rules.
    static func periods(_ replay: Replay, _ selection: Selection, _ row: Row) throws {
        let programs = Set(replay.state.programs.map(\.rules.id)).sorted()
        for program in programs where selection.program ?? program == program {
            for period in replay.state.latestRules(of: program)?.usagePeriods ?? [] {
                guard selection.period ?? period.label == period.label else { continue }
                try row([
                    .text(program.text), .text(period.label.text), .day(period.earned.first),
                    .day(period.earned.last), .day(period.usage.first), .day(period.usage.last),
                    .day(period.claiming.first), .day(period.claimDeadline),
                ])
            }
        }
    }

    /// By program and partner.
    static func partners(_ replay: Replay, _ selection: Selection, _ row: Row) throws {
        for partner in PartnerRow.rows(replay) {
            guard selection.program ?? partner.program == partner.program,
                selection.partner ?? partner.partner == partner.partner
            else { continue }
            try row([
                .text(partner.program.text), .text(partner.partner.text), .text(partner.name),
                .moment(partner.enrolledAt),
            ])
        }
    }

    /// By id.
    static func claims(
        _ replay: Replay, _ selection: Selection, _ touched: Set<NameKey>?, _ row: Row
    ) throws {
        try ClaimRegister.forEachRow(replay, selection: selection, touched: touched) { claim in
            try row([
                .text(claim.claim.text), .text(claim.program.text), .text(claim.partner.text),
                .text(claim.period.text), .text(claim.activity.text), .text(claim.status),
                .text(claim.payment.rawValue), .text(claim.currency?.code),
                .money(claim.amount, claim.currency), .money(claim.approved, claim.currency),
                .money(claim.paid, claim.currency), .day(claim.activityDate),
                .moment(claim.createdAt), .moment(claim.submittedAt), .moment(claim.decidedAt),
                .moment(claim.updatedAt), .integer(claim.events),
            ])
        }
    }

    /// By id.
    static func associations(_ replay: Replay, _ selection: Selection, _ row: Row) throws {
        for association in AssociationRegister(replay, selection: selection).rows {
            try row([
                .text(association.association.text), .text(association.program.text),
                .text(association.partner.text), .text(association.activity.text),
                .text(association.status.rawValue), .moment(association.createdAt),
                .moment(association.submittedAt), .moment(association.decidedAt),
                .moment(association.updatedAt), .integer(association.events),
            ])
        }
    }

    /// By program, partner, period, currency.
    static func balances(_ replay: Replay, _ selection: Selection, _ row: Row) throws {
        for line in FundBalances(replay, selection: selection).rows {
            let balance = line.balance
            let amounts = [
                balance.earned, balance.adjusted, balance.rolledIn, balance.rolledOut,
                balance.converted, balance.reserved, balance.approved, balance.paid, balance.due,
                line.expired, line.available, balance.claimed,
            ]
            try row(
                [
                    .text(line.program?.text), .text(line.partner?.text), .text(line.period?.text),
                    .text(line.currency.code),
                ] + amounts.map { .money($0, line.currency) } + [.day(line.deadline)])
        }
    }

    /// What is due or overdue, in the order of the report.
    static func deadlines(
        _ replay: Replay, _ notes: DeadlineNotes, _ selection: Selection, _ row: Row
    ) throws {
        let rows = DeadlineRegister(replay, notes, selection: selection).rows
        for (index, line) in rows.enumerated() {
            try row([
                .integer(Int64(index + 1)), .text(line.kind.rawValue), .text(line.subject),
                .text(line.program.text), .text(line.partner.text), .text(line.period?.text),
                .day(line.due), .text(line.state.rawValue), .integer(line.daysLeft),
                .money(line.amount?.minorUnits ?? 0, line.amount?.currency),
                .text(line.amount?.currency.code), .text(line.rule),
            ])
        }
    }

    /// In the order of the report.
    static func findings(
        _ replay: Replay, _ facts: [Int64: Fact], _ selection: Selection, _ row: Row
    ) throws {
        let rows = FindingRegister(replay, facts: facts, selection: selection).rows
        for (index, line) in rows.enumerated() {
            try row([
                .integer(Int64(index + 1)), .text(line.code.rawValue), .text(line.subject),
                .text(line.program.text), .text(line.partner.text), .integer(line.sequence),
                .moment(line.time), .text(line.kind?.rawValue), .text(line.code.sentence),
            ])
        }
    }

    /// By claim.
    static func retention(
        _ replay: Replay, _ selection: Selection, _ touched: Set<NameKey>?, _ row: Row
    ) throws {
        let register = RetentionRegister(replay, selection: selection, touched: touched)
        for line in register.rows {
            try row([
                .text(line.claim.text), .text(line.program.text), .text(line.partner.text),
                .text(line.status), .day(line.activityDate), .day(line.keepUntil),
                .text(line.state.rawValue), .text(line.reason),
                .integer(Int64(line.documents.count)),
            ])
        }
    }
}

extension TableValue {
    /// A text, or missing.
    static func text(_ text: String?) -> TableValue { text.map { .text($0) } ?? .missing }

    /// A moment as RFC 3339, or missing.
    static func moment(_ instant: Instant?) -> TableValue { .text(instant?.description) }

    /// A date, or missing.
    static func day(_ day: Day?) -> TableValue { .text(day?.description) }

    /// An amount of a currency; missing without one.
    static func money(_ minorUnits: Int64, _ currency: Currency?) -> TableValue {
        currency.map { .amount(minorUnits: minorUnits, fractionDigits: $0.fractionDigits) }
            ?? .missing
    }
}
