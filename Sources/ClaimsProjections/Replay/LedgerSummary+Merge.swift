import ClaimsDomain

/// Parts of a ledger that were replayed apart.
///
/// A part has all events of some partners beside every program-wide event. Two partners that share
/// a claim, an association, a document, an invoice or a customer have to be in one part, because a
/// rule looks at both.
extension LedgerSummary {
    /// What the two parts hold together, both as of the same moment.
    ///
    /// Commutative and associative; a part without events changes nothing. Program-wide events, of
    /// which both have the same, are counted once; they lead to no findings. O(rows).
    package func merging(_ other: LedgerSummary) -> LedgerSummary {
        var kinds: [EventKind: Int64] = [:]
        for (kind, count) in eventsByKind + other.eventsByKind {
            let known = kinds[kind, default: 0]
            kinds[kind] = kind.sourceNamesPartner ? known + count : max(known, count)
        }
        var codes: [FindingCode: Int] = [:]
        for (code, count) in findings + other.findings { codes[code, default: 0] += count }
        return LedgerSummary(
            events: kinds.values.reduce(0, +),
            first: Self.points(self, other, \.first).min { $0.sequence < $1.sequence },
            last: Self.points(self, other, \.last).max { $0.sequence < $1.sequence },
            programs: max(programs, other.programs), partners: partners + other.partners,
            claims: claims + other.claims, associations: associations + other.associations,
            eventsByKind: EventKind.allCases.compactMap { kind in
                kinds[kind].map { (kind, $0) }
            },
            claimsByStatus: Self.sums(claimsByStatus + other.claimsByStatus),
            funds: Self.sums(funds + other.funds),
            findings: FindingCode.allCases.compactMap { code in codes[code].map { (code, $0) } })
    }

    private static func points(
        _ left: LedgerSummary, _ right: LedgerSummary, _ point: (LedgerSummary) -> Point?
    ) -> [Point] {
        [left, right].compactMap(point)
    }

    private static func sums(_ rows: [StatusRow]) -> [StatusRow] {
        let groups = Dictionary(grouping: rows) { "\($0.status) \($0.currency?.code ?? "")" }
        return groups.values.compactMap { rows in
            guard let first = rows.first else { return nil }
            return rows.dropFirst().reduce(first) { sum, row in
                StatusRow(
                    status: sum.status, currency: sum.currency, claims: sum.claims + row.claims,
                    amount: sum.amount &+ row.amount, approved: sum.approved &+ row.approved,
                    paid: sum.paid &+ row.paid)
            }
        }.sorted(by: isBefore)
    }

    private static func sums(_ rows: [FundRow]) -> [FundRow] {
        let groups = Dictionary(grouping: rows) { row in
            FundAccount(
                program: row.program, partner: PartnerID(""), period: row.period,
                currency: row.currency)
        }
        return groups.values.compactMap { rows in
            guard let first = rows.first else { return nil }
            return rows.dropFirst().reduce(first) { sum, row in
                var balance = sum.balance
                balance.add(row.balance)
                return FundRow(
                    program: sum.program, period: sum.period, currency: sum.currency,
                    accounts: sum.accounts + row.accounts, balance: balance,
                    expired: sum.expired &+ row.expired)
            }
        }.sorted(by: isBefore)
    }
}

extension FundBalances {
    /// The balances of two parts together, both grouped alike and as of the same moment.
    ///
    /// Rows of the same programme, partner, period and currency, as far as they name them, are
    /// summed. Commutative and associative; balances without rows change nothing. O(rows log rows).
    package func merging(_ other: FundBalances) -> FundBalances {
        let groups = Dictionary(grouping: rows + other.rows, by: Self.order)
        let sums = groups.values.compactMap { rows -> BalanceRow? in
            guard let first = rows.first else { return nil }
            return rows.dropFirst().reduce(first) { sum, row in
                var balance = sum.balance
                balance.add(row.balance)
                return BalanceRow(
                    program: sum.program, partner: sum.partner, period: sum.period,
                    currency: sum.currency, balance: balance, expired: sum.expired &+ row.expired,
                    deadline: sum.deadline)
            }
        }
        return FundBalances(rows: sums.sorted { Self.order($0) < Self.order($1) })
    }
}
