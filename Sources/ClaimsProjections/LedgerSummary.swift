public import ClaimsDomain

/// What a log holds at a viewpoint, in figures.
public struct LedgerSummary: Sendable {
    /// One event's place on both axes.
    public struct Point: Equatable, Sendable {
        /// Its place in the log, from 1.
        public let sequence: Int64
        /// Its kind.
        public let kind: EventKind
        /// When it happened in the world.
        public let occurredAt: Instant
        /// When the ledger took it.
        public let recordedAt: Instant
    }

    /// The claims of one status and currency.
    public struct StatusRow: Equatable, Sendable {
        /// Where it stands.
        public let status: String
        /// ISO 4217.
        public let currency: Currency?
        /// How many claims.
        public let claims: Int
        /// The amount, in its currency.
        public let amount: Int64
        /// Minor units approved.
        public let approved: Int64
        /// Minor units paid.
        public let paid: Int64
    }

    /// The funds of one programme, period and currency.
    public struct FundRow: Equatable, Sendable {
        /// The programme.
        public let program: ProgramID
        /// The usage period, by its label.
        public let period: PeriodLabel
        /// ISO 4217.
        public let currency: Currency
        /// How many fund accounts.
        public let accounts: Int
        /// The buckets.
        public let balance: FundBalance
        /// Minor units lost at the deadline.
        public let expired: Int64
    }

    /// How many events.
    public let events: Int64
    /// The first one.
    public let first: Point?
    /// The last one.
    public let last: Point?
    /// How many programmes.
    public let programs: Int
    /// How many partners.
    public let partners: Int
    /// How many claims.
    public let claims: Int
    /// How many associations.
    public let associations: Int
    /// By type, in the order of the catalogue.
    public let eventsByKind: [(kind: EventKind, count: Int64)]
    /// In the order of a claim's life, then by currency.
    public let claimsByStatus: [StatusRow]
    /// By programme, period, currency.
    public let funds: [FundRow]
    /// By code, in the order of the catalogue.
    public let findings: [(code: FindingCode, count: Int)]

    /// The number of findings.
    public var findingCount: Int { findings.reduce(0) { $0 + $1.count } }

    /// The figures of a replay.
    ///
    /// O(claims + accounts).
    package init(_ replay: Replay) {
        let state = replay.state
        events = state.eventCount
        first = state.firstFact.map(Self.point)
        last = state.lastFact.map(Self.point)
        programs = Set(state.programs.map(\.rules.id)).count
        let partnerKeys =
            state.partners.map(\.partner) + state.accounts.map(\.partner)
            + state.claims.map(\.partner) + state.associations.map(\.partner)
        partners = Set(partnerKeys).count
        claims = state.claims.count
        associations = state.associations.count
        eventsByKind = EventKind.allCases.compactMap { kind in
            state.eventsByKind[kind].map { (kind, $0) }
        }
        claimsByStatus = Self.statusRows(ClaimRegister(replay).rows)
        funds = Self.fundRows(FundBalances(replay).rows)
        var counts: [FindingCode: Int] = [:]
        for finding in state.findings { counts[finding.code, default: 0] += 1 }
        findings = FindingCode.allCases.compactMap { code in counts[code].map { (code, $0) } }
    }

    private static func point(_ fact: Fact) -> Point {
        Point(
            sequence: fact.sequence, kind: fact.kind, occurredAt: fact.occurredAt,
            recordedAt: fact.recordedAt)
    }

    private struct StatusKey: Hashable {
        let status: String
        let currency: Currency?
    }

    private static func statusRows(_ claims: [ClaimRow]) -> [StatusRow] {
        let order = ClaimStatus.allCases.map(\.rawValue) + [ClaimRegister.expired]
        let groups = Dictionary(grouping: claims) {
            StatusKey(status: $0.status, currency: $0.currency)
        }
        return groups.map { key, rows in
            StatusRow(
                status: key.status, currency: key.currency, claims: rows.count,
                amount: rows.reduce(0) { $0 &+ $1.amount },
                approved: rows.reduce(0) { $0 &+ $1.approved },
                paid: rows.reduce(0) { $0 &+ $1.paid })
        }.sorted { left, right in
            let places = [left, right].map { order.firstIndex(of: $0.status) ?? order.count }
            let codes = [left, right].map { $0.currency?.code ?? "" }
            return (places[0], codes[0]) < (places[1], codes[1])
        }
    }

    private struct FundKey: Hashable {
        let program: ProgramID
        let period: PeriodLabel
        let currency: Currency
    }

    private static func fundRows(_ rows: [BalanceRow]) -> [FundRow] {
        var groups: [FundKey: [BalanceRow]] = [:]
        for row in rows {
            guard let program = row.program, let period = row.period else { continue }
            let key = FundKey(program: program, period: period, currency: row.currency)
            groups[key, default: []].append(row)
        }
        return groups.map { key, rows in
            var balance = FundBalance()
            for row in rows { balance.add(row.balance) }
            return FundRow(
                program: key.program, period: key.period, currency: key.currency,
                accounts: rows.count, balance: balance,
                expired: rows.reduce(0) { $0 + $1.expired })
        }.sorted {
            ($0.program, $0.period, $0.currency) < ($1.program, $1.period, $1.currency)
        }
    }
}
