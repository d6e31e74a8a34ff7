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

    /// How many of the events are no partner's, by type.
    ///
    /// Every part of a ledger has them all, and the whole has them once.
    package var programWide: [(kind: EventKind, count: Int64)] {
        eventsByKind.filter { !$0.kind.sourceNamesPartner }
    }

    /// The order of the statuses in `claimsByStatus`.
    package static let statusOrder = ClaimStatus.allCases.map(\.rawValue) + [ClaimRegister.expired]

    /// The figures of a replay.
    ///
    /// O(claims + accounts).
    package init(_ replay: Replay) {
        let state = replay.state
        events = state.eventCount
        first = state.firstEvent.map(Self.point)
        last = state.lastEvent.map(Self.point)
        programs = Set(state.programs.map(\.rules.id)).count
        partners = Self.partnerCount(state)
        claims = state.claims.count
        associations = state.associations.count
        eventsByKind = EventKind.allCases.compactMap { kind in
            state.eventsByKind[kind].map { (kind, $0) }
        }
        claimsByStatus = Self.statusRows(replay)
        funds = Self.fundRows(replay)
        var counts: [FindingCode: Int] = [:]
        for finding in state.findings { counts[finding.code, default: 0] += 1 }
        findings = FindingCode.allCases.compactMap { code in counts[code].map { (code, $0) } }
    }

    init(
        events: Int64, first: Point?, last: Point?, programs: Int, partners: Int, claims: Int,
        associations: Int, eventsByKind: [(kind: EventKind, count: Int64)],
        claimsByStatus: [StatusRow], funds: [FundRow], findings: [(code: FindingCode, count: Int)]
    ) {
        self.events = events
        self.first = first
        self.last = last
        self.programs = programs
        self.partners = partners
        self.claims = claims
        self.associations = associations
        self.eventsByKind = eventsByKind
        self.claimsByStatus = claimsByStatus
        self.funds = funds
        self.findings = findings
    }

    private static func point(_ event: EventPoint) -> Point {
        Point(
            sequence: event.sequence, kind: event.kind, occurredAt: event.occurredAt,
            recordedAt: event.recordedAt)
    }

    /// By a mark for each name: a set would take a hash for each claim.
    private static func partnerCount(_ state: LedgerState) -> Int {
        var isPartner = [Bool](repeating: false, count: state.names.count)
        for partner in state.partners { isPartner[Int(partner.partner.index)] = true }
        for account in state.accounts { isPartner[Int(account.partner.index)] = true }
        for claim in state.claims { isPartner[Int(claim.partner.index)] = true }
        for association in state.associations {
            isPartner[Int(association.partner.index)] = true
        }
        return isPartner.reduce(0) { $0 + ($1 ? 1 : 0) }
    }

    private struct StatusKey: Hashable {
        let status: ClaimStatus
        let isExpired: Bool
        let currency: Currency?
    }

    private struct ClaimSums {
        var claims = 0
        var amount: Int64 = 0
        var approved: Int64 = 0
        var paid: Int64 = 0

        mutating func add(_ claim: ClaimRecord) {
            claims += 1
            amount &+= claim.submittedAt == nil ? claim.amount : claim.submitted
            approved &+= claim.approved
            paid &+= claim.paid
        }
    }

    /// Sums over claims by key: no row is built for a claim.
    private static func statusRows(_ replay: Replay) -> [StatusRow] {
        var calendar = PeriodCalendar(of: replay)
        var groups: [StatusKey: ClaimSums] = [:]
        for claim in replay.state.claims {
            let isExpired =
                claim.status == .editing
                && calendar.isPastDeadline(claim.period, of: claim.program)
            let key = StatusKey(
                status: claim.status, isExpired: isExpired, currency: claim.currency)
            groups[key, default: ClaimSums()].add(claim)
        }
        return groups.map { key, sums in
            StatusRow(
                status: key.isExpired ? ClaimRegister.expired : key.status.rawValue,
                currency: key.currency, claims: sums.claims, amount: sums.amount,
                approved: sums.approved, paid: sums.paid)
        }.sorted(by: isBefore)
    }

    static func isBefore(_ left: StatusRow, _ right: StatusRow) -> Bool {
        let order = statusOrder
        let places = [left, right].map { order.firstIndex(of: $0.status) ?? order.count }
        let codes = [left, right].map { $0.currency?.code ?? "" }
        return (places[0], codes[0]) < (places[1], codes[1])
    }

    private struct FundSums {
        var accounts = 0
        var held = ControlBalance()

        mutating func add(_ account: FundBalance) {
            accounts += 1
            held.add(account)
        }
    }

    private static func fundRows(_ replay: Replay) -> [FundRow] {
        var groups: [ControlAccount: FundSums] = [:]
        for account in replay.state.accounts {
            groups[ControlAccount(account), default: FundSums()].add(account.balance)
        }
        var calendar = PeriodCalendar(of: replay)
        let names = replay.state.names
        return groups.map { control, sums in
            let isPast = calendar.isPastDeadline(control.period, of: control.program)
            return FundRow(
                program: ProgramID(names.text(control.program)),
                period: PeriodLabel(names.text(control.period)), currency: control.currency,
                accounts: sums.accounts, balance: sums.held.balance,
                expired: isPast ? sums.held.lapsing : 0)
        }.sorted(by: isBefore)
    }

    static func isBefore(_ left: FundRow, _ right: FundRow) -> Bool {
        (left.program, left.period, left.currency) < (right.program, right.period, right.currency)
    }
}
