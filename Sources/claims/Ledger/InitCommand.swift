import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsReports
import Foundation
import TransparencyLog

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a ledger folder and its key pair.",
        discussion: """
            The private key goes to a file outside the folder, readable by its owner only; it signs \
            checkpoints and is never printed.

            Example:
              claims init events --program csp-indirect-reseller.json
            """)

    @Argument(help: "The folder; without it --ledger, CLAIMS_LEDGER, ./events.")
    var folder: String?
    @Option(
        help: ArgumentHelp(
            "A program file to publish; may be given several times.", valueName: "file"))
    var program: [String] = []
    @Option(
        help: ArgumentHelp(
            "The log's name in checkpoints, a URL without a scheme.", valueName: "name"))
    var origin: String?
    @Option(
        help: ArgumentHelp(
            "The private key's file: used if it is there, made if not.", valueName: "file"))
    var key: String?
    @Option(help: ArgumentHelp("The ledger's id; a new UUID without it.", valueName: "uuid"))
    var ledgerID: String?
    @Option(help: ArgumentHelp("The size at which a segment is sealed.", valueName: "bytes"))
    var segmentBytes: Int64?
    @OptionGroup var write: WriteOptions

    func validate() throws {
        guard segmentBytes ?? 1 > 0 else {
            throw ValidationError("--segment-bytes has to be at least 1")
        }
        if let ledgerID, !LedgerSettings.isLedgerID(ledgerID) {
            throw ValidationError(
                "--ledger-id is '\(ledgerID)', expected \(LedgerSettings.ledgerIDExpectation)")
        }
        if write.dryRun {
            throw ValidationError("--dry-run needs a ledger to rehearse on, and 'init' makes one")
        }
        if write.stamp != nil {
            throw ValidationError(
                "--stamp is for an answer or a receipt; stamp what is asked of the new ledger")
        }
    }

    func run() throws {
        let path = folder ?? write.ledger.path
        // Everything that can be wrong is looked at before anything is made.
        let programs = try program.map { try ProgramFile.read($0) }
        if let origin {
            do {
                _ = try KeyName(origin)
            } catch {
                throw ValidationError("--origin is '\(origin)': \(error)")
            }
        }
        let ledgerID = ledgerID ?? UUID().uuidString.lowercased()
        let keyFile = key ?? Edge.keyFile(ledgerID: ledgerID)
        let new = NewLedger(
            ledgerID: ledgerID, origin: origin ?? "claims.invalid/\(ledgerID)",
            keyFile: keyFile, segmentBytes: segmentBytes)
        let ledger: Ledger
        if Ledger.isShared(path) {
            let made = try Ledger.createShared(path, new)
            ledger = made.ledger
            for advice in made.advice { Console.note(advice) }
        } else {
            ledger = try Ledger.create(path, new)
        }
        Console.note("made ledger '\(ledger.name)'; its private key is in '\(keyFile)'")
        var published: [Cell] = []
        for (index, program) in programs.enumerated() {
            var write = write
            write.ledger.ledger = path
            // One id cannot stand for several events.
            if let id = write.id, index > 0 { write.id = "\(id)-\(index + 1)" }
            write.at = try write.at ?? ProgramPublishCommand.publicationTime(program)
            let receipt = try write.submit { _ in .publish(program) }
            published.append(
                .text("\(program.id) \(program.version) at sequence \(receipt.sequence)"))
        }
        try Console.answer(
            renderObject(
                initDetails(ledger, programs: published), as: write.format, width: Console.width))
    }
}
