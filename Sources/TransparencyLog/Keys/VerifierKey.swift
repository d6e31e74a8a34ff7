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

    /// Names a public key.
    ///
    /// - Throws: `TransparencyError.key(.length)` unless there are 32 bytes.
    package init(name: KeyName, publicKey: [UInt8]) throws(TransparencyError) {
        try KeyText.check(publicKey)
        self.init(name: name, checkedKey: publicKey)
    }

    /// Reads the text of a verifier key.
    ///
    /// - Throws: `TransparencyError.key`, the first that applies from left to right: `.form`,
    ///   `.emptyName`, `.nameCharacter`, `.identifierText`, `.notBase64`, `.length`, `.type`,
    ///   `.identifierMismatch`.
    package init(text: String) throws(TransparencyError) {
        let parts = try KeyText(text[...], form: Self.form)
        self.init(name: parts.name, checkedKey: parts.key)
        try parts.checkID(of: self)
    }

    /// Names a public key whose length is known to be right.
    init(name: KeyName, checkedKey: [UInt8]) {
        self.name = name
        id = KeyID(name: name, type: KeyText.ed25519, publicKey: checkedKey)
        publicKey = checkedKey
    }

    /// The text of the verifier key, as `init(text:)` reads it.
    package var description: String { KeyText.write(name: name, id: id, key: publicKey) }

    /// Whether a signature (64 bytes) is one of this key over the bytes (RFC 8032, section 5.1.7).
    package func isValid(signature: [UInt8], over bytes: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
            return false
        }
        return key.isValidSignature(signature, for: bytes)
    }
}
