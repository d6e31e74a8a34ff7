import ClaimsCodec
import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// Tells a ledger as tables: the rows of events while they are replayed, those of what they led to
/// at the end.
///
/// One pass over the log; of the log only the state is held.
package final class LedgerRows {
    /// Takes a row, with a value a column.
    package typealias Taker = (LedgerTable, [TableValue]) throws -> Void

    private let tables: Set<LedgerTable>
    private let selection: Selection
    private let take: Taker
    private var reader = PayloadsOfLines()
    private var line = ScannedLine()
    private var notes = DeadlineNotes()
    private var findings: [Int64: Fact] = [:]
    private var findingsSeen = 0
    private var touched: Set<NameKey>?

    /// `tables`: which are wanted; nothing is computed for the others.
    package init(
        _ tables: Set<LedgerTable>, selection: Selection = Selection(), take: @escaping Taker
    ) {
        self.tables = tables
        self.selection = selection
        self.take = take
        touched = selection.limitsEvents ? [] : nil
    }

    /// Hands over the rows as of a viewpoint: those of events in the order of the log, mixed, then
    /// the other tables, each in its order.
    package func tell(_ ledger: Ledger, at viewpoint: Viewpoint) throws -> Answer<Replay> {
        let answer = try ledger.events(at: viewpoint) { state, fact, bytes in
            try self.note(state, fact)
            try self.event(state, fact, bytes)
        }
        try Ledger.check(selection, isKnownTo: answer.value)
        try standing(answer.value)
        return answer
    }

    /// Keeps what the tables at the end are made from.
    private func note(_ state: LedgerState, _ fact: Fact) throws {
        if tables.contains(.deadlines) { notes.note(fact) }
        if tables.contains(.findings), state.findings.count > findingsSeen {
            findingsSeen = state.findings.count
            findings[fact.sequence] = fact
        }
        if touched != nil, fact.kind.subjectKind == .claim,
            FactFilter(selection, names: state.names).admitsEvent(fact)
        {
            touched?.insert(fact.subject)
        }
    }

    // MARK: - Rows of events

    private func event(_ state: LedgerState, _ fact: Fact, _ bytes: Span<UInt8>) throws {
        let isDocument =
            fact.kind == .claimEvidenceAttached || fact.kind == .associationEvidenceAttached
        let isPayment = fact.kind == .claimReimbursed || fact.kind == .claimReimbursementReversed
        if tables.contains(.postings) { try postings(state, fact) }
        let wantsEvent = tables.contains(.events)
        let wantsDocument = isDocument && tables.contains(.evidence)
        let wantsPayment = isPayment && tables.contains(.payments)
        guard wantsEvent || wantsDocument || wantsPayment else { return }
        if selection != Selection() {
            let filter = FactFilter(selection, names: state.names)
            let claim =
                fact.kind.subjectKind == .claim
                ? state.claim(ClaimID(state.names.text(fact.subject))) : nil
            guard filter.admits(fact, claimRecord: claim) else { return }
        }
        if wantsEvent { try eventRow(state, fact, bytes) }
        if wantsDocument { try documentRow(state, fact, bytes) }
        if wantsPayment { try paymentRow(state, fact, bytes) }
    }

    private func eventRow(
        _ state: LedgerState, _ fact: Fact, _ bytes: Span<UInt8>
    ) throws {
        let names = state.names
        try line.scan(bytes)
        func text(_ attribute: Attribute) -> TableValue {
            line[attribute].map { .text($0.string(in: bytes)) } ?? .missing
        }
        let role = line.data.first { $0.name.string(in: bytes) == "role" }
        let data = line[.data].map { slice in slice.rawRange.map { bytes[$0] } } ?? []
        try take(
            .events,
            [
                .integer(fact.sequence), text(.id), .text(fact.kind.rawValue), text(.source),
                .text(names.text(fact.program)),
                fact.partner == .none ? .missing : .text(names.text(fact.partner)),
                .text(names.text(fact.subject)), .text(fact.kind.subjectKind.rawValue),
                .moment(fact.occurredAt), .moment(fact.recordedAt), text(.authtype), text(.authid),
                role.map { .text($0.value.string(in: bytes)) } ?? .missing,
                .money(fact.amount, fact.currency), .text(fact.currency?.code), .json(data),
            ])
    }

    private func postings(_ state: LedgerState, _ fact: Fact) throws {
        guard
            !selection.limitsEvents
                || FactFilter(selection, names: state.names).admitsEvent(fact)
        else { return }
        for (index, posting) in state.postingsInText.enumerated() {
            let account = posting.account
            guard selection.program ?? account.program == account.program,
                selection.partner ?? account.partner == account.partner,
                selection.period ?? account.period == account.period
            else { continue }
            let isOfClaim = fact.kind.subjectKind == .claim
            let claim = isOfClaim ? state.names.text(fact.subject) : nil
            if let wanted = selection.claim, wanted.text != claim { continue }
            try take(
                .postings,
                [
                    .integer(fact.sequence), .integer(Int64(index + 1)),
                    .text(account.program.text), .text(account.partner.text),
                    .text(account.period.text), .text(claim), .text(posting.from.rawValue),
                    .text(posting.to.rawValue),
                    .money(posting.amount.minorUnits, posting.amount.currency),
                    .text(account.currency.code), .moment(fact.occurredAt),
                ])
        }
    }

    private func documentRow(
        _ state: LedgerState, _ fact: Fact, _ bytes: Span<UInt8>
    ) throws {
        let names = state.names
        let document: EvidenceAttached
        switch try reader.payload(bytes) {
        case .claimEvidenceAttached(let attached), .associationEvidenceAttached(let attached):
            document = attached
        default: return
        }
        let invoice = document.invoice
        try take(
            .evidence,
            [
                .integer(fact.sequence), .text(names.text(fact.subject)),
                .text(fact.kind.subjectKind.rawValue), .text(names.text(fact.program)),
                .text(names.text(fact.partner)), .text(document.evidence.text),
                .text(document.kind.rawValue), .text(document.filename),
                .text(document.mediaType), .integer(document.size), .text(document.sha256),
                .text(document.note), .text(invoice?.number), .text(invoice?.vendor),
                .day(invoice?.date),
                .money(invoice?.amount.minorUnits ?? 0, invoice?.amount.currency),
                .text(invoice?.amount.currency.code), .text(document.metric?.name),
                .text(document.metric?.value), .moment(fact.occurredAt),
            ])
    }

    private func paymentRow(
        _ state: LedgerState, _ fact: Fact, _ bytes: Span<UInt8>
    ) throws {
        let names = state.names
        func row(
            _ reference: String, _ amount: Money, _ day: Day, payout: Money? = nil,
            payer: String? = nil, reason: String? = nil
        ) throws {
            try take(
                .payments,
                [
                    .integer(fact.sequence), .text(names.text(fact.subject)),
                    .text(names.text(fact.program)), .text(names.text(fact.partner)),
                    .text(reference), .money(amount.minorUnits, amount.currency),
                    .text(amount.currency.code), .day(day),
                    .money(payout?.minorUnits ?? 0, payout?.currency),
                    .text(payout?.currency.code), .text(payer), .text(reason),
                    .moment(fact.occurredAt),
                ])
        }
        switch try reader.payload(bytes) {
        case .claimReimbursed(let payment):
            try row(
                payment.paymentReference, payment.amount, payment.paidOn, payout: payment.payout,
                payer: payment.payer)
        case .claimReimbursementReversed(let reversal):
            try row(
                reversal.paymentReference, reversal.amount.negated, fact.occurredAt.day,
                reason: reversal.reason)
        default: return
        }
    }

    // MARK: - Rows of what the events led to

    private func standing(_ replay: Replay) throws {
        for table in LedgerTable.allCases where tables.contains(table) {
            func row(_ values: [TableValue]) throws { try take(table, values) }
            switch table {
            case .events, .postings, .evidence, .payments: break
            case .currencies: try StandingRows.currencies(replay, row)
            case .programs: try StandingRows.programs(replay, selection, row)
            case .periods: try StandingRows.periods(replay, selection, row)
            case .partners: try StandingRows.partners(replay, selection, row)
            case .claims: try StandingRows.claims(replay, selection, touched, row)
            case .associations: try StandingRows.associations(replay, selection, row)
            case .balances: try StandingRows.balances(replay, selection, row)
            case .deadlines: try StandingRows.deadlines(replay, notes, selection, row)
            case .findings: try StandingRows.findings(replay, findings, selection, row)
            case .retention: try StandingRows.retention(replay, selection, touched, row)
            }
        }
    }
}
