import ArgumentParser
import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsReports

struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Make a valid synthetic ledger of any size.",
        discussion: """
            Simulates a year and a half of two co-op programs and one for associations, on which \
            every rule is kept: many small partners and few huge ones, requests for documents, \
            rejections, disputes, part payments, reversals. Size and seed decide every byte, on \
            every machine, also of the ledger's id and public key; nobody gets the private key.

            Examples:
              claims generate --events 2000000 --seed 1 --output big
              claims generate --events 1000 --output - | jq .type
            """)

    @Option(help: ArgumentHelp("How many events.", valueName: "count")) var events: Int64
    @Option(help: ArgumentHelp("What the random numbers start from.", valueName: "number"))
    var seed: UInt64 = 1
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The new ledger's folder, or - for the lines alone on standard output.",
            valueName: "folder"))
    var output: String
    @Option(help: ArgumentHelp("The size at which a segment is sealed.", valueName: "bytes"))
    var segmentBytes: Int64?
    @Option(help: "How to give the summary.") var format: OutputFormat = .table

    func validate() throws {
        guard (1...GeneratedLedger.mostEvents).contains(events) else {
            throw ValidationError(
                "--events is \(events), expected 1 to \(GeneratedLedger.mostEvents)")
        }
        guard segmentBytes ?? 1 > 0 else {
            throw ValidationError("--segment-bytes has to be at least 1")
        }
        if Ledger.isShared(output) {
            throw ValidationError(
                "--output is a folder; 'claims copy FOLDER ADDRESS' puts it on a server")
        }
        if output == "-", segmentBytes != nil {
            throw ValidationError("--segment-bytes is for a folder, not for standard output")
        }
    }

    func run() throws {
        if output == "-" { try writeLines() } else { try writeFolder() }
    }

    private func writeLines() throws {
        var generator = LedgerGenerator(events: events, seed: seed)
        var hasMore = true
        while hasMore {
            var stop: (any Error)?
            hasMore = try generator.next(bytes: GeneratedLedger.batchBytes) { lines in
                do { try Console.answer(lines) } catch { stop = error }
            }
            if let stop { throw stop }
        }
    }

    private func writeFolder() throws {
        let clock = ContinuousClock()
        let start = clock.now
        var progress = Progress("events generated")
        var new = try GeneratedLedger.make(
            output, events: events, seed: seed, segmentBytes: segmentBytes)
        try Interrupt.whileWatching {
            while try new.writeNext(), !Interrupt.isInterrupted {
                progress.tell(new.eventCount, of: events)
            }
        }
        try new.finish()
        progress.end()
        Console.error(
            Pace.text(
                "generated", clock.now - start, events: new.eventCount, bytes: new.byteCount))
        try Console.answer(
            renderObject(
                generatedDetails(
                    new.ledger, seed: seed, events: new.eventCount, bytes: new.byteCount),
                as: format, width: Console.width))
        if new.eventCount < events {
            throw Stop(
                code: Stop.checkFailed,
                message: "interrupted: the ledger has the \(new.eventCount) events made until then"
            )
        }
    }
}
