import ClaimsDomain
import EventLog

/// A run in memory, as it is built, merged and written.
struct RunContent {
    var first: Int64
    /// The byte of the whole log that each line begins at.
    var offsets: [Int64] = []
    var times: [Int64] = []
    var previous: [UInt32] = []
    var previousOfPartner: [UInt32] = []
    var identities: [UInt64] = []
    /// In the order of the log for each account.
    var postings: [RunPosting] = []
    /// The accounts that are touched, each once.
    var balances: [TouchedAccount] = []
    /// The control accounts that are touched, by number, with what they hold after the run.
    var controls: [(number: UInt32, balance: ControlBalance)] = []
    /// The texts of those first touched here.
    var controlTexts = ColumnWriter()
    var findings: [StoredFinding] = []
    var breaks: [TimeBreak] = []
    var rules: [UInt32] = []
    var attachments: [Attachment] = []
    var itemised: [ItemisedDraft] = []
    var subjects: [(hash: UInt64, number: UInt32)] = []
    /// The accounts first touched here: texts as stored, and the account before of the partner.
    var accounts: [(texts: [UInt8], previous: UInt32)] = []
    /// As stored; see `StoredName`.
    var names = ColumnWriter()
    var segments: [SegmentEntry] = []
    var accountsBefore: Int64
    var total: UInt64 = 0
    var startOffset: Int64
    var endOffset: Int64
    var end: LogPosition
    var lastRecordedAt: Int64 = 0
    var tail: (count: Int64, hash: UInt64) = (0, 0)

    /// An empty run that begins where another ended.
    init(after end: LogPosition, offset: Int64, accounts: Int64) {
        first = end.sequence
        accountsBefore = accounts
        startOffset = offset
        endOffset = offset
        self.end = end
    }

    /// An empty run that begins where another ends, with room for as much.
    init(after run: RunContent) {
        self.init(
            after: run.end, offset: run.endOffset,
            accounts: run.accountsBefore + Int64(run.accounts.count))
        offsets.reserveCapacity(run.count)
        times.reserveCapacity(run.count)
        identities.reserveCapacity(run.count)
        postings.reserveCapacity(run.postings.count)
        names.reserve(run.names.bytes.count)
    }

    /// The place of the event noted last.
    var place: UInt32 { UInt32(times.count - 1) }

    /// Adds a posting of the event noted last.
    mutating func add(_ posting: RunPosting) {
        postings.append(posting)
        let (sum, overflow) = total.addingReportingOverflow(posting.amount.magnitude)
        total = overflow ? .max : sum
    }

    /// Adds the accounts that the run that follows touches.
    private mutating func add(_ next: [TouchedAccount]) {
        let places = Dictionary(
            uniqueKeysWithValues: balances.indices.map { (balances[$0].account, $0) })
        for touched in next {
            guard let place = places[touched.account] else {
                balances.append(touched)
                continue
            }
            balances[place].balance = touched.balance
        }
    }

    var count: Int { offsets.count }
    var last: Int64 { first + Int64(count) - 1 }

    /// Adds the run that follows.
    mutating func append(_ next: RunContent) {
        let shift = UInt32(count)
        offsets += next.offsets
        times += next.times
        previous += next.previous
        previousOfPartner += next.previousOfPartner
        identities += next.identities
        postings += next.postings.map { posting in
            var posting = posting
            posting.event += shift
            return posting
        }
        add(next.balances)
        var controls = Dictionary(uniqueKeysWithValues: self.controls)
        for (number, balance) in next.controls { controls[number] = balance }
        self.controls = controls.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
        controlTexts.put(raw: next.controlTexts.bytes)
        findings += next.findings
        breaks += next.breaks
        rules += next.rules
        attachments += next.attachments
        itemised += next.itemised
        var lasts: [UInt64: UInt32] = [:]
        for subject in subjects + next.subjects { lasts[subject.hash] = subject.number }
        subjects = lasts.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
        accounts += next.accounts
        names.put(raw: next.names.bytes)
        for segment in next.segments {
            if segments.last?.firstSequence == segment.firstSequence { segments.removeLast() }
            segments.append(segment)
        }
        let (sum, overflow) = total.addingReportingOverflow(next.total)
        total = overflow ? .max : sum
        endOffset = next.endOffset
        end = next.end
        lastRecordedAt = next.lastRecordedAt
        tail = next.tail
    }
}

/// An account that a run touches.
struct TouchedAccount: Equatable {
    var account: UInt32
    /// What it holds after the run.
    var balance: FundBalance
    /// The number of its control account, and what it had unclaimed before the run; of a fund.
    var control: UInt32 = 0
    var unclaimedBefore: Int64 = 0
}

/// A posting in a run that is made; its time is that of its event.
struct RunPosting: Equatable {
    var account: UInt32
    /// The place of the event in the run.
    var event: UInt32
    var amount: Int64
    var from: UInt8
    var to: UInt8

    func stored(at time: Int64) -> StoredPosting {
        StoredPosting(event: event, time: time, amount: amount, from: from, to: to)
    }
}

/// What one event broke.
struct StoredFinding: Equatable {
    static let bytes = 5

    var sequence: UInt32
    var code: UInt8
}
