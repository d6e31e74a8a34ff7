import ClaimsCodec
import ClaimsDomain
import ClaimsLedger
import ClaimsProjections

/// What the ledger has of each earning, by the id it has in the reports, and what a report said of
/// it so far.
struct EarningsBook {
    /// One earning with its restatements.
    struct Entry {
        let kind: EventKind
        let program: NameKey
        let partner: NameKey
        let period: NameKey
        let currency: Currency
        /// Minor units, with what it was restated by; what moved, for a rollover or a conversion.
        var total: Int64 = 0
        /// How often it was restated.
        var revisions: Int64 = 0
        /// Whether the ledger has it.
        var isRecorded = false
        /// The line on which this report has it, and with what amount; 0 where it has not.
        var line: Int64 = 0
        var amount: Int64 = 0
    }

    /// The reason code of an adjustment that a restated earning became.
    static let restated = "Restated earning"

    /// Entries are numbered as their ids, which count from 1.
    private var ids = NameTable()
    private(set) var names = NameTable()
    private var entries: [Entry] = []

    /// The state at the end of the log, and the book of its earnings.
    ///
    /// One pass over the log.
    static func read(
        _ ledger: Ledger
    ) throws(LedgerError) -> (book: EarningsBook, state: LedgerState) {
        var book = EarningsBook()
        var line = ScannedLine()
        let log = try ledger.replay { (_, fact, bytes) in
            switch fact.kind {
            case .fundsEarned, .fundsAdjusted, .fundsConverted, .fundsRolledOver:
                try line.scan(bytes)
                book.note(fact, line, bytes)
            default: break
            }
        }
        book.names = log.replay.state.names
        return (book, log.replay.state)
    }

    /// The entry of an earning; nil where neither ledger nor report has it so far.
    subscript(id: String) -> Entry? {
        guard let key = ids.key(of: id), key != .none else { return nil }
        return entries[Int(key.index) - 1]
    }

    /// Takes note of what a report says of an earning.
    mutating func note(_ row: EarningRow, line: Int64) {
        let (program, partner) = (names.intern(row.program.text), names.intern(row.partner.text))
        let period = names.intern(row.period.text)
        let place = place(of: row.id) {
            Entry(
                kind: row.kind, program: program, partner: partner, period: period,
                currency: row.amount.currency)
        }
        entries[place].line = line
        entries[place].amount = row.amount.minorUnits
    }

    /// Takes an event of the log: earnings count by the reference to the system they came from,
    /// also those that were not imported; a hand's own adjustment is none of a report's.
    private mutating func note(_ fact: Fact, _ line: ScannedLine, _ bytes: Span<UInt8>) {
        guard let currency = fact.currency, let ownID = line[.id]?.string(in: bytes) else { return }
        let reference = line.data("reference", bytes)
        var id = ownID
        var isRestatement = false
        if fact.kind == .fundsEarned { id = reference ?? ownID }
        if fact.kind == .fundsAdjusted {
            isRestatement = line.data("reasonCode", bytes) == Self.restated
            guard let reference, isRestatement || reference == ownID else { return }
            id = reference
        }
        let place = place(of: id) {
            Entry(
                kind: fact.kind, program: fact.program, partner: fact.partner,
                period: fact.subject, currency: currency)
        }
        entries[place].total =
            entries[place].total.addingReportingOverflow(fact.amount)
            .partialValue
        entries[place].isRecorded = true
        if isRestatement { entries[place].revisions += 1 }
    }

    private mutating func place(of id: String, or new: () -> Entry) -> Int {
        let place = Int(ids.intern(id).index) - 1
        if place == entries.count { entries.append(new()) }
        return place
    }
}

extension ScannedLine {
    /// The text of a member of `data`; nil where there is none.
    fileprivate func data(_ name: String, _ bytes: Span<UInt8>) -> String? {
        let found = data.first { member in
            member.name.end - member.name.start == name.utf8.count
                && member.name.string(in: bytes) == name
        }
        return found?.value.string(in: bytes)
    }
}
