import ClaimsCodec
import ClaimsDomain

/// A document as an event of the log refers to it.
struct ReferencedDocument: Equatable, Sendable {
    /// The sequence of the event.
    let sequence: Int64
    /// The claim or association it was attached to.
    let subject: String
    /// Its id there.
    let evidence: String
    /// What it was called.
    let filename: String
    /// 64 lower-case hexadecimal digits.
    let sha256: String
    /// Whether it was withdrawn later.
    var isWithdrawn = false
}

/// The documents that the events of a log refer to, gathered line by line.
struct EvidenceNotes: Sendable {
    /// In the order attached.
    private(set) var documents: [ReferencedDocument] = []
    private let isWanted: Bool
    private var reader = EventReader()

    init(isWanted: Bool) { self.isWanted = isWanted }

    /// Takes note of an event that can be read.
    mutating func note(_ fact: Fact, _ line: Span<UInt8>) {
        guard isWanted, Self.concerns(fact.kind), let event = try? reader.read(line) else { return }
        let content = event.content
        if let document = content.payload.attached {
            attach(document, to: content.subject, event.sequence)
        }
        guard case .claimEvidenceWithdrawn(let evidence, _) = content.payload else { return }
        for place in documents.indices
        where documents[place].subject == content.subject
            && documents[place].evidence == evidence.text
        {
            documents[place].isWithdrawn = true
        }
    }

    private mutating func attach(
        _ document: EvidenceAttached, to subject: String, _ sequence: Int64
    ) {
        documents.append(
            ReferencedDocument(
                sequence: sequence, subject: subject, evidence: document.evidence.text,
                filename: document.filename, sha256: document.sha256))
    }

    /// Whether events of a kind refer to documents.
    static func concerns(_ kind: EventKind) -> Bool {
        kind == .claimEvidenceAttached || kind == .claimEvidenceWithdrawn
            || kind == .associationEvidenceAttached
    }
}

extension EventPayload {
    /// The document that an event attaches; nil for any other event.
    var attached: EvidenceAttached? {
        if case .claimEvidenceAttached(let document) = self { return document }
        if case .associationEvidenceAttached(let document) = self { return document }
        return nil
    }
}
