import Crypto

/// The public half of an Ed25519 key with its name: checks signatures, may be given to anybody.
///
/// Its text is the verifier key of C2SP signed-note, `<name>+<key id>+<base64>`.
package struct VerifierKey: Hashable, Sendable, CustomStringConvertible {
    /// The form of the text, for error messages.
    static let form = "<name>+<8 hexadecimal digits>+<base64>"

    /// The name of the key; a ledger's is its origin.
    package let name: KeyName

    /// The id that signatures of the key carry.
    package let id: KeyID

    /// The 32 bytes of the Ed25519 public key (RFC 8032, section 5.1.5).
    package let publicKey: [UInt8]

    /// What the key signs.
    package let kind: KeyKind

    /// Names a public key.
    ///
    /// - Throws: `TransparencyError.key(.length)` unless there are 32 bytes.
    package init(
        name: KeyName, publicKey: [UInt8], kind: KeyKind = .note
    ) throws(TransparencyError) {
        try KeyText.check(publicKey)
        self.init(name: name, checkedKey: publicKey, kind: kind)
    }

    /// Reads the text of a verifier key of this kind.
    ///
    /// - Throws: `TransparencyError.key`, the first that applies from left to right: `.form`,
    ///   `.emptyName`, `.nameCharacter`, `.identifierText`, `.notBase64`, `.length`, `.type`,
    ///   `.identifierMismatch`.
    package init(text: String, kind: KeyKind = .note) throws(TransparencyError) {
        let parts = try KeyText(text[...], form: Self.form, kind: kind)
        self.init(name: parts.name, checkedKey: parts.key, kind: kind)
        try parts.checkID(of: self)
    }

    /// Names a public key whose length is known to be right.
    init(name: KeyName, checkedKey: [UInt8], kind: KeyKind) {
        self.name = name
        self.kind = kind
        id = KeyID(name: name, type: kind.rawValue, publicKey: checkedKey)
        publicKey = checkedKey
    }

    /// The text of the verifier key, as `init(text:)` reads it.
    package var description: String {
        KeyText.write(name: name, id: id, kind: kind, key: publicKey)
    }

    /// Whether what follows the key id in a signature line is a signature of this key over the text
    /// of a note.
    func isValid(signature: [UInt8], overText text: [UInt8]) -> Bool {
        switch kind {
        case .note: isValid(signature: signature, over: text)
        case .cosignature:
            Cosignature(signature).map {
                isValid(signature: $0.signature, over: $0.message(over: text))
            } ?? false
        }
    }

    /// Whether a signature (64 bytes) is one of this key over the bytes (RFC 8032, section 5.1.7).
    package func isValid(signature: [UInt8], over bytes: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
            return false
        }
        return key.isValidSignature(signature, for: bytes)
    }
}
