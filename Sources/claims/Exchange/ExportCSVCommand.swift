import ArgumentParser
import ClaimsExchange
import ClaimsLedger
import ClaimsProjections
import ClaimsReports
import EventLog
import Foundation

struct ExportCSVCommand: ReadCommand {
    static let configuration = CommandConfiguration(
        commandName: "csv", abstract: "Write a table of the ledger as CSV, or all into a folder.",
        discussion: """
            The tables: \(LedgerTable.allCases.map(\.rawValue).joined(separator: ", ")). Amounts \
            are decimals. A text that a spreadsheet would run as a formula has an apostrophe \
            before it. 'all' is limited by --program, --partner, --period and --claim: the rows of \
            each table that are about one.

            Examples:
              claims export csv claims --status approved --output claims.csv
              claims export csv all --output tables
            """)

    /// A table, or all of them.
    enum Choice: ExpressibleByArgument, CaseIterable {
        case one(LedgerTable)
        case all

        static let allCases = LedgerTable.allCases.map { Choice.one($0) } + [.all]
        static var allValueStrings: [String] { allCases.map(\.text) }

        init?(argument: String) {
            guard let known = Self.allCases.first(where: { $0.text == argument }) else {
                return nil
            }
            self = known
        }

        var text: String {
            switch self {
            case .one(let table): table.rawValue
            case .all: "all"
            }
        }
    }

    @Argument(help: "The table, or 'all'.") var table: Choice
    @OptionGroup var filter: FilterOptions
    @OptionGroup var options: ExportOptions

    func validate() throws {
        guard case .all = table else { return }
        guard options.output != nil else {
            throw ValidationError("'all' needs --output with a folder for the files")
        }
        guard options.stamp == nil else {
            throw ValidationError("--stamp goes with one table, not with 'all'")
        }
    }

    func run() throws {
        switch table {
        case .one(let table): try writeOne(table)
        case .all: try writeAll()
        }
    }

    private func writeOne(_ table: LedgerTable) throws {
        let selection = try filter.selection(of: table, zone: options.point.zone)
        try options.run { ledger, viewpoint, output in
            try output.write(Self.header(of: table))
            let rows = LedgerRows([table], selection: selection) { _, values in
                try output.write(csvLine(values.map(\.cell)))
            }
            let answer = try rows.tell(ledger, at: viewpoint)
            try output.finish()
            return answer
        }
    }

    /// One file a table, in one pass over the log; all are put in their places at the end.
    private func writeAll() throws {
        guard let folder = options.output else { return }
        let selection = try filter.selectionOfAllTables(zone: options.point.zone)
        let viewpoint = try options.point.viewpoint()
        let ledger = try options.ledger.open()
        let isNew = try Self.makeFolder(folder)
        do {
            try write(selection, ledger, viewpoint, into: folder)
        } catch {
            if isNew { Self.takeBack(folder) }
            throw error
        }
    }

    private func write(
        _ selection: Selection, _ ledger: Ledger, _ viewpoint: Viewpoint, into folder: String
    ) throws {
        try Self.fill(LedgerTable.allCases[...], in: folder, [:]) { outputs in
            let rows = LedgerRows(Set(LedgerTable.allCases), selection: selection) {
                table, values in
                try outputs[table]?.write(csvLine(values.map(\.cell)))
            }
            do {
                try rows.tell(ledger, at: viewpoint).warn()
                for output in outputs.values { try output.finish() }
            } catch {
                throw outputs.values.lazy.compactMap(\.failure).first ?? error
            }
        }
    }

    /// Opens the files one inside the other, so that all are discarded when one fails.
    private static func fill(
        _ tables: ArraySlice<LedgerTable>, in folder: String,
        _ outputs: [LedgerTable: ExportOutput], _ body: ([LedgerTable: ExportOutput]) throws -> Void
    ) throws {
        guard let table = tables.first else { return try body(outputs) }
        let destination = try ExportDestination("\(folder)/\(table.rawValue).csv")
        _ = try destination.fill { output in
            try output.write(header(of: table))
            var outputs = outputs
            outputs[table] = output
            try fill(tables.dropFirst(), in: folder, outputs, body)
        }
    }

    /// Makes a folder unless it is there; whether it was not.
    private static func makeFolder(_ path: String) throws -> Bool {
        let fileSystem = PosixFileSystem()
        do throws(SystemError) {
            try fileSystem.makeFolder(path)
            return true
        } catch {
            let isThere = (try? fileSystem.status(path))?.kind == .folder
            guard isThere else {
                throw Stop(
                    code: Stop.cannotCreate,
                    message: "error: folder '\(path)' cannot be made: \(error.reason.text)")
            }
            return false
        }
    }

    /// Removes a folder that was made for nothing; one with something in it stays.
    private static func takeBack(_ path: String) {
        let files = FileManager.default
        let names = try? files.contentsOfDirectory(atPath: path)
        if names?.isEmpty ?? false { try? files.removeItem(atPath: path) }
    }

    private static func header(of table: LedgerTable) -> String {
        csvLine(table.columns.map { .text($0.name) })
    }
}

extension TableValue {
    /// The value as a cell of a report.
    fileprivate var cell: Cell {
        switch self {
        case .text(let text): .text(text)
        case .integer(let value): .integer(value)
        case .amount(let units, let digits): .money(minorUnits: units, fractionDigits: digits)
        case .flag(let flag): .flag(flag)
        case .json(let json): .text(String(decoding: json, as: UTF8.self))
        case .missing: .missing
        }
    }
}
