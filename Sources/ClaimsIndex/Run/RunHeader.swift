import EventLog

/// The first bytes of a run: which stretch of which log it is about, and where its sections are.
struct RunHeader: Equatable {
    var ledgerID: String
    var first: Int64
    var last: Int64
    /// The bytes of the whole log at which the stretch begins and ends.
    var startOffset: Int64
    var endOffset: Int64
    /// Where the line after the stretch begins.
    var end: LogPosition
    /// When the last event was recorded, in milliseconds.
    var lastRecordedAt: Int64
    /// How many accounts the runs before it have.
    var accountsBefore: Int64
    var accountCount: Int64
    /// The sum of the sizes of its postings.
    var total: UInt64
    /// The latest time of its events, and the earliest but for stragglers.
    var latest: Int64 = .min
    var earliest: Int64 = .max
    /// How many of its groups are of funds, which come first, and how many postings these have.
    var fundGroups: Int64 = 0
    var fundPostings: Int64 = 0
    /// The last bytes of the last segment up to the end: how many, and their hash.
    var tailCount: Int64
    var tailHash: UInt64
    var sections: [Range<Int>]

    /// The bytes it takes, whatever its numbers are.
    static func byteCount(ledgerID: String) -> Int {
        8 + 4 + 8 + 2 + ledgerID.utf8.count + 17 * 8 + RunSection.allCases.count * 16
    }

    var bytes: [UInt8] {
        var writer = ColumnWriter()
        writer.put(IndexFormat.magic)
        writer.put(IndexFormat.version)
        writer.put(IndexFormat.vocabulary)
        writer.put(ledgerID)
        for number in [
            first, last, startOffset, endOffset, end.sequence, Int64(end.lineInFile),
            Int64(end.byteOffset), lastRecordedAt, accountsBefore, accountCount, tailCount,
            latest, earliest, fundGroups, fundPostings,
        ] { writer.put(number) }
        writer.put(total)
        writer.put(tailHash)
        for section in sections {
            writer.put(Int64(section.lowerBound))
            writer.put(Int64(section.count))
        }
        return writer.bytes
    }

    /// Reads the header of a file.
    init(of file: PageFile, ledgerID: String) throws(IndexProblem) {
        let count = Self.byteCount(ledgerID: ledgerID)
        let bytes = try file.read(at: 0, count: min(count, file.capacity))
        guard try bytes.number(at: 0) == IndexFormat.magic,
            try bytes.number(at: 8) == IndexFormat.version,
            try bytes.number(at: 12) == IndexFormat.vocabulary
        else { throw .differs(file: file.path, what: "it is of another version") }
        let id = try bytes.text(at: 20)
        guard bytes.string(id.bytes) == ledgerID else {
            throw .differs(file: file.path, what: "it is of another ledger")
        }
        var place = id.next
        func next() throws(IndexProblem) -> Int64 {
            defer { place += 8 }
            return try bytes.number(at: place)
        }
        self.ledgerID = ledgerID
        first = try next()
        last = try next()
        startOffset = try next()
        endOffset = try next()
        let sequence = try next()
        let line = Int(try next())
        end = LogPosition(sequence: sequence, lineInFile: line, byteOffset: Int(try next()))
        lastRecordedAt = try next()
        accountsBefore = try next()
        accountCount = try next()
        tailCount = try next()
        latest = try next()
        earliest = try next()
        fundGroups = try next()
        fundPostings = try next()
        total = UInt64(bitPattern: try next())
        tailHash = UInt64(bitPattern: try next())
        sections = []
        for _ in RunSection.allCases {
            let start = Int(try next())
            let count = Int(try next())
            guard start >= 0, count >= 0, start <= file.capacity - count else {
                throw .damaged(file: file.path)
            }
            sections.append(start..<(start + count))
        }
    }

    init(
        ledgerID: String, first: Int64, last: Int64, startOffset: Int64, endOffset: Int64,
        end: LogPosition, lastRecordedAt: Int64, accountsBefore: Int64, accountCount: Int64,
        total: UInt64, tailCount: Int64, tailHash: UInt64
    ) {
        self.ledgerID = ledgerID
        self.first = first
        self.last = last
        self.startOffset = startOffset
        self.endOffset = endOffset
        self.end = end
        self.lastRecordedAt = lastRecordedAt
        self.accountsBefore = accountsBefore
        self.accountCount = accountCount
        self.total = total
        self.tailCount = tailCount
        self.tailHash = tailHash
        sections = []
    }
}
