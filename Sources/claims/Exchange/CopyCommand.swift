import ArgumentParser
import ClaimsLedger
import ClaimsReports

struct CopyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy", abstract: "Copy a ledger to a folder or a server, byte for byte.",
        discussion: """
            Lines, identity and checkpoints go along, with --documents also the documents in the \
            vault that the lines refer to; the private key never does. What is at the destination \
            already is held against the origin, so a copy that was stopped, by Ctrl-C too, goes on \
            where it ended, and both have the same tree head when it is done. A document of the \
            same SHA-256 is not sent again; one that is changed is named and left out. With \
            --follow a folder is the verified replica of a shared ledger, for every question at \
            the speed of a folder.

            Examples:
              claims copy events backup --documents
              claims copy postgresql://ledger.example/claims replica --follow
            """)

    @Argument(help: "The ledger to copy: a folder or a postgresql:// address.")
    var from: String
    @Argument(help: "Where to: a folder or an address; made if it is not there.")
    var to: String
    @Flag(help: "Carry the documents in the vault too, each checked by its SHA-256.")
    var documents = false
    @Flag(help: "Go on with what is appended later, until Ctrl-C.") var follow = false
    @Option(help: ArgumentHelp("How often to look for more.", valueName: "milliseconds"))
    var poll = 200
    @Option(help: "How to give the answer.") var format: OutputFormat = .table

    func validate() throws {
        guard poll > 0 else { throw ValidationError("--poll has to be at least 1 millisecond") }
    }

    func run() throws {
        var origin = try Ledger.open(from)
        origin.remark = { Console.note($0) }
        let copy = try origin.openCopy(to)
        let isWhole = try Interrupt.whileWatching {
            let isWhole = try bring(origin, to: copy)
            return follow ? try goOn(origin, to: copy) && isWhole : isWhole
        }
        // What was left out is named already.
        if !isWhole { throw Stop(code: Stop.checkFailed, message: nil) }
    }

    /// Copies what is there; whether no document was left out.
    private func bring(_ origin: Ledger, to copy: Ledger) throws -> Bool {
        var progress = Progress("documents")
        defer { progress.end() }
        let receipt = try origin.copy(
            to: copy, documents: documents, shouldStop: { Interrupt.isInterrupted },
            progress: { progress.tell(Int64($0), of: Int64($1)) })
        progress.end()
        let refused = receipt.documents?.refused ?? []
        for document in refused { Console.error(document) }
        let details = copyDetails(receipt, from: origin, to: copy)
        try Console.answer(renderObject(details, as: format, width: Console.width))
        guard !receipt.isInterrupted else {
            throw Stop(
                code: Stop.checkFailed,
                message: "interrupted: what is counted above is copied; copy again to go on")
        }
        return refused.isEmpty
    }

    /// Copies what comes; whether no document was left out.
    private func goOn(_ origin: Ledger, to copy: Ledger) throws -> Bool {
        var isWhole = true
        try origin.keepCopying(
            to: copy, documents: documents, pollMilliseconds: poll,
            shouldStop: { Interrupt.isInterrupted },
            copied: { part in
                tell(part)
                if case .documents(let documents) = part, !documents.refused.isEmpty {
                    isWhole = false
                }
            })
        return isWhole
    }

    private func tell(_ part: CopiedPart) {
        func counted(_ count: Int, _ what: String) -> String {
            count == 1 ? "a \(what)" : "\(count) \(what)s"
        }
        switch part {
        case .events(let last): Console.note("copied to sequence \(last)")
        case .checkpoints(let count): Console.note("copied \(counted(count, "checkpoint"))")
        case .documents(let documents):
            for document in documents.refused { Console.error(document) }
            if documents.copied > 0 {
                Console.note("copied \(counted(documents.copied, "document"))")
            }
            if documents.notHeld > 0 {
                Console.note("the origin does not hold \(counted(documents.notHeld, "document"))")
            }
        }
    }
}
