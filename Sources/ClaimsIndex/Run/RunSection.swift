import ClaimsDomain

/// The columns and tables of a run file, in the order they are stored.
///
/// "Event" is an event's place in the run, from 0; sequences are 32 bits.
enum RunSection: Int, CaseIterable {
    /// A row for each 4096 events: `SummaryRow`.
    case summaries
    /// The byte of the log that each event's line begins at, behind that of its block; 4 bytes.
    case offsets
    /// Each event's `time`; 8 bytes of milliseconds.
    case times
    /// The sequence of the event before it of the same claim or association, 0 for none; 4 bytes.
    case previous
    /// The sequence of the event before it of the same partner, 0 for none; 4 bytes.
    case previousOfPartner
    /// A table of the hashes of all event ids.
    case identities
    /// A table from the hash of a claim, association, file, invoice or partner to its last sequence
    /// here, and from that of a partner to its last account.
    case subjects
    /// What the events moved: `StoredPosting`, by account and then in the order of the log.
    case postings
    /// The accounts that were touched, by number: `AccountGroup`.
    case groups
    /// A table from the hash of an account's number to the place of its group.
    case groupPlaces
    /// What the events broke: a sequence and a code, 5 bytes.
    case findings
    /// Events of claims that went back in time: `TimeBreak`.
    case breaks
    /// The sequences of programmes published and books closed; 4 bytes.
    case rules
    /// Attached documents: `Attachment`, in the order of the log.
    case attachments
    /// Drafts and amendments that say what their amount is made up of: `ItemisedDraft`, in the
    /// order of the log.
    case itemised
    /// The accounts first touched here, by number: where the texts of each begin, and one more
    /// than the number of the account before it of the same partner; 8 bytes.
    case accounts
    /// The texts of these accounts.
    case accountTexts
    /// The control accounts that were touched: the number of each, and what it holds after the run;
    /// by number.
    case controls
    /// The texts of those first touched here, which counts them: programme, period and currency.
    case controlTexts
    /// The claims and associations first named here.
    case names
    /// The segments the run's lines are in: `SegmentEntry`.
    case segments
    /// The postings of events much earlier than those around them, by time: `Straggler`.
    case stragglers
}

/// One posting as it is stored: `from`, `to` are codes of `BucketCode`, 0 where an event touched an
/// account and moved nothing.
struct StoredPosting: Equatable {
    static let bytes = 22

    var event: UInt32
    var time: Int64
    var amount: Int64
    var from: UInt8
    var to: UInt8
}

/// What a run has of one account.
struct AccountGroup: Equatable {
    static let bytes = figuresStart + 8 * FundBalance.figureCount
    /// Where its balance begins.
    static let figuresStart = 24

    var account: UInt32
    /// The place of its first posting, and how many there are.
    var first: UInt32
    var count: UInt32
    /// The number of its control account, and what it had unclaimed before the run; of a fund.
    var control: UInt32
    var unclaimedBefore: Int64
    /// What it holds after the run.
    var balance: FundBalance
}

/// The numbers of accounts: in the order first touched, and with the highest bit set those that
/// stand for what is approved of an account for an activity, which come last in a run.
enum AccountNumber {
    private static let approval: UInt32 = 1 << 31

    static func number(_ place: UInt32, isApproval: Bool) -> UInt32 {
        isApproval ? place | approval : place
    }

    static func isApproval(_ number: UInt32) -> Bool { number & approval != 0 }

    /// Its place among all accounts.
    static func place(_ number: UInt32) -> Int { Int(number & ~approval) }
}

/// A posting of an event that is much earlier than those around it.
struct Straggler: Equatable {
    static let bytes = 26

    var account: UInt32
    var posting: StoredPosting
}

/// An event of a claim that is earlier than the latest one before it.
struct TimeBreak: Equatable {
    static let bytes = 20

    var sequence: UInt32
    var time: Int64
    /// The latest `time` of the claim before it.
    var latest: Int64
}

/// An attached document with the events before it that attached the same file, or an invoice of
/// the same number; 0 for none.
struct Attachment: Equatable {
    static let bytes = 12

    var sequence: UInt32
    var previousFile: UInt32
    var previousInvoice: UInt32
}

/// An event that says what a claim's amount is made up of, with the one before it of the same
/// partner; 0 for none.
struct ItemisedDraft: Equatable {
    static let bytes = 8

    var sequence: UInt32
    var previous: UInt32
}

/// A segment that lines of a run are in, as it was when the run was written.
struct SegmentEntry: Equatable {
    static let bytes = 48

    var firstSequence: Int64
    /// The byte of the whole log that it begins at.
    var start: Int64
    /// Its bytes up to the end of the run.
    var byteCount: Int64
    var number: UInt64 = 0
    var modifiedNanoseconds: Int64 = 0
    var changedNanoseconds: Int64 = 0
}

/// What is known of some events without reading them.
struct SummaryRow: Equatable {
    static let bytes = 24

    /// The byte of the log that the first line begins at.
    var offset: Int64
    /// The latest time.
    var latest: Int64
    /// The earliest time.
    var earliest: Int64
}

/// What is looked up in the table of subjects: its hash says which kind it is.
package enum SubjectKind: UInt64, CaseIterable, Sendable {
    case claim = 1
    case association = 2
    case file = 3
    case invoice = 4
    /// Its number is one more than that of its last account.
    case partner = 7
    /// All events of a partner.
    case partnerEvents = 5
    /// The events of a partner that say what a claim's amount is made up of.
    case itemised = 6
}
