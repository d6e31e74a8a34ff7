import ClaimsCodec
import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// Exports the funds as the books of a plain-text accounting tool: every posting as a transaction
/// that balances, the documents of the claims, what each account held when its usage period and its
/// claim deadline ended and at the end of the export, and what expired.
///
/// One pass over the log; of the log only the accounts are held.
package struct FundJournal {
    /// The tools whose books are written.
    package enum Tool: Sendable { case hledger, beancount }

    private let tool: Tool
    private let selection: Selection
    private let documents: String?

    /// `selection`: its program, partner and period count, of the accounts.
    ///
    /// `documents` is a folder with the documents by their SHA-256; nil when they are not at hand.
    package init(_ tool: Tool, selection: Selection = Selection(), documents: String? = nil) {
        self.tool = tool
        self.selection = selection
        self.documents = documents
    }

    /// Writes the books as of a viewpoint.
    package func write(
        _ ledger: Ledger, at viewpoint: Viewpoint, to output: ExportOutput
    ) throws -> Answer<Replay> {
        let run = FundJournalRun(
            tool == .hledger ? HledgerFormat() : BeancountFormat(), selection, documents, output)
        try run.begin(viewpoint)
        let answer = try ledger.events(at: viewpoint) { state, fact, bytes in
            try run.take(state, fact, bytes)
        }
        try Ledger.check(selection, isKnownTo: answer.value)
        try run.finish(answer)
        try output.finish()
        return answer
    }
}

/// An export of books under way.
private final class FundJournalRun {
    /// The four parts of an account, in the names of the replay.
    private struct Key: Hashable {
        let program: NameKey
        let partner: NameKey
        let period: NameKey
        let currency: Currency
    }

    private let format: any JournalFormat
    private let selection: Selection
    private let documents: String?
    private let output: ExportOutput
    private var places: [Key: Int?] = [:]
    private var accounts: [JournalAccount] = []
    private var reader = PayloadsOfLines()

    init(
        _ format: any JournalFormat, _ selection: Selection, _ documents: String?,
        _ output: ExportOutput
    ) {
        self.format = format
        self.selection = selection
        self.documents = documents
        self.output = output
    }

    func begin(_ viewpoint: Viewpoint) throws {
        let knownAt: String? =
            switch viewpoint.knownAt {
            case nil: nil
            case .sequence(let sequence): "sequence \(sequence)"
            case .instant(let instant): "\(instant)"
            }
        let notes = [
            "The funds of an incentive claims ledger, every posting of it.",
            "As of: \(viewpoint.asOf.map { "\($0)" } ?? "the last event known"); known at: "
                + "\(knownAt ?? "the end of the log").",
            "Dates are days in UTC; the number of a transaction is the event's sequence.",
            "What expired is booked once, when it was last touched after the claim deadline.",
        ]
        try output.write(format.header(notes))
    }

    func take(_ state: LedgerState, _ fact: Fact, _ bytes: Span<UInt8>) throws {
        if fact.kind == .claimEvidenceAttached || fact.kind == .claimEvidenceWithdrawn {
            try takeDocument(state, fact, bytes)
        }
        guard !state.lastPostings.isEmpty else { return }
        let day = fact.occurredAt.day
        var legs: [JournalEntry.Leg] = []
        for posting in state.lastPostings {
            let record = state.accounts[Int(posting.account.index)]
            let key = Key(
                program: record.program, partner: record.partner, period: record.period,
                currency: record.currency)
            guard let place = place(of: key, state, on: day),
                let from = JournalLeaf(posting.from), let to = JournalLeaf(posting.to)
            else { continue }
            for (leaf, units) in [(from, -posting.amount), (to, posting.amount)] {
                accounts[place].post(units, to: leaf, on: day)
                legs.append(
                    JournalEntry.Leg(
                        account: accounts[place].account, leaf: leaf,
                        amount: Money(minorUnits: units, currency: record.currency)))
            }
        }
        guard !legs.isEmpty else { return }
        let names = state.names
        var tags = [("actor", names.text(fact.actor))]
        if fact.kind.subjectKind == .claim {
            tags.insert(("claim", names.text(fact.subject)), at: 0)
        }
        if fact.kind == .claimReimbursed || fact.kind == .claimReimbursementReversed {
            tags.append(("payment", names.text(fact.reference)))
        }
        try output.write(
            format.transaction(
                JournalEntry(
                    day: day, sequence: fact.sequence,
                    what: "\(fact.kind.rawValue) \(names.text(fact.subject))", tags: tags,
                    legs: legs)))
    }

    /// The place of an account, made when it is first touched; nil where the selection leaves it
    /// out.
    private func place(of key: Key, _ state: LedgerState, on day: Day) -> Int? {
        if let known = places[key] { return known }
        let names = state.names
        let account = FundAccount(
            program: ProgramID(names.text(key.program)),
            partner: PartnerID(names.text(key.partner)),
            period: PeriodLabel(names.text(key.period)), currency: key.currency)
        guard selection.program ?? account.program == account.program,
            selection.partner ?? account.partner == account.partner,
            selection.period ?? account.period == account.period
        else {
            places[key] = .some(nil)
            return nil
        }
        let period = state.latestRules(of: account.program)?.usagePeriod(account.period)
        accounts.append(JournalAccount(account, on: day, period: period))
        places[key] = accounts.count - 1
        return accounts.count - 1
    }

