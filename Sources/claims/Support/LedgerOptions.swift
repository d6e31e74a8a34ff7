import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import ClaimsReports
import EventLog

/// Which ledger.
struct LedgerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The ledger: a folder, a .jsonl file to read, or - for standard input.",
            valueName: "path"))
    var ledger: String?

    var path: String { ledger ?? Edge.environment("CLAIMS_LEDGER") ?? "events" }

    func open() throws -> Ledger { try Ledger.open(path) }
}

/// From which point of view to ask, and how to give the answer.
struct ReadOptions: ParsableArguments {
    @OptionGroup var ledger: LedgerOptions

    @Option(
        help: ArgumentHelp(
            "What had happened by then: a time, a date (its end), or 'now'.",
            discussion: "Without it: everything known, as of the last event.", valueName: "when"))
    var asOf: String?

    @Option(
        help: ArgumentHelp(
            "What the ledger knew by then: a time, a date (its end), 'now', or a sequence.",
            valueName: "when"))
    var knownAt: String?

    @Option(help: ArgumentHelp("The time zone of dates, UTC without it.", valueName: "name"))
    var zone: String?

    @Option(help: "How to give the answer.")
    var format: OutputFormat = .table

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write the answer to a file instead.", valueName: "file"))
    var output: String?

    func viewpoint() throws -> Viewpoint {
        let zone = try ZoneOption.zone(zone)
        var viewpoint = Viewpoint()
        viewpoint.asOf = try asOf.map { try Moment.end($0, zone, option: "--as-of") }
        viewpoint.knownAt = try knownAt.map { text in
            if text.count < 13, let sequence = Int64(text), sequence >= 0 {
                return .sequence(sequence)
            }
            return .instant(try Moment.end(text, zone, option: "--known-at"))
        }
        return viewpoint
    }

    /// Gives an answer, in a file or on standard output.
    func give(_ text: String) throws {
        guard let output else { return try Console.answer(text) }
        try OutputFile.write(Array(text.utf8), to: output)
    }

    /// A table as asked for, with what has to be said beside it.
    func give<Value>(_ answer: Answer<Value>, _ table: Table) throws {
        answer.warn()
        try give(render(table, as: format, width: output == nil ? Console.width : nil))
    }

    /// A single thing as asked for.
    func give<Value>(_ answer: Answer<Value>, _ details: Details) throws {
        answer.warn()
        try give(renderObject(details, as: format, width: output == nil ? Console.width : nil))
    }
}

extension Answer {
    /// Tells what the answer had to leave out.
    func warn() {
        if let warning { Console.error(warning.replacing(": error: ", with: ": warning: ")) }
    }
}

/// Files that are written as answers.
enum OutputFile {
    /// Puts a file in place, whole or not at all.
    static func write(_ bytes: [UInt8], to path: String) throws {
        do throws(SystemError) {
            try WholeFile.write(bytes, to: path)
        } catch {
            throw Stop(
                code: Stop.cannotCreate,
                message: "error: '\(path)' cannot be written: \(error.reason.text)")
        }
    }
}

enum ZoneOption {
    /// The zone of a name, UTC for none.
    static func zone(_ name: String?) throws -> Zone {
        guard let name else { return .utc }
        guard let zone = Zone(name) else {
            throw ValidationError(
                "time zone '\(name)' is unknown; expected a name such as 'Europe/Amsterdam'")
        }
        return zone
    }
}

/// Times and dates as people write them.
enum Moment {
    /// A time, the last moment of a date, or `now`.
    static func end(_ text: String, _ zone: Zone, option: String) throws -> Instant {
        if let day = Day(text) { return zone.end(of: day) }
        return try instant(text, option)
    }

    /// A time, the first moment of a date, or `now`.
    static func start(_ text: String, _ zone: Zone, option: String) throws -> Instant {
        if let day = Day(text) { return zone.start(of: day) }
        return try instant(text, option)
    }

    private static func instant(_ text: String, _ option: String) throws -> Instant {
        if text == "now" { return try Edge.now() }
        if let instant = Instant(text) { return instant }
        throw ValidationError(
            "\(option) is '\(text)', expected a time with a zone such as '2020-06-30T12:00:00Z', "
                + "a date such as '2020-06-30', or 'now'")
    }
}
