import ArgumentParser
import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsProjections
import ClaimsReports
import EventLog

/// Which ledger.
struct LedgerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The ledger: a folder, a postgresql:// address, a .jsonl file to read, or - for "
                + "standard input.",
            valueName: "path"))
    var ledger: String?

    /// The ledger of a command that names none.
    static var unnamedPath: String { Edge.environment("CLAIMS_LEDGER") ?? "events" }

    var path: String { Reproduction.current?.ledger ?? ledger ?? Self.unnamedPath }

    /// Opens it; `rereads` where an answer may read it more than once, as no stream can be.
    func open(rereads: Bool = false) throws -> Ledger {
        var ledger = try Ledger.open(path)
        if rereads { ledger = try ledger.rereadable(in: TemporaryFolder.path) }
        Ticker.start("reading '\(visibleText(path))'")
        ledger.indexing = try Edge.indexing()
        ledger.remark = { Console.note($0) }
        guard let reproduction = Reproduction.current else { return ledger }
        return ledger.limited(to: reproduction.size)
    }
}

/// From which point of view.
struct ViewpointOptions: ParsableArguments {
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
}

/// From which point of view to ask, and how to give the answer.
struct ReadOptions: ParsableArguments {
    @OptionGroup var ledger: LedgerOptions

    @OptionGroup var point: ViewpointOptions

    @Option(help: "How to give the answer.")
    var format: OutputFormat = .table

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write the answer to a file instead.", valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Write a stamp beside the answer, for 'claims reproduce'.", valueName: "file"))
    var stamp: String?

    func viewpoint() throws -> Viewpoint { try point.viewpoint() }

    /// The width to fit an answer into; nil where it goes to a file.
    var width: Int? { output == nil ? Console.width : nil }

    /// What an answer may use beside words; nothing where it goes to a file.
    var style: TextStyle { output == nil ? Console.style : .plain }

    /// Gives an answer as it stands, in a file or on standard output, with its stamp.
    ///
    /// `shown` is the same as a terminal shows it; a stamp is of the words alone.
    func give<Value>(_ answer: Answer<Value>, text: String, shown: String? = nil) throws {
        if let output, Reproduction.current == nil {
            try OutputFile.write(Array(text.utf8), to: output)
        } else if let shown, format == .table, Reproduction.current == nil {
            try Console.show(shown)
        } else {
            try Console.answer(text)
        }
        guard let stamp, Reproduction.current == nil else { return }
        try StampFile.write(
            to: stamp, answer, bodySHA256: Stamp.digest(Array(text.utf8)), ledger: ledger,
            format: format, width: width)
    }

    /// A table as asked for, with what has to be said beside it.
    func give<Value>(_ answer: Answer<Value>, _ table: Table) throws {
        answer.warn()
        try give(answer) { render(table, as: format, width: width, style: $0) }
    }

    /// A single thing as asked for.
    func give<Value>(_ answer: Answer<Value>, _ details: Details) throws {
        answer.warn()
        try give(answer) { renderObject(details, as: format, width: width, style: $0) }
    }

    /// An answer that `render` writes with the marks and colours it is given.
    func give<Value>(_ answer: Answer<Value>, _ render: (TextStyle) -> String) throws {
        try give(
            answer, text: render(.plain),
            shown: format == .table && style.isDecorated ? render(style) : nil)
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

    /// The same where a file of that name gives way.
    static func replace(_ bytes: [UInt8], at path: String) throws { try write(bytes, to: path) }
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
