import Crypto

/// The short id that tells keys of one name apart (C2SP signed-note): 32 bits, no proof.
package struct KeyID: Hashable, Sendable, CustomStringConvertible {
    /// The id as a number; its bytes stand in big-endian order in a note.
    package let value: UInt32

    /// Takes an id read from a note or a key.
    package init(_ value: UInt32) {
        self.value = value
    }

    /// The id that signed-note recommends: the first four bytes of the SHA-256 of the name, LF, the
    /// type of signature and the public key.
    package init(name: KeyName, type: UInt8, publicKey: [UInt8]) {
        var hasher = SHA256()
        hasher.update(data: Array(name.description.utf8))
        hasher.update(data: [UInt8(ascii: "\n"), type])
        hasher.update(data: publicKey)
        self.init(bytes: hasher.finalize().prefix(4))
    }

    /// Takes the four bytes in big-endian order.
    init(bytes: some Sequence<UInt8>) {
        value = bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The four bytes in big-endian order.
    var bytes: [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }

    /// The id as 8 lower-case hexadecimal digits.
    package var description: String { Hexadecimal.encode(bytes) }
}
