import ClaimsDomain
import EventLog

/// A run file open for questions.
final class IndexRun {
    let header: RunHeader
    /// Events of a block of the summaries.
    let blockEvents: Int
    private let file: PageFile
    private var knownSummaries: [SummaryRow]?

    /// Opens the run of a stretch; its header has to be of this log.
    init(_ stretch: ClosedRange<Int64>, in store: IndexStore) throws(IndexProblem) {
        let path = store.path(of: stretch)
        blockEvents = store.layout.eventsABlock
        file = try PageFile(path, seed: store.seed(of: stretch), on: store.fileSystem)
        header = try RunHeader(of: file, ledgerID: store.ledgerID)
        guard header.first == stretch.lowerBound, header.last == stretch.upperBound else {
            throw .damaged(file: path)
        }
    }

    var path: String { file.path }
    var first: Int64 { header.first }
    var last: Int64 { header.last }
    var count: Int { Int(last - first + 1) }

    func contains(_ sequence: Int64) -> Bool { first <= sequence && sequence <= last }

    private func range(_ section: RunSection) -> Range<Int> { header.sections[section.rawValue] }

    /// How many rows a section has.
    func rows(in section: RunSection, of bytes: Int) -> Int { range(section).count / bytes }

    /// Some rows of a section.
    func rows(
        _ rows: Range<Int>, of bytes: Int, in section: RunSection
    ) throws(IndexProblem) -> ColumnBytes {
        let range = range(section)
        guard rows.lowerBound >= 0, rows.upperBound * bytes <= range.count else { throw damaged }
        return try file.read(
            at: range.lowerBound + rows.lowerBound * bytes, count: rows.count * bytes)
    }

    /// A whole section.
    func whole(_ section: RunSection) throws(IndexProblem) -> ColumnBytes {
        let range = range(section)
        return try file.read(at: range.lowerBound, count: range.count)
    }

    /// The rows of a section, each decoded from where it begins.
    func list<Row>(
        _ section: RunSection, each rowBytes: Int,
        _ decode: (ColumnBytes, Int) throws(IndexProblem) -> Row
    ) throws(IndexProblem) -> [Row] {
        let bytes = try whole(section)
        var rows: [Row] = []
        rows.reserveCapacity(bytes.count / rowBytes)
        for place in stride(from: 0, to: bytes.count, by: rowBytes) {
            rows.append(try decode(bytes, place))
        }
        return rows
    }

    var damaged: IndexProblem { .damaged(file: path) }
}

// MARK: - Events

extension IndexRun {
    /// The place of an event in the run, from 0.
    func event(of sequence: Int64) -> Int { Int(sequence - first) }

    func summaries() throws(IndexProblem) -> [SummaryRow] {
        if let knownSummaries { return knownSummaries }
        let summaries = try list(.summaries, each: SummaryRow.bytes) {
            bytes, place throws(IndexProblem) in
            SummaryRow(
                offset: try bytes.number(at: place), latest: try bytes.number(at: place + 8),
                earliest: try bytes.number(at: place + 16))
        }
        let blocks = (count + blockEvents - 1) / blockEvents
        guard summaries.count == blocks else { throw damaged }
        knownSummaries = summaries
        return summaries
    }

    /// The event before one of the same subject, or `inChain: .previousOfPartner` of the same
    /// partner.
    func previous(
        of sequence: Int64, inChain section: RunSection = .previous
    ) throws(IndexProblem) -> Int64 {
        let event = event(of: sequence)
        return Int64(
            try rows(event..<(event + 1), of: 4, in: section).number(at: 0, as: UInt32.self))
    }

    func time(of sequence: Int64) throws(IndexProblem) -> Int64 {
        let event = event(of: sequence)
        return try rows(event..<(event + 1), of: 8, in: .times).number(at: 0)
    }

    /// The times of some events of the run.
    func times(_ events: Range<Int>) throws(IndexProblem) -> ColumnBytes {
        try rows(events, of: 8, in: .times)
    }

    /// Where an event's line begins and ends in the whole log.
    func bytes(of sequence: Int64) throws(IndexProblem) -> Range<Int64> {
        let event = event(of: sequence)
        let start = try offset(event)
        let end = event + 1 == count ? header.endOffset : try offset(event + 1)
        guard start < end, end - start <= Int64(LogLimits.lineBytes) + 1 else { throw damaged }
        return start..<end
    }

    private func offset(_ event: Int) throws(IndexProblem) -> Int64 {
        let row = try rows(event..<(event + 1), of: 4, in: .offsets)
        return try summaries()[event / blockEvents].offset
            + Int64(try row.number(at: 0, as: UInt32.self))
    }

