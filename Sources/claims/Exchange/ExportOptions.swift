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
    @OptionGroup var point: ViewpointOptions
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write to a file, whole or not at all.", valueName: "file"))
    var output: String?
    @Option(
        help: ArgumentHelp(
            "Write a stamp beside the export, for 'claims reproduce'.", valueName: "file"))
    var stamp: String?

    /// Exports: `body` writes to an output that goes to the file or to standard output in pieces.
    func run<Value>(
        to output: String?, _ body: (Ledger, Viewpoint, ExportOutput) throws -> Answer<Value>
    ) throws {
        let destination = try ExportDestination(output)
        let viewpoint = try point.viewpoint()
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