    /// A document of a claim that names its account; one that was only mentioned has none.
    private func takeDocument(
        _ state: LedgerState, _ fact: Fact, _ bytes: Span<UInt8>
    ) throws {
        let day = fact.occurredAt.day
        let claim = ClaimID(state.names.text(fact.subject))
        guard let record = state.claim(claim), let currency = record.currency else { return }
        let key = Key(
            program: record.program, partner: record.partner, period: record.period,
            currency: currency)
        guard record.period != .none, let place = place(of: key, state, on: day) else { return }
        var tags = [("claim", claim.text), ("actor", state.names.text(fact.actor))]
        var what = "\(fact.kind.rawValue) \(claim)"
        var path: String?
        switch try reader.payload(bytes) {
        case .claimEvidenceAttached(let document):
            what += " \(document.evidence)"
            tags += [
                ("evidence", document.evidence.text), ("kind", document.kind.rawValue),
                ("filename", document.filename), ("mediatype", document.mediaType),
                ("size", String(document.size)), ("sha256", document.sha256),
            ]
            path = documents.flatMap { WholeFile.path(in: $0, ifThereIs: document.sha256) }
        case .claimEvidenceWithdrawn(let evidence, let reason):
            what += " \(evidence)"
            tags += [("evidence", evidence.text), ("reason", reason)]
        default: return
        }
        accounts[place].use(.available, on: day)
        try output.write(
            format.document(
                JournalDocument(
                    day: day, sequence: fact.sequence, account: accounts[place].account,
                    leaf: .available, what: what, tags: tags, path: path)))
    }
}

extension FundJournalRun {
    /// What follows the last event: expiry, assertions, declarations.
    func finish(_ answer: Answer<Replay>) throws {
        let lastDay = answer.moment.day
        accounts.sort { $0.account < $1.account }
        for index in accounts.indices { try expire(&accounts[index], answer.value) }
        for account in accounts {
            for cut in account.cuts where cut.day < lastDay {
                try assert(account, cut.units, at: cut.day, what: cut.what)
            }
            try assert(account, account.units, at: lastDay, what: "end of the export")
        }
        try output.write("\n")
        let first = accounts.map(\.firstDay).min() ?? lastDay
        let currencies = Set(accounts.map(\.account.currency)).sorted { $0.code < $1.code }
        for currency in currencies { try output.write(format.declaration(currency, from: first)) }
        // Accounts that differ in currency only are one account of such a tool.
        var declared: [String: (account: FundAccount, leaf: JournalLeaf, day: Day)] = [:]
        for account in accounts {
            for leaf in account.used {
                let name = format.name(account.account, leaf)
                let day = min(account.firstDay, declared[name]?.day ?? account.firstDay)
                declared[name] = (account.account, leaf, day)
            }
        }
        for (_, open) in declared.sorted(by: { $0.key < $1.key }) {
            try output.write(format.declaration(open.account, open.leaf, from: open.day))
        }
    }

    /// Books what of an account had expired by the end of the export.
    private func expire(_ account: inout JournalAccount, _ replay: Replay) throws {
        let (program, period) = (account.account.program, account.account.period)
        let lastDay = replay.moment.day
        let left = account.units[JournalLeaf.available.rawValue]
        guard left > 0, replay.isPastDeadline(period, of: program),
            let deadline = replay.usagePeriod(period, of: program)?.claimDeadline
        else { return }
        let day = max(account.lastAvailable, min(deadline.adding(days: 1), lastDay))
        let currency = account.account.currency
        account.post(-left, to: .available, on: day)
        account.post(left, to: .expired, on: day)
        let legs = [(JournalLeaf.available, -left), (.expired, left)].map { leaf, units in
            JournalEntry.Leg(
                account: account.account, leaf: leaf,
                amount: Money(minorUnits: units, currency: currency))
        }
        try output.write(
            format.transaction(
                JournalEntry(
                    day: day, sequence: nil, what: "expired \(period)",
                    tags: [("derived", "claim deadline \(deadline)")], legs: legs)))
    }

    private func assert(
        _ account: JournalAccount, _ units: [Int64], at day: Day, what: String
    ) throws {
        let leaves = account.used
        guard account.firstDay <= day, !leaves.isEmpty else { return }
        let balances = leaves.map { leaf in
            (
                leaf: leaf,
                amount: Money(
                    minorUnits: units[leaf.rawValue], currency: account.account.currency)
            )
        }
        try output.write(
            format.assertion(
                JournalAssertion(
                    day: day, account: account.account,
                    what: "\(what): \(account.account)", balances: balances)))
    }
}
