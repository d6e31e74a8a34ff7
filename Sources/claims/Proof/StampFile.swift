import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import ClaimsReports

/// Writes the stamp of an answer beside it.
enum StampFile {
    /// Stamps the answer to a question.
    ///
    /// `width` is what its table was fitted to.
    static func write<Value>(
        to path: String, _ answer: Answer<Value>, bodySHA256: String, ledger: LedgerOptions,
        format: OutputFormat?, width: Int?
    ) throws {
        var stamp = Stamp()
        stamp.asOf = (answer.viewpoint.asOf ?? answer.moment).description
        stamp.knownAt =
            switch answer.viewpoint.knownAt {
            case nil: String(answer.lastSequence)
            case .sequence(let sequence): String(sequence)
            case .instant(let instant): instant.description
            }
        stamp.outputFormat = format?.rawValue ?? ""
        stamp.width = format == .table ? width.map(Int64.init) : nil
        stamp.bodySHA256 = bodySHA256
        try write(&stamp, to: path, size: answer.lastSequence, ledger)
    }

    /// Stamps a receipt.
    static func write(
        to path: String, _ receipt: Receipt, body: String, ledger: LedgerOptions,
        format: OutputFormat, width: Int?
    ) throws {
        var stamp = Stamp()
        stamp.answer = receipt.isRepeated ? .repeatedReceipt : .receipt
        stamp.asOf = receipt.event.recordedAt.description
        stamp.knownAt = String(receipt.sequence)
        stamp.outputFormat = format.rawValue
        stamp.width = format == .table ? width.map(Int64.init) : nil
        stamp.bodySHA256 = Stamp.digest(Array(body.utf8))
        try write(&stamp, to: path, size: receipt.sequence, ledger)
    }

    private static func write(
        _ stamp: inout Stamp, to path: String, size: Int64, _ ledger: LedgerOptions
    ) throws {
        stamp.query = query(Array(CommandLine.arguments.dropFirst()))
        stamp.version = Claims.configuration.version
        stamp.now = try Edge.now().description
        for notice in try ledger.open().describe(&stamp, size: size) { Console.error(notice) }
        try OutputFile.replace(Array(stamp.text.utf8), at: path)
    }

    /// The arguments that ask the same of any copy of the ledger.
    static func query(_ arguments: [String]) -> [String] {
        let dropped = ["--ledger", "--output", "-o", "--stamp"]
        var kept: [String] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if dropped.contains(argument) {
                _ = rest.popFirst()
            } else if !dropped.contains(where: { argument.hasPrefix("\($0)=") }) {
                kept.append(argument)
            }
        }
        return kept
    }
}
