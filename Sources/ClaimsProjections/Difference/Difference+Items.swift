import ClaimsDomain

/// One thing that may differ, with all its fields.
struct DifferenceItem {
    struct Key: Hashable {
        let kind: DifferenceKind
        let subject: String
    }

    struct Field {
        let name: String
        let value: DifferenceValue?
        /// What stands there while the thing does not exist.
        let absent: DifferenceValue?

        init(_ name: String, _ value: DifferenceValue?, absent: DifferenceValue? = nil) {
            self.name = name
            self.value = value
            self.absent = absent ?? value?.blank
        }

        init(_ name: String, _ text: String, absent: String? = nil) {
            self.init(
                name, text.isEmpty ? nil : .text(text),
                absent: absent.map { DifferenceValue.text($0) })
        }
    }

    let key: Key
    let program: ProgramID
    var partner: PartnerID?
    var period: PeriodLabel?
    /// The same fields in the same order for each thing of a kind.
    let fields: [Field]

    /// Everything that is compared.
    static func all(in replay: Replay) -> [DifferenceItem] {
        ClaimRegister(replay).rows.map(item) + FundBalances(replay).rows.compactMap(item)
            + AssociationRegister(replay).rows.map(item) + programs(replay)
    }

    private static func item(_ row: ClaimRow) -> DifferenceItem {
        func amount(_ units: Int64) -> DifferenceValue? { row.currency.map { .amount(units, $0) } }
        return DifferenceItem(
            key: Key(kind: .claim, subject: row.claim.text), program: row.program,
            partner: row.partner, period: row.period,
            fields: [
                Field("program", row.program.text), Field("partner", row.partner.text),
                Field("period", row.period.text), Field("activity", row.activity.text),
                Field("activityDate", row.activityDate?.description ?? ""),
                Field("status", row.status, absent: ClaimStatus.absent.rawValue),
                Field("payment", row.payment.rawValue, absent: PaymentState.unpaid.rawValue),
                Field("currency", row.currency?.code ?? ""), Field("amount", amount(row.amount)),
                Field("approved", amount(row.approved)), Field("paid", amount(row.paid)),
                Field("submittedAt", row.submittedAt?.description ?? ""),
                Field("decidedAt", row.decidedAt?.description ?? ""),
                Field("events", .count(row.events)),
            ])
    }

    private static func item(_ row: BalanceRow) -> DifferenceItem? {
        guard let program = row.program, let partner = row.partner, let period = row.period else {
            return nil
        }
        let account = FundAccount(
            program: program, partner: partner, period: period, currency: row.currency)
        return DifferenceItem(
            key: Key(kind: .fund, subject: account.description), program: program,
            partner: partner, period: period,
            fields: Bucket.inReportOrder.map {
                Field($0.rawValue, .amount(row.figure(of: $0), row.currency))
            })
    }

    private static func item(_ row: AssociationRow) -> DifferenceItem {
        DifferenceItem(
            key: Key(kind: .association, subject: row.association.text), program: row.program,
            partner: row.partner,
            fields: [
                Field("program", row.program.text), Field("partner", row.partner.text),
                Field("activity", row.activity.text),
                Field("status", row.status.rawValue, absent: AssociationStatus.absent.rawValue),
                Field("events", .count(row.events)),
            ])
    }

    private static func programs(_ replay: Replay) -> [DifferenceItem] {
        Set(replay.state.programs.map(\.rules.id)).map { program in
            DifferenceItem(
                key: Key(kind: .program, subject: program.text), program: program,
                fields: [
                    Field("version", replay.state.latestRules(of: program)?.version ?? "")
                ])
        }
    }
}

extension DifferenceItem {
    /// Whether a selection is about it: what it names has to be there and the same.
    func isAdmitted(by selection: Selection) -> Bool {
        if let wanted = selection.program, wanted != program { return false }
        if let wanted = selection.partner, wanted != partner { return false }
        if let wanted = selection.period, wanted != period { return false }
        if let wanted = selection.claim, key.kind != .claim || wanted.text != key.subject {
            return false
        }
        return true
    }

    /// Whether a field has a value at one of the points that the deadline gives it.
    static func isDerived(
        _ field: String, of kind: DifferenceKind, _ old: DifferenceItem?, _ new: DifferenceItem?
    ) -> Bool {
        switch kind {
        case .fund:
            [Bucket.available.rawValue, Bucket.expired.rawValue].contains(field)
                && [old, new].contains { $0?.hasExpired ?? false }
        case .claim: field == "status" && [old, new].contains { $0?.hasExpired ?? false }
        case .association, .program: false
        }
    }

    private var hasExpired: Bool {
        fields.contains { field in
            switch key.kind {
            case .fund:
                field.name == Bucket.expired.rawValue
                    && field.value != field.absent
            case .claim: field.name == "status" && field.value == .text(ClaimRegister.expired)
            case .association, .program: false
            }
        }
    }
}

/// The deadlines of both points.
struct DifferenceCalendar {
    let from: Replay
    let to: Replay

    /// Why a deadline has passed at one point only.
    enum Flip: Equatable {
        case none
        /// Time went on.
        case byDate
        /// The rules gave another deadline.
        case byRules(ProgramID)
    }

    /// How the deadline of a thing, or of what it became, came to be passed.
    func flip(_ old: DifferenceItem?, _ new: DifferenceItem?) -> Flip {
        guard let before = old ?? new, let after = new ?? old, let oldPeriod = before.period,
            let newPeriod = after.period
        else { return .none }
        let wasPast = isPast(oldPeriod, before.program, rules: from, at: from.moment)
        let isPast = isPast(newPeriod, after.program, rules: to, at: to.moment)
        guard wasPast != isPast else { return .none }
        let isByDate = self.isPast(oldPeriod, before.program, rules: from, at: to.moment) == isPast
        if isByDate { return .byDate }
        return oldPeriod == newPeriod ? .byRules(after.program) : .none
    }

    private func isPast(
        _ period: PeriodLabel, _ program: ProgramID, rules: Replay, at moment: Instant
    ) -> Bool {
        rules.usagePeriod(period, of: program).map { moment >= $0.instants.claimBefore } ?? false
    }
}
