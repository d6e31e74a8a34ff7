package import ClaimsDomain

/// What became of the records of an import: every one is counted, every one not taken is listed.
package struct ImportSummary: Equatable, Sendable {
    /// One record of the input that is not in the ledger, and why.
    package struct Listed: Equatable, Sendable {
        /// Where it stands: a line, or a trace and an event.
        package let place: String
        package let what: String
        package let reason: String

        package init(place: String, what: String, reason: String) {
            self.place = place
            self.what = what
            self.reason = reason
        }
    }

    /// Records of the input.
    package var records = 0
    /// Records of which at least one event was appended.
    package var taken = 0
    /// Records of which every event was recorded before.
    package var repeated = 0
    /// Events appended, by type.
    package var appended: [EventKind: Int] = [:]
    /// Records left out by the mapping or refused, in the order of the input.
    package var listed: [Listed] = []
    /// How many more there are than `listed` keeps, and why.
    package var unlisted = 0
    package var unlistedReasons: [String: Int] = [:]
    /// What a record is called.
    package var noun = "event"
    /// Whether the records are rows of a report, whose amounts are added up.
    package var isReport: Bool { noun == "row" }
    /// Records that are none of this ledger's, by what they are.
    package var skipped: [String: Int] = [:]
    /// What is appended, by type and currency.
    package var sums: [Sum] = []
    /// Columns that nothing is read from.
    package var ignoredColumns: [String] = []
    /// Whether nothing was to be appended.
    package var isRehearsal = false
    /// Whether nothing is appended because of what is listed.
    package var isRefused = false
    /// The amount of the events of one type in one currency.
    package struct Sum: Equatable, Sendable {
        package let kind: EventKind
        package let currency: Currency
        package var events = 0
        /// Signed for adjustments.
        package var minorUnits: Int64 = 0

        package init(kind: EventKind, currency: Currency) {
            self.kind = kind
            self.currency = currency
        }
    }

    /// Whether it ended before the input did.
    package var isInterrupted = false

    package init() {}

    /// The number of records left out.
    package var listedCount: Int { listed.count + unlisted }

    /// How many records a report keeps in memory to show; a rejects file has all of them.
    static let mostListed = 1_000

    /// Lists a record that is left out, or only counts it where there are many.
    mutating func list(_ record: Listed) {
        guard listed.count >= Self.mostListed else { return listed.append(record) }
        unlisted += 1
        let isKnown = unlistedReasons[record.reason] != nil
        let reason =
            isKnown || unlistedReasons.count < Self.mostListed ? record.reason : "other reasons"
        unlistedReasons[reason, default: 0] += 1
    }

    /// What would be appended is not.
    mutating func forgetEvents() { (taken, appended, sums) = (0, [:], []) }

    /// Counts a record that is none of this ledger's.
    mutating func skip(_ what: String) {
        let isKnown = skipped[what] != nil
        skipped[isKnown || skipped.count < Self.mostListed ? what : "others", default: 0] += 1
    }

    /// Counts an event that is appended, or would be.
    mutating func add(_ kind: EventKind, _ amount: Money, events: Int = 1) {
        appended[kind, default: 0] += events
        let place =
            sums.firstIndex { $0.kind == kind && $0.currency == amount.currency }
            ?? sums.endIndex
        if place == sums.endIndex { sums.append(Sum(kind: kind, currency: amount.currency)) }
        sums[place].events += events
        sums[place].minorUnits += amount.minorUnits
    }

    /// The number of events appended.
    package var appendedCount: Int { appended.values.reduce(0, +) }
}
