/// The text of a key, private or public: `<name>+<key id>+<base64 of type and key>`.
///
/// It is read the strict way, so that each key has exactly one text.
struct KeyText {
    /// The length of an Ed25519 public key, and of the seed of a private one, in bytes.
    static let keyByteCount = 32

    /// The name before the first plus sign.
    let name: KeyName

    /// The key id as stated, not yet compared with the key.
    let statedID: KeyID

    /// The 32 bytes after the type.
    let key: [UInt8]

    /// What the key signs.
    let kind: KeyKind

    /// Reads a text of a key of this kind; `form` is what an error says was expected.
    ///
    /// - Throws: `TransparencyError.key`, the first that applies from left to right: `.form`,
    ///   `.emptyName`, `.nameCharacter`, `.identifierText`, `.notBase64`, `.length`, `.type`. None
    ///   carries what follows the name, which may be secret.
    init(
        _ text: Substring, form: String, kind: KeyKind
    ) throws(TransparencyError) {
        // The base64 may hold plus signs of its own, so only the first two separate.
        let parts = text.utf8.split(
            separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .key(.form(expected: form)) }
        name = try KeyName(String(Substring(parts[0])))
        guard let identifier = Hexadecimal.decode(parts[1]), identifier.count == 4 else {
            throw .key(.identifierText)
        }
        statedID = KeyID(bytes: identifier)
        guard let typedKey = Base64.decode(parts[2]) else { throw .key(.notBase64) }
        key = Array(typedKey.dropFirst())
        // The length first: in a key without its type, the type would be a byte of a secret.
        try Self.check(key)
        let type = typedKey[0]
        guard type == kind.rawValue else { throw .key(.type(found: type, expected: kind)) }
        self.kind = kind
    }

    /// Throws `TransparencyError.key(.length)` unless there are 32 bytes.
    static func check(_ key: [UInt8]) throws(TransparencyError) {
        guard key.count == keyByteCount else { throw .key(.length(found: key.count)) }
    }

    /// The text of a key of 32 bytes.
    static func write(name: KeyName, id: KeyID, kind: KeyKind, key: [UInt8]) -> String {
        "\(name)+\(id)+\(Base64.encode([kind.rawValue] + key))"
    }

    /// Throws `TransparencyError.key(.identifierMismatch)` unless the id is the one of the key.
    func checkID(of verifierKey: VerifierKey) throws(TransparencyError) {
        guard statedID == verifierKey.id else {
            throw .key(.identifierMismatch(found: statedID, expected: verifierKey.id))
        }
    }
}
