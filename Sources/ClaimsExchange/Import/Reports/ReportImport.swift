package import ClaimsDomain
package import ClaimsLedger
import EventLog

/// How far an import has come.
package struct ImportProgress: Equatable, Sendable {
    /// What it does: every row is checked before the first event is recorded.
    package enum Stage: Sendable { case checking, recording }

    package let stage: Stage
    /// Of the file.
    package let bytesDone: Int
    package let bytes: Int
}

/// How a report is imported.
package struct ReportImportOptions: Sendable {
    package var mapping = ReportMapping()
    /// Who imports: a report says nothing of who did what.
    package var actor: Actor
    package var terms: ImportTerms

    package init(actor: Actor, _ terms: ImportTerms) {
        self.actor = actor
        self.terms = terms
    }
}

/// What a report's rows become.
protocol ReportPlan {
    /// Finds the report's columns.
    mutating func begin(_ columns: inout TableColumns) throws(TableFault)

    /// Judges a row, in the order of the file; what it says is then known to those after it.
    ///
    /// `row`: its number, from 0. Throws why it cannot be taken.
    mutating func judge(
        _ record: TableRecord, row: Int, _ summary: inout ImportSummary
    ) throws(CellProblem) -> RowJudgement

    /// Makes ready for reading the file again, to record it.
    mutating func beginRecording()

    /// The events of a row that was judged to be taken.
    mutating func events(of record: TableRecord, row: Int) throws(CellProblem) -> [ProposedEvent]
}

/// What becomes of a row.
enum RowJudgement {
    case taken
    /// The ledger, or the report before this row, has it.
    case repeated
    /// None of this ledger's.
    case skipped(String)
}

/// Imports a report: all its rows are checked first, then recorded.
///
/// A file is imported as a whole or not at all; with `isPartial` the rows that can be taken are.
/// The file is read twice, so that memory holds a byte a row beside what the plan knows of it.
package struct ReportImport: ~Copyable {
    private var reader: TableReader
    private var plan: any ReportPlan
    private let terms: ImportTerms
    /// What stands for each row: whether it is to be recorded.
    private var isTaken: [Bool] = []
    package private(set) var summary = ImportSummary()
    private var header: TableRecord
    private var columns: TableColumns

    /// How many rows are read between two looks at whether to go on.
    private static let rowsBetweenLooks = 1_024

    init(
        _ path: String, _ plan: any ReportPlan, _ options: ReportImportOptions
    ) throws(LedgerError) {
        do {
            var reader = TableReader(try ImportInput(path))
            var header = TableRecord()
            try reader.readHeader(into: &header)
            var columns = TableColumns(
                header, renamed: options.mapping.columns, file: reader.file)
            var plan = plan
            try plan.begin(&columns)
            summary.ignoredColumns = columns.ignored
            summary.noun = "row"
            (self.header, self.columns, self.plan) = (header, columns, plan)
            self.reader = reader
        } catch {
            throw Self.worded(error)
        }
        terms = options.terms
    }

    /// Reads and judges every row; nothing is recorded.
    ///
    /// `goesOn` is told how far it has come and says whether to go on. Writes the rejects file.
    package mutating func check(
        _ goesOn: (ImportProgress) -> Bool
    ) throws(LedgerError) {
        do {
            var file = try terms.rejects.map { path throws(SystemError) in
                try RejectsFile.ofReport(path, header: header, dropped: columns.rejectColumns)
            }
            var record = TableRecord()
            while try next(&record, .checking, goesOn) {
                do throws(CellProblem) {
                    try judge(record)
                } catch {
                    isTaken.append(false)
                    try list(record, error, in: &file)
                }
            }
            try file?.finish()
        } catch {
            throw Self.worded(error)
        }
        summary.isRefused = summary.listedCount > 0 && !terms.isPartial
        if summary.isRefused || summary.isInterrupted { summary.forgetEvents() }
    }

    /// Records the rows that were judged to be taken, unless one that was not stands in the way.
    ///
    /// Durable when it returns. What is recorded is held back until the last row is, unless the
    /// terms say otherwise.
    package mutating func record(
        into writer: inout LedgerWriter, _ goesOn: (ImportProgress) -> Bool
    ) throws(LedgerError) {
        guard !summary.isRefused, !summary.isInterrupted, summary.taken > 0 else { return }
        let planned = summary
        if !terms.isPartial { try writer.hold() }
        do {
            try reader.readHeader(into: &header)
            plan.beginRecording()
            (summary.records, summary.taken, summary.appended, summary.sums) = (0, 0, [:], [])
            var record = TableRecord()
            while try next(&record, .recording, goesOn) {
                let row = summary.records - 1
                guard row < isTaken.count, isTaken[row] else { continue }
                for event in try plan.events(of: record, row: row) {
                    try append(event, line: record.line, into: &writer)
                }
                summary.taken += 1
            }
            try writer.flush()
        } catch {
            if terms.isPartial { try writer.flush() } else { try writer.dropHeld() }
            throw Self.worded(error)
        }
        if !summary.isInterrupted { summary = planned }
        try writer.end(&summary, terms)
    }

    private mutating func append(
        _ event: ProposedEvent, line: Int64, into writer: inout LedgerWriter
    ) throws(LedgerError) {
        switch try writer.record(event, now: terms.now) {
        case .appended: summary.appended[event.payload.kind, default: 0] += 1
        case .repeated: break
        case .rejected(let reason):
            throw LedgerError(
                .fault(
                    """
                    \(reader.file):\(line): error: event '\(event.id)' cannot be recorded: \(reason)
                      fix: \(terms.isPartial ? "what stands before it is recorded; " : "nothing is recorded; ")\
                    correct the row and import again
                    """, .badData))
        }
    }
}

extension ReportImport {
    /// Reads the next row that is no empty line; false at the end, or when it is to stop.
    private mutating func next(
        _ record: inout TableRecord, _ stage: ImportProgress.Stage,
        _ goesOn: (ImportProgress) -> Bool
    ) throws(TableFault) -> Bool {
        repeat {
            guard try reader.next(&record) else { return false }
        } while record.isBlank
        if summary.records % Self.rowsBetweenLooks == 0,
            !goesOn(
                ImportProgress(
                    stage: stage, bytesDone: reader.bytesRead, bytes: reader.byteCount))
        {
            summary.isInterrupted = true
            return false
        }
        summary.records += 1
        if !columns.rejectColumns.isEmpty { record.takeOffGuards() }
        return true
    }

    private mutating func judge(_ record: TableRecord) throws(CellProblem) {
        guard record.count == header.count else {
            throw .width(record.count, header.count)
        }
        switch try plan.judge(record, row: summary.records - 1, &summary) {
        case .taken:
            summary.taken += 1
            isTaken.append(true)
            return
        case .repeated: summary.repeated += 1
        case .skipped(let what): summary.skip(what)
        }
        isTaken.append(false)
    }

    private mutating func list(
        _ record: TableRecord, _ problem: CellProblem, in file: inout RejectsFile?
    ) throws(SystemError) {
        summary.list(.init(place: "line \(record.line)", what: "row", reason: problem.text))
        try file?.add(record, reason: problem.text)
    }

    private static func worded(_ error: any Error) -> LedgerError {
        (error as? TableFault)?.worded ?? LedgerError(error)
    }
}

extension TableFault {
    /// The fault as an error of the ledger.
    var worded: LedgerError {
        if case .unreadable = problem { return LedgerError(.fault(description, .inputOutput)) }
        return LedgerError(.fault(description, .badData))
    }
}
