/// A text with the signatures of one or more keys (C2SP signed-note).
///
/// What the text says must be ignored until `verify(by:)` has found a known key's signature on it.
package struct SignedNote: Sendable {
    /// The largest note that is read, in bytes: room for 100 post-quantum signatures of 5 kB.
    package static let maximumByteCount = 1_000_000

    /// The most signatures that are read; signed-note asks for 16 at least, Go stops at 100 too.
    package static let maximumSignatureCount = 100

    /// What was signed: one line or more, each ended by LF.
    package let text: String

    /// The signatures, in the order of the note, repeated ones too.
    package let signatures: [NoteSignature]

    /// A text that nobody has signed yet.
    ///
    /// - Throws: `TransparencyError.note`, the first that applies: `.tooLarge`,
    ///   `.controlCharacter`, `.unterminatedText`.
    package init(text: String) throws(TransparencyError) {
        guard text.utf8.count <= Self.maximumByteCount else {
            throw .note(.tooLarge(byteCount: text.utf8.count))
        }
        try Self.checkCharacters(of: text)
        guard text.utf8.last == UInt8(ascii: "\n") else { throw .note(.unterminatedText) }
        self.init(text: text, signatures: [])
    }

    /// Joins a checked text and its signatures.
    init(text: String, signatures: [NoteSignature]) {
        self.text = text
        self.signatures = signatures
    }

    /// The note as it is stored and sent; without signatures it is not one to be read again.
    package var description: String { text + "\n" + signatures.map(\.line).joined() }

    /// The note with a signature of this key after those of other keys; an earlier one of the key
    /// gives way.
    ///
    /// - Throws: `TransparencyError.note`: `.tooManySignatures`, `.signingFailed`.
    package func signed(by key: SigningKey) throws(TransparencyError) -> SignedNote {
        let publicKey = key.verifierKey
        let signature = NoteSignature(
            name: publicKey.name, keyID: publicKey.id,
            signature: try key.signature(over: Array(text.utf8)))
        return try with(signature)
    }

    /// The known keys that have signed, in the order of their first signature.
    ///
    /// Signatures of other keys are ignored. One check of a signature for each of a known key.
    ///
    /// - Throws: `TransparencyError.note`, line by line the first that applies: `.ambiguousKey`,
    ///   `.wrongSignature`; at the end `.noKnownSignature`.
    package func verify(by knownKeys: [VerifierKey]) throws(TransparencyError) -> [VerifierKey] {
        let bytes = Array(text.utf8)
        var signers: [VerifierKey] = []
        for signature in signatures {
            let candidates = Set(knownKeys.filter { signature.isClaimed(by: $0) })
            guard let key = candidates.first else { continue }
            guard candidates.count == 1 else { throw .note(.ambiguousKey(key.name, key.id)) }
            guard key.isValid(signature: signature.signature, overText: bytes) else {
                throw .note(.wrongSignature(key.name, key.id))
            }
            if !signers.contains(key) { signers.append(key) }
        }
        guard !signers.isEmpty else { throw .note(.noKnownSignature) }
        return signers
    }
}

extension SignedNote: CustomStringConvertible {}

extension SignedNote: Hashable {
    /// Whether both have the same bytes: texts that only look the same are signed apart.
    package static func == (left: SignedNote, right: SignedNote) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8) && left.signatures == right.signatures
    }

    /// Feeds what tells nearly all notes apart.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(signatures)
    }
}
