package import ClaimsCodec
import ClaimsDomain
import EventLog
import TransparencyLog

/// Where an answer came from: enough to run its question again on any later copy of the log and
/// compare the bytes.
package struct Stamp: Equatable, Sendable {
    /// The form of the file; a changed one gets another number.
    package static let format = "claims-stamp/1"

    /// What was answered.
    package enum Answer: String, CaseIterable, Sendable {
        /// A question.
        case read
        /// A write, with the receipt of its event.
        case receipt
        /// A write that had been recorded before.
        case repeatedReceipt = "repeated_receipt"
    }

    /// What was answered.
    package var answer = Answer.read
    /// The log's name; nil for a plain file.
    package var origin: String?
    /// How many events the answer knew of.
    package var size: Int64 = 0
    /// The tree's root over them, base64.
    package var root = ""
    /// The moment the answer holds for.
    package var asOf = ""
    /// What the ledger was asked to know: an instant or a sequence.
    package var knownAt = ""
    /// The command with its options, without ledger, output and stamp.
    package var query: [String] = []
    /// The form of the answer.
    package var outputFormat = ""
    /// The width it was fitted to; nil for none.
    package var width: Int64?
    /// The clock at the time.
    package var now = ""
    /// The program that answered.
    package var version = ""
    /// SHA-256 of the answer's bytes, 64 lower-case hexadecimal digits.
    package var bodySHA256 = ""
    /// The signed checkpoint of this size, where the ledger keeps one.
    package var checkpoint: String?

    /// An empty one to fill.
    package init() {}

    /// The SHA-256 of an answer.
    package static func digest(_ body: [UInt8]) -> String {
        var digest = FileDigest()
        digest.update(body)
        return digest.hexadecimal()
    }

    /// The file's text: one JSON object, a member a line.
    package var text: String {
        func quoted(_ text: String?) -> String {
            var writer = JSONWriter()
            if let text { writer.string(text) } else { writer.null() }
            return String(decoding: writer.bytes, as: UTF8.self)
        }
        let members: [(String, String)] = [
            ("format", quoted(Self.format)), ("answer", quoted(answer.rawValue)),
            ("origin", quoted(origin)), ("size", String(size)), ("root", quoted(root)),
            ("asOf", quoted(asOf)), ("knownAt", quoted(knownAt)),
            ("query", "[\(query.map(quoted).joined(separator: ", "))]"),
            ("outputFormat", quoted(outputFormat)), ("width", width.map(String.init) ?? "null"),
            ("now", quoted(now)), ("version", quoted(version)), ("sha256", quoted(bodySHA256)),
            ("checkpoint", quoted(checkpoint)),
        ]
        return "{\n" + members.map { "  \"\($0)\": \($1)" }.joined(separator: ",\n") + "\n}\n"
    }

    /// Reads the file's text.
    package init(parsing bytes: [UInt8]) throws(JSONProblem) {
        let node = try JSONNode(parsing: bytes.span)
        func optional(_ name: String) throws(JSONProblem) -> JSONNode? {
            let member = try node.required(name)
            if case .null = member.value { return nil }
            return member
        }
        let format = try node.required("format")
        guard try format.asText() == Self.format else { throw format.problem("'\(Self.format)'") }
        answer = try node.choice("answer")
        origin = try optional("origin")?.asText()
        size = try node.whole("size")
        guard size > 0 else { throw try node.required("size").problem("at least 1") }
        root = try node.text("root")
        asOf = try node.text("asOf")
        knownAt = try node.text("knownAt")
        for element in try node.elements("query") { query.append(try element.asText()) }
        outputFormat = try node.text("outputFormat")
        width = try optional("width")?.asWhole()
        now = try node.required("now").asInstant().description
        version = try node.text("version")
        bodySHA256 = try node.text("sha256")
        checkpoint = try optional("checkpoint")?.asText()
    }

    /// Reads a stamp's file.
    ///
    /// Throws a located fault, or when there is no such file.
    package static func read(_ path: String) throws(LedgerError) -> Stamp {
        try LocatedText.read(path, fix: "ask for the stamp again", Self.init(parsing:))
    }
}
