import Crypto

/// The SHA-256 of bytes that come in pieces, such as an evidence file.
package struct FileDigest {
    private var hasher = SHA256()

    /// The digest of no bytes so far.
    package init() {}

    /// Takes the next piece.
    ///
    /// O(bytes).
    package mutating func update(_ bytes: [UInt8]) { hasher.update(data: bytes) }

    /// The digest of everything taken, as 64 lower-case hexadecimal digits.
    package func hexadecimal() -> String { Hexadecimal.encode(Array(hasher.finalize())) }
}
