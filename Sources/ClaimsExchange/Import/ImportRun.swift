package import ClaimsDomain
import ClaimsLedger
import EventLog

/// How an import is run, whatever it reads.
package struct ImportTerms: Sendable {
    /// Whether what can be taken is, where other records cannot.
    package var isPartial = false
    /// The path of a file that gets every record that is left out, with its line and the reason.
    package var rejects: String?
    /// The clock.
    package var now: Instant

    package init(now: Instant) { self.now = now }
}

/// An import while it runs: what became of its records so far.
struct ImportRun: ~Copyable {
    var summary = ImportSummary()
    private let rejects: String?
    private var file: RejectsFile?
    private var place = ""

    fileprivate init(_ terms: ImportTerms, isRehearsal: Bool) {
        rejects = terms.rejects
        summary.isRehearsal = isRehearsal
    }

    /// Begins the rejects file; `place` is what a record stands on, such as `line`.
    mutating func begin(place: String) throws(SystemError) {
        self.place = place
        file = try rejects.map { path throws(SystemError) in
            try RejectsFile.ofRecords(
                path, columns: ["reject\(place.capitalizedOnce)", "rejectReason", "record"])
        }
    }

    /// Lists a record that is left out.
    mutating func list(_ number: Int64, what: String, reason: String) throws(SystemError) {
        summary.list(.init(place: "\(place) \(number)", what: what, reason: reason))
        try file?.add(["\(number)", reason, what])
    }

    fileprivate mutating func finish() throws(SystemError) { try file?.finish() }
}

extension LedgerWriter {
    /// Runs an import as a whole or, unless its terms are otherwise, not at all: what it records
    /// is held back until its last record is judged.
    ///
    /// Durable when it returns. Where a record is listed, or it is interrupted, nothing is
    /// recorded; with `isPartial` all is that was taken until then. The same where it throws.
    mutating func runImport(
        _ terms: ImportTerms, _ body: (inout LedgerWriter, inout ImportRun) throws -> Void
    ) throws -> ImportSummary {
        var run = ImportRun(terms, isRehearsal: isRehearsal)
        if !terms.isPartial { try hold() }
        do {
            try body(&self, &run)
            try run.finish()
            try flush()
        } catch {
            if terms.isPartial { try flush() } else { try dropHeld() }
            throw error
        }
        run.summary.isRefused = run.summary.listedCount > 0 && !terms.isPartial
        try end(&run.summary, terms)
        return run.summary
    }

    /// Keeps what was held back, or forgets it where the import is refused or interrupted.
    mutating func end(_ summary: inout ImportSummary, _ terms: ImportTerms) throws(LedgerError) {
        guard !terms.isPartial else { return }
        if summary.isRefused || summary.isInterrupted {
            try dropHeld()
            summary.forgetEvents()
        } else {
            try keepHeld()
        }
    }
}

extension String {
    /// With its first letter as a capital.
    fileprivate var capitalizedOnce: String { prefix(1).uppercased() + dropFirst() }
}
