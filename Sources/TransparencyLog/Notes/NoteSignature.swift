/// One signature line of a note (C2SP signed-note), of whatever type of key.
package struct NoteSignature: Hashable, Sendable {
    /// The length of the key id before the signature, in bytes.
    private static let idByteCount = 4

    /// What a signature line starts with: an em dash and a space.
    private static let prefix = Array("\u{2014} ".utf8)

    /// The name of the key.
    package let name: KeyName

    /// The id of the key.
    package let keyID: KeyID

    /// What the key made of the text, at least one byte; 64 for Ed25519.
    package let signature: [UInt8]

    /// Joins a key and what it signed; `signature` must not be empty.
    package init(name: KeyName, keyID: KeyID, signature: [UInt8]) {
        precondition(!signature.isEmpty, "a signature has a byte")
        self.name = name
        self.keyID = keyID
        self.signature = signature
    }

    /// Reads a line without the LF that ends it; `line` is its number for errors.
    ///
    /// - Throws: `TransparencyError.note`: `.signatureForm`, `.signatureName`, `.signatureBase64`.
    init(_ text: Substring, line: Int) throws(TransparencyError) {
        let bytes = text.utf8
        guard bytes.starts(with: Self.prefix) else { throw .note(.signatureForm(line: line)) }
        let parts = bytes.dropFirst(Self.prefix.count).split(
            separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .note(.signatureForm(line: line)) }
        do {
            name = try KeyName(String(Substring(parts[0])))
        } catch .key(let problem) {
            throw .note(.signatureName(line: line, problem))
        }
        guard let signed = Base64.decode(parts[1]), signed.count > Self.idByteCount else {
            throw .note(.signatureBase64(line: line))
        }
        keyID = KeyID(bytes: signed.prefix(Self.idByteCount))
        signature = Array(signed.dropFirst(Self.idByteCount))
    }

    /// The line, ended by LF.
    package var line: String {
        String(decoding: Self.prefix, as: UTF8.self)
            + "\(name) \(Base64.encode(keyID.bytes + signature))\n"
    }

    /// Whether the signature claims to be of this key.
    func isClaimed(by key: VerifierKey) -> Bool {
        name == key.name && keyID == key.id
    }
}
