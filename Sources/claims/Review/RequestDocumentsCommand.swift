import ArgumentParser
import ClaimsDomain

struct RequestDocumentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request-documents", abstract: "Send a claim back for documents.",
        discussion: """
            Example:
              claims request-documents CLM-1042 --due-on 2020-03-20 \
            --item "proof_of_execution: a copy of the final advertisement" \
            --item "third_party_invoice/EV-2: the total cannot be read"
            """)

    @Argument(help: "The claim.", completion: .claims) var claim: String
    @OptionGroup var request: DocumentsOptions
    @OptionGroup var write: WriteOptions

    func run() throws {
        let request = try request.requested()
        try write.run { _ in .claim(ClaimID(claim), .requestDocuments(request)) }
    }
}

/// What is asked for, item by item.
struct DocumentsOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            KIND: REASON, or KIND/EVIDENCE: REASON for a document that falls short; \
            may be given several times.
            """,
            valueName: "item"))
    var item: [String]
    @Option(help: ArgumentHelp("The day to answer by.", valueName: "date")) var dueOn: String?
    @Flag(help: "Whether originals are wanted.") var originals = false

    func validate() throws {
        guard !item.isEmpty else { throw ValidationError("a request needs an --item") }
    }

    func requested() throws -> DocumentsRequested {
        DocumentsRequested(
            items: try item.map(Self.item),
            dueOn: try dueOn.map { try DayOption.day($0, option: "--due-on") },
            originals: originals ? true : nil)
    }

    private static func item(_ text: String) throws -> DocumentsRequested.Item {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        let names = (parts.first ?? "").split(separator: "/", maxSplits: 1).map(String.init)
        let reason = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : ""
        guard let kind = names.first.flatMap({ EvidenceKind(rawValue: $0) }), !reason.isEmpty else {
            let kinds = EvidenceKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError(
                "--item is '\(text)', expected 'KIND: REASON' with a kind of \(kinds)")
        }
        return DocumentsRequested.Item(
            kind: kind, evidence: names.count == 2 ? EvidenceID(names[1]) : nil, reason: reason)
    }
}
