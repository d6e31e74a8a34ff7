import ArgumentParser
import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsProjections
import ClaimsReports
import EventLog
import TransparencyLog

/// From which point of view to export, and where to.
struct ExportOptions: ParsableArguments {
    @OptionGroup var ledger: LedgerOptions
    @Option(
        help: ArgumentHelp(
            "What had happened by then: a time, a date (its end), or 'now'.", valueName: "when"))
    var asOf: String?
    @Option(
        help: ArgumentHelp(
            "What the ledger knew by then: a time, a date (its end), 'now', or a sequence.",
            valueName: "when"))
    var knownAt: String?
    @Option(help: ArgumentHelp("The time zone of dates, UTC without it.", valueName: "name"))
    var zone: String?
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write to a file, whole or not at all.", valueName: "file"))
    var output: String?
    @Option(
        help: ArgumentHelp(
            "Write a stamp beside the export, for 'claims reproduce'.", valueName: "file"))
    var stamp: String?

    func viewpoint() throws -> Viewpoint {
        var read = ReadOptions()
        read.asOf = asOf
        read.knownAt = knownAt
        read.zone = zone
        return try read.viewpoint()
    }

    /// Exports: `body` writes to an output that goes to the file or to standard output in pieces.
    func run<Value>(
        to output: String?, _ body: (Ledger, Viewpoint, ExportOutput) throws -> Answer<Value>
    ) throws {
        let destination = try ExportDestination(output)
        let viewpoint = try viewpoint()
        let ledger = try ledger.open()
        let (answer, sha256) = try destination.fill { sink in
            try body(ledger, viewpoint, sink)
        }
        answer.warn()
        guard let stamp, Reproduction.current == nil else { return }
        try StampFile.write(
            to: stamp, answer, bodySHA256: sha256, ledger: self.ledger, format: nil, width: nil)
    }

    /// The same, to what `--output` says.
    func run<Value>(
        _ body: (Ledger, Viewpoint, ExportOutput) throws -> Answer<Value>
    ) throws {
        try run(to: output, body)
    }
}

/// Where an export goes: a file written beside its place, or standard output.
struct ExportDestination {
    private let path: String?
    private let file: AsideFile?

    init(_ path: String?) throws {
        self.path = path
        guard let path, Reproduction.current == nil else {
            file = nil
            return
        }
        do throws(SystemError) {
            file = try AsideFile(path)
        } catch {
            throw Self.stop(path, error)
        }
    }

    /// Has the export written, and puts it in its place; answers with the SHA-256 of its bytes.
    ///
    /// A file is discarded when anything fails, and when Ctrl-C or TERM comes.
    func fill<Value>(
        _ body: (ExportOutput) throws -> Value
    ) throws -> (value: Value, sha256: String) {
        guard let file, let path else {
            var digest = FileDigest()
            let sink = ExportOutput { piece in
                digest.update(piece)
                try Console.answer(piece)
            }
            return (try Self.run(sink, body), digest.hexadecimal())
        }
        var digest = FileDigest()
        let value: Value
        do {
            value = try Interrupt.whileWatching {
                let sink = ExportOutput { piece in
                    if Interrupt.isInterrupted {
                        throw Stop(
                            code: Stop.checkFailed, message: "interrupted: nothing was written")
                    }
                    digest.update(piece)
                    do throws(SystemError) {
                        try file.append(piece)
                    } catch {
                        throw Self.stop(path, error)
                    }
                }
                return try Self.run(sink, body)
            }
        } catch {
            file.discard()
            throw error
        }
        do throws(SystemError) {
            try file.commit()
        } catch {
            throw Self.stop(path, error)
        }
        return (value, digest.hexadecimal())
    }

    /// What writing threw comes out as it was, not as an error of the ledger.
    private static func run<Value>(
        _ sink: ExportOutput, _ body: (ExportOutput) throws -> Value
    ) throws -> Value {
        do {
            return try body(sink)
        } catch {
            throw sink.failure ?? error
        }
    }

    private static func stop(_ path: String, _ error: SystemError) -> Stop {
        Stop(
            code: Stop.cannotCreate,
            message: "error: '\(path)' cannot be written: \(error.reason.text)")
    }
}

/// Which events to export.
struct EventFilterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only this program.", valueName: "id")) var program: String?
    @Option(help: ArgumentHelp("Only this partner.", valueName: "id")) var partner: String?
    @Option(help: ArgumentHelp("Only this usage period.", valueName: "label")) var period: String?
    @Option(help: ArgumentHelp("Only this claim.", valueName: "id")) var claim: String?
    @Option(help: ArgumentHelp("Only events of this type.", valueName: "event type"))
    var type: String?
    @Option(help: ArgumentHelp("Only what this actor did.", valueName: "id")) var actor: String?
    @Option(help: ArgumentHelp("Only events from this time or date on.", valueName: "when"))
    var from: String?
    @Option(help: ArgumentHelp("Only events up to this time or date.", valueName: "when"))
    var to: String?

    func selection(zone: String?) throws -> Selection {
        var filter = FilterOptions()
        filter.program = program
        filter.partner = partner
        filter.period = period
        filter.claim = claim
        filter.activity = nil
        filter.status = nil
        filter.type = type
        filter.actor = actor
        filter.from = from
        filter.to = to
        filter.minAmount = nil
        filter.maxAmount = nil
        return try filter.selection(zone: zone)
    }
}

/// Which fund accounts to export.
struct AccountFilterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only this program.", valueName: "id")) var program: String?
    @Option(help: ArgumentHelp("Only this partner.", valueName: "id")) var partner: String?
    @Option(help: ArgumentHelp("Only this usage period.", valueName: "label")) var period: String?

    var selection: Selection {
        var selection = Selection()
        selection.program = program.map { ProgramID($0) }
        selection.partner = partner.map { PartnerID($0) }
        selection.period = period.map { PeriodLabel($0) }
        return selection
    }
}
