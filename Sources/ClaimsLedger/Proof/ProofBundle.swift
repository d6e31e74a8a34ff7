package import ClaimsCodec
import ClaimsDomain
package import TransparencyLog

/// An offline proof of some events of a ledger: their stored lines, an inclusion proof of each, the
/// signed checkpoint they lead to, the public key, and the documents that the events refer to.
package struct ProofBundle: Sendable {
    /// The form of the file; a changed one gets another number.
    package static let format = "claims-proof/1"

    /// What the events are about.
    package struct Subject: Equatable, Sendable {
        /// `event`, `claim` or `account`.
        package let kind: String
        /// The event's sequence, the claim's id, or partner and period.
        package let name: String
    }

    /// One event.
    package struct Entry: Sendable {
        /// Its sequence: one more than its place in the tree.
        package let sequence: Int64
        /// The stored line without its line feed.
        package let line: [UInt8]
        /// Its inclusion proof, with the checkpoint.
        package let proof: LoggedProof
    }

    /// A document that one of the events refers to.
    package struct Document: Equatable, Sendable {
        /// The sequence of the event.
        package let sequence: Int64
        /// Its id in the claim.
        package let evidence: String
        /// What it was called.
        package let filename: String
        /// Bytes.
        package let size: Int64
        /// 64 lower-case hexadecimal digits.
        package let sha256: String
    }

    /// What the events are about.
    package let subject: Subject
    /// The public key of the ledger; whoever checks should have it from elsewhere.
    package let publicKey: String
    /// The checkpoint with its signatures.
    package let checkpoint: SignedNote
    /// The events, by sequence.
    package let entries: [Entry]
    /// The documents, in the order attached.
    package let documents: [Document]

    /// Joins what belongs together; `check` looks whether it does.
    package init(
        subject: Subject, publicKey: String, checkpoint: SignedNote, entries: [Entry],
        documents: [Document]
    ) {
        self.subject = subject
        self.publicKey = publicKey
        self.checkpoint = checkpoint
        self.entries = entries
        self.documents = documents
    }
}

extension ProofBundle {
    /// The text of the file: JSON, the members in their order, a line feed at the end.
    ///
    /// Other tools may take `proof` of an event as a `.tlog-proof` file as it stands.
    package var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("format")
        writer.string(Self.format)
        writer.name("subject")
        writer.beginObject()
        writer.name("kind")
        writer.string(subject.kind)
        writer.name("name")
        writer.string(subject.name)
        writer.endObject()
        writer.name("publicKey")
        writer.string(publicKey)
        writer.name("checkpoint")
        writer.string(checkpoint.description)
        writer.name("events")
        writer.beginArray()
        for entry in entries { write(entry, to: &writer) }
        writer.endArray()
        writer.name("evidence")
        writer.beginArray()
        for document in documents { write(document, to: &writer) }
        writer.endArray()
        writer.endObject()
        return writer.bytes + [0x0A]
    }

    private func write(_ entry: Entry, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("sequence")
        writer.integer(entry.sequence)
        writer.name("line")
        writer.string(String(decoding: entry.line, as: UTF8.self))
        writer.name("proof")
        writer.string(entry.proof.text)
        writer.endObject()
    }

    private func write(_ document: Document, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("sequence")
        writer.integer(document.sequence)
        writer.name("evidence")
        writer.string(document.evidence)
        writer.name("filename")
        writer.string(document.filename)
        writer.name("size")
        writer.integer(document.size)
        writer.name("sha256")
        writer.string(document.sha256)
        writer.endObject()
    }

    /// Reads a bundle; nothing in it is believed yet.
    ///
    /// `bytes` is the same again.
    ///
    /// Throws a problem at its byte.
    package init(parsing bytes: [UInt8]) throws(JSONProblem) {
        let node = try JSONNode(parsing: bytes.span)
        let format = try node.required("format")
        guard try format.asText() == Self.format else { throw format.problem("'\(Self.format)'") }
        let subject = try node.required("subject")
        self.subject = Subject(kind: try subject.text("kind"), name: try subject.text("name"))
        publicKey = try node.text("publicKey")
        let note = try node.required("checkpoint")
        checkpoint = try Self.checked(note) { (text) throws(TransparencyError) in
            try SignedNote(bytes: Array(text.utf8))
        }
        var entries: [Entry] = []
        for element in try node.elements("events") {
            entries.append(
                Entry(
                    sequence: try element.whole("sequence"),
                    line: Array(try element.text("line").utf8),
                    proof: try Self.checked(try element.required("proof")) {
                        (text) throws(TransparencyError) in
                        try LoggedProof(bytes: Array(text.utf8))
                    }))
        }
        self.entries = entries
        var documents: [Document] = []
        for element in try node.elements("evidence") {
            documents.append(
                Document(
                    sequence: try element.whole("sequence"), evidence: try element.text("evidence"),
                    filename: try element.text("filename"), size: try element.whole("size"),
                    sha256: try element.text("sha256")))
        }
        self.documents = documents
        // Two texts of one bundle would let a change go unseen.
        guard self.bytes == bytes else {
            throw JSONProblem(
                .unexpected(found: "another text", expected: "the one 'claims prove' writes"),
                at: Self.firstDifference(self.bytes, bytes))
        }
    }

    private static func checked<Value>(
        _ node: JSONNode, _ read: (String) throws(TransparencyError) -> Value
    ) throws(JSONProblem) -> Value {
        let text = try node.asText()
        do throws(TransparencyError) {
            return try read(text)
        } catch {
            throw JSONProblem(
                .unexpected(found: "\(error)", expected: "a file of its format"), at: node.offset)
        }
    }

    private static func firstDifference(_ one: [UInt8], _ other: [UInt8]) -> Int {
        zip(one, other).enumerated().first { $0.element.0 != $0.element.1 }?.offset
            ?? min(one.count, other.count)
    }
}
