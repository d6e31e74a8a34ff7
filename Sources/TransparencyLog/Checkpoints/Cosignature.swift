/// A witness's statement that, at a time, a checkpoint was the largest consistent one which it had
/// seen of a log (C2SP tlog-cosignature, Ed25519).
package struct Cosignature: Hashable, Sendable {
    /// When it was made, in seconds since 1970.
    package let seconds: UInt64

    /// The 64 bytes of the Ed25519 signature.
    let signature: [UInt8]

    private static let timeByteCount = 8
    private static let byteCount = timeByteCount + 64

    /// Reads what follows the key id in a signature line; nil unless it has 72 bytes and a time
    /// below 2^63.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        let seconds = bytes.prefix(Self.timeByteCount).reduce(0) { $0 << 8 | UInt64($1) }
        guard seconds <= UInt64(Int64.max) else { return nil }
        self.init(seconds: seconds, signature: Array(bytes.dropFirst(Self.timeByteCount)))
    }

    private init(seconds: UInt64, signature: [UInt8]) {
        self.seconds = seconds
        self.signature = signature
    }

    /// What is signed: two lines, then the text of the note.
    func message(over text: [UInt8]) -> [UInt8] { Self.message(over: text, at: seconds) }

    private static func message(over text: [UInt8], at seconds: UInt64) -> [UInt8] {
        Array("cosignature/v1\ntime \(seconds)\n".utf8) + text
    }

    /// Signs the text of a note with a key of kind `cosignature`.
    ///
    /// - Throws: `TransparencyError.note(.signingFailed)`.
    init(over text: [UInt8], by key: SigningKey, at seconds: UInt64) throws(TransparencyError) {
        precondition(key.verifierKey.kind == .cosignature, "a witness signs with a witness's key")
        precondition(seconds <= UInt64(Int64.max), "times are below 2^63")
        self.init(
            seconds: seconds,
            signature: try key.signature(over: Self.message(over: text, at: seconds)))
    }

    /// What follows the key id in a signature line.
    var bytes: [UInt8] {
        (0..<Self.timeByteCount).reversed().map {
            UInt8(truncatingIfNeeded: seconds >> UInt64(8 * $0))
        } + signature
    }
}

extension SignedNote {
    /// The note with a witness's signature after those of other keys; an earlier one of the witness
    /// gives way.
    ///
    /// The witness has made sure that the log only grew since what it cosigned before.
    ///
    /// - Throws: `TransparencyError.note`: `.tooManySignatures`, `.signingFailed`.
    package func cosigned(
        by key: SigningKey, at seconds: UInt64
    ) throws(TransparencyError) -> SignedNote {
        let cosignature = try Cosignature(over: Array(text.utf8), by: key, at: seconds)
        return try with(
            NoteSignature(
                name: key.verifierKey.name, keyID: key.verifierKey.id,
                signature: cosignature.bytes))
    }

    /// The note with those signatures of another one of the same text that are of known keys.
    ///
    /// - Throws: `TransparencyError.note`: `.otherText`, then those of `verify(by:)` for the other.
    package func adding(
        signaturesOf other: SignedNote, by knownKeys: [VerifierKey]
    ) throws(TransparencyError) -> SignedNote {
        guard other.text.utf8.elementsEqual(text.utf8) else { throw .note(.otherText) }
        let signers = try other.verify(by: knownKeys)
        var note = self
        for signature in other.signatures where signers.contains(where: signature.isClaimed) {
            note = try note.with(signature)
        }
        return note
    }

    /// When a witness says it saw the checkpoint; nil when it has not signed.
    ///
    /// The signature must have been verified.
    package func cosigningTime(of key: VerifierKey) -> UInt64? {
        signatures.last { $0.isClaimed(by: key) }.flatMap { Cosignature($0.signature)?.seconds }
    }

    /// Puts a signature in the place of an earlier one of its key, or at the end.
    func with(_ signature: NoteSignature) throws(TransparencyError) -> SignedNote {
        let others = signatures.filter {
            $0.name != signature.name || $0.keyID != signature.keyID
        }
        guard others.count < Self.maximumSignatureCount else {
            throw .note(.tooManySignatures(found: others.count + 1))
        }
        return SignedNote(text: text, signatures: others + [signature])
    }
}