    /// The sequences in a section that begins each of its rows with one, ascending, up to one.
    func sequences(in section: RunSection, rowBytes: Int) throws(IndexProblem) -> [Int64] {
        let bytes = try whole(section)
        var sequences: [Int64] = []
        for place in stride(from: 0, to: bytes.count, by: rowBytes) {
            sequences.append(Int64(try bytes.number(at: place, as: UInt32.self)))
        }
        return sequences
    }

    /// What an event broke.
    func findings(of sequence: Int64) throws(IndexProblem) -> [FindingCode] {
        var codes: [FindingCode] = []
        var row = try firstRow(from: sequence, in: .findings, of: StoredFinding.bytes)
        while row < rows(in: .findings, of: StoredFinding.bytes) {
            let bytes = try rows(row..<(row + 1), of: StoredFinding.bytes, in: .findings)
            guard Int64(try bytes.number(at: 0, as: UInt32.self)) == sequence else { break }
            guard let code = FindingNumber.code(try bytes.number(at: 4)) else { throw damaged }
            codes.append(code)
            row += 1
        }
        return codes
    }

    /// The attached document of an event; nil when it attached none.
    func attachment(of sequence: Int64) throws(IndexProblem) -> Attachment? {
        let row = try firstRow(from: sequence, in: .attachments, of: Attachment.bytes)
        guard row < rows(in: .attachments, of: Attachment.bytes) else { return nil }
        let bytes = try rows(row..<(row + 1), of: Attachment.bytes, in: .attachments)
        let found = Attachment(
            sequence: try bytes.number(at: 0), previousFile: try bytes.number(at: 4),
            previousInvoice: try bytes.number(at: 8))
        return Int64(found.sequence) == sequence ? found : nil
    }

    /// The event before one of the same partner that says what an amount is made up of.
    func previousItemised(of sequence: Int64) throws(IndexProblem) -> Int64 {
        let row = try firstRow(from: sequence, in: .itemised, of: ItemisedDraft.bytes)
        guard row < rows(in: .itemised, of: ItemisedDraft.bytes) else { throw damaged }
        let bytes = try rows(row..<(row + 1), of: ItemisedDraft.bytes, in: .itemised)
        guard Int64(try bytes.number(at: 0, as: UInt32.self)) == sequence else { throw damaged }
        return Int64(try bytes.number(at: 4, as: UInt32.self))
    }

    /// The first row of a section, sorted by the sequence each begins with, from a sequence on.
    private func firstRow(
        from sequence: Int64, in section: RunSection, of bytes: Int
    ) throws(IndexProblem) -> Int {
        var low = 0
        var high = rows(in: section, of: bytes)
        while low < high {
            let middle = (low + high) / 2
            let row = try rows(middle..<(middle + 1), of: bytes, in: section)
            if Int64(try row.number(at: 0, as: UInt32.self)) < sequence {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}

// MARK: - Look-ups

extension IndexRun {
    /// The last sequence here of what has a hash; nil when nothing has.
    ///
    /// Two names of one hash are beyond this table: then the log is replayed.
    func lastSequence(ofHash hash: UInt64) throws(IndexProblem) -> Int64? {
        try number(ofHash: hash, in: .subjects)
    }

    /// The number behind a hash in a table.
    func number(ofHash hash: UInt64, in section: RunSection) throws(IndexProblem) -> Int64? {
        let places = rows(in: section, of: HashTable.pairBytes)
        let hash = HashTable.stored(hash)
        var place = HashTable.home(of: hash, among: places)
        var found: Int64?
        for _ in 0..<places {
            let row = try rows(place..<(place + 1), of: HashTable.pairBytes, in: section)
            let stored: UInt64 = try row.number(at: 0)
            if stored == 0 { return found }
            if stored == hash {
                guard found == nil else { throw .needsReplay }
                found = Int64(try row.number(at: 8, as: UInt32.self))
            }
            place = place + 1 == places ? 0 : place + 1
        }
        throw damaged
    }

    /// Whether an event of an identity may be here: false is certain.
    func mayHold(identity: UInt64) throws(IndexProblem) -> Bool {
        let places = rows(in: .identities, of: 8)
        let hash = HashTable.stored(identity)
        var place = HashTable.home(of: hash, among: places)
        for _ in 0..<places {
            let stored: UInt64 =
                try rows(place..<(place + 1), of: 8, in: .identities).number(at: 0)
            if stored == 0 { return false }
            if stored == hash { return true }
            place = place + 1 == places ? 0 : place + 1
        }
        throw damaged
    }
}
