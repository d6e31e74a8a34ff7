import Crypto

/// An Ed25519 key pair with its name: signs notes, and must be kept secret.
///
/// Only `secretText` and `secretSeed` give the private half away; no description, dump or mirror
/// does.
package struct SigningKey: Sendable {
    /// What the text of every private key starts with, so that none is taken for a public key.
    private static let prefix = "PRIVATE+KEY+"

    /// The public half, with name and key id.
    package let verifierKey: VerifierKey

    private let key: Curve25519.Signing.PrivateKey

    /// Makes a new key from the secure random numbers of the operating system.
    package static func generate(name: KeyName, kind: KeyKind = .note) -> SigningKey {
        SigningKey(name: name, key: Curve25519.Signing.PrivateKey(), kind: kind)
    }

    /// Makes the key of a seed, always the same one: 32 bytes that nobody can guess
    /// (RFC 8032, section 5.1.5).
    ///
    /// - Throws: `TransparencyError.key(.length)` unless there are 32 bytes.
    package init(
        name: KeyName, seed: [UInt8], kind: KeyKind = .note
    ) throws(TransparencyError) {
        try KeyText.check(seed)
        do {
            let key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
            self.init(name: name, key: key, kind: kind)
        } catch {
            throw .key(.length(found: seed.count))
        }
    }

    /// Reads the text of a private key, `PRIVATE+KEY+<name>+<key id>+<base64>`, as Go's signed
    /// notes (golang.org/x/mod/sumdb/note) write it.
    ///
    /// - Throws: `TransparencyError.key`, the first that applies from left to right: `.form`,
    ///   `.emptyName`, `.nameCharacter`, `.identifierText`, `.notBase64`, `.length`, `.type`,
    ///   `.identifierMismatch`; none carries a part of the key.
    package init(
        secretText text: String, kind: KeyKind = .note
    ) throws(TransparencyError) {
        let form = Self.prefix + VerifierKey.form
        guard text.utf8.starts(with: Self.prefix.utf8) else { throw .key(.form(expected: form)) }
        let rest = text.utf8.dropFirst(Self.prefix.utf8.count)
        let parts = try KeyText(Substring(rest), form: form, kind: kind)
        try self.init(name: parts.name, seed: parts.key, kind: kind)
        try parts.checkID(of: verifierKey)
    }

    private init(name: KeyName, key: Curve25519.Signing.PrivateKey, kind: KeyKind) {
        verifierKey = VerifierKey(
            name: name, checkedKey: Array(key.publicKey.rawRepresentation), kind: kind)
        self.key = key
    }

    /// The secret seed of 32 bytes.
    package var secretSeed: [UInt8] { Array(key.rawRepresentation) }

    /// The secret text of the key, as `init(secretText:)` reads it: for a file that only its owner
    /// may read.
    package var secretText: String {
        Self.prefix
            + KeyText.write(
                name: verifierKey.name, id: verifierKey.id, kind: verifierKey.kind, key: secretSeed)
    }

    /// The signature over the bytes: 64 bytes (RFC 8032, section 5.1.6).
    ///
    /// - Throws: `TransparencyError.note(.signingFailed)` if the cryptographic library fails.
    package func signature(over bytes: [UInt8]) throws(TransparencyError) -> [UInt8] {
        do {
            return Array(try key.signature(for: bytes))
        } catch {
            throw .note(.signingFailed(verifierKey.name, verifierKey.id))
        }
    }
}

extension SigningKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Name and key id only.
    package var description: String { "signing key \(verifierKey.name)+\(verifierKey.id)" }

    /// Name and key id only.
    package var debugDescription: String { description }

    /// The public half only, so that a dump or a failed expectation shows nothing secret.
    package var customMirror: Mirror {
        Mirror(self, children: ["verifierKey": verifierKey], displayStyle: .struct)
    }
}
