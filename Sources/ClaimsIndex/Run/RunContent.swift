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
    /// With the account of each, in the order of the log for each account.
    var postings: [(account: UInt32, posting: StoredPosting)] = []
    /// What each account that is touched holds after the run.
    var balances: [UInt32: FundBalance] = [:]
    var findings: [StoredFinding] = []
    var breaks: [TimeBreak] = []
    var rules: [UInt32] = []
    var attachments: [Attachment] = []
    var itemised: [ItemisedDraft] = []
    var subjects: [(hash: UInt64, number: UInt32)] = []
    /// The accounts first touched here: texts as stored, and the account before of the partner.
    var accounts: [(texts: [UInt8], previous: UInt32)] = []
    /// As stored; see `StoredName`.
    var names: [UInt8] = []
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
        postings += next.postings.map { account, posting in
            var posting = posting
            posting.event += shift
            return (account, posting)
        }
        balances.merge(next.balances) { _, after in after }
        findings += next.findings
        breaks += next.breaks
        rules += next.rules
        attachments += next.attachments
        itemised += next.itemised
        var lasts: [UInt64: UInt32] = [:]
        for subject in subjects + next.subjects { lasts[subject.hash] = subject.number }
        subjects = lasts.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
        accounts += next.accounts
        names += next.names
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

/// What one event broke.
struct StoredFinding: Equatable {
    static let bytes = 5

    var sequence: UInt32
    var code: UInt8
}
