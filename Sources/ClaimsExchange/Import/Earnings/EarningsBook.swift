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
        var reader = EventReader()
        let log = try ledger.replay { (_, fact, bytes) in
            switch fact.kind {
            case .fundsEarned, .fundsAdjusted, .fundsConverted, .fundsRolledOver:
                book.note(try reader.read(bytes).content)
            default: break
            }
        }
        return (book, log.replay.state)
    }

    /// The entry of an earning; nil where neither ledger nor report has it so far.
    subscript(id: String) -> Entry? {
        ids.key(of: id).flatMap {
            entries.indices.contains(Int($0.index) - 1) ? entries[Int($0.index) - 1] : nil
        }
    }

    /// Takes note of what a report says of an earning.
    mutating func note(_ row: EarningRow, line: Int64) {
        let place = self.place(
            of: row.id, kind: row.kind, row.program, row.partner, row.period.text,
            row.amount.currency)
        entries[place].line = line
        entries[place].amount = row.amount.minorUnits
    }

    /// Takes an event of the log: earnings count by the reference to the system they came from,
    /// also those that were not imported; a hand's own adjustment is none of a report's.
    private mutating func note(_ event: ProposedEvent) {
        let (id, amount): (String, Money)
        var isRestatement = false
        switch event.payload {
        case .fundsEarned(let earned):
            (id, amount) = (earned.reference ?? event.id.text, earned.amount)
        case .fundsAdjusted(let adjusted):
            isRestatement = adjusted.reasonCode == Self.restated
            guard let reference = adjusted.reference,
                isRestatement || reference == event.id.text
            else { return }
            (id, amount) = (reference, adjusted.amount)
        case .fundsConverted(let converted): (id, amount) = (event.id.text, converted.amount)
        case .fundsRolledOver(let rolled): (id, amount) = (event.id.text, rolled.amount)
        default: return
        }
        guard let partner = event.source.partner else { return }
        let place = self.place(
            of: id, kind: event.payload.kind, event.source.program, partner, event.subject,
            amount.currency)
        entries[place].total =
            entries[place].total.addingReportingOverflow(amount.minorUnits)
            .partialValue
        entries[place].isRecorded = true
        if isRestatement { entries[place].revisions += 1 }
    }

    private mutating func place(
        of id: String, kind: EventKind, _ program: ProgramID, _ partner: PartnerID,
        _ period: String, _ currency: Currency
    ) -> Int {
        let place = Int(ids.intern(id).index) - 1
        if place == entries.count {
            entries.append(
                Entry(
                    kind: kind, program: names.intern(program.text),
                    partner: names.intern(partner.text), period: names.intern(period),
                    currency: currency))
        }
        return place
    }
}
