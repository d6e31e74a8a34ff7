/// The name of a key, best a URL without scheme such as `example.com/ledger` (C2SP signed-note).
///
/// Two names are the same if their UTF-8 bytes are: unlike with `String`, a letter and its
/// decomposed form are two names, for the signatures of the one do not hold for the other.
package struct KeyName: Hashable, Sendable, CustomStringConvertible {
    /// The name itself.
    package let description: String

    /// Takes a name that is not empty and has no Unicode space, plus sign or control character.
    ///
    /// - Throws: `TransparencyError.key`: `.emptyName`, or `.nameCharacter` for the first that may
    ///   not be in a name.
    package init(_ text: String) throws(TransparencyError) {
        guard !text.isEmpty else { throw .key(.emptyName) }
        var byteOffset = 0
        for scalar in text.unicodeScalars {
            let isAllowed =
                scalar != "+" && scalar.value >= 0x20 && !scalar.properties.isWhitespace
            guard isAllowed else {
                throw .key(.nameCharacter(scalar: scalar, byteOffset: byteOffset))
            }
            byteOffset += UTF8.width(scalar)
        }
        description = text
    }

    /// Whether both names have the same bytes.
    package static func == (left: KeyName, right: KeyName) -> Bool {
        left.description.utf8.elementsEqual(right.description.utf8)
    }

    /// Feeds the bytes of the name.
    package func hash(into hasher: inout Hasher) {
        for byte in description.utf8 { hasher.combine(byte) }
    }
}
