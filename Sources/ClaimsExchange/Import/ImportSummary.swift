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
    /// Whether it ended before the input did.
    package var isInterrupted = false

    package init() {}

    /// The number of events appended.
    package var appendedCount: Int { appended.values.reduce(0, +) }
}
