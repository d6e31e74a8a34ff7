extension TreeHash: CustomStringConvertible {
    /// Reads 64 lower-case hexadecimal digits.
    ///
    /// - Throws: `TransparencyError.hash(.notHexadecimal)` for any other text.
    package init(hex text: String) throws(TransparencyError) {
        guard let bytes = Hexadecimal.decode(text.utf8), bytes.count == Self.byteCount else {
            throw .hash(.notHexadecimal(text))
        }
        try self.init(bytes: bytes)
    }

    /// Reads the 44 characters of standard base64 that checkpoints and proofs carry.
    ///
    /// - Throws: `TransparencyError.hash(.notBase64)` for any other text, also for one that another
    ///   reader would take for the same bytes (RFC 4648, section 3.5).
    package init(base64 text: String) throws(TransparencyError) {
        guard let bytes = Base64.decode(text.utf8), bytes.count == Self.byteCount else {
            throw .hash(.notBase64(text))
        }
        try self.init(bytes: bytes)
    }

    /// The hash as 64 lower-case hexadecimal digits.
    package var hex: String { Hexadecimal.encode(bytes) }

    /// The hash in standard base64 (RFC 4648, section 4): 44 characters.
    package var base64: String { Base64.encode(bytes) }

    /// The hash in base64, as checkpoints show it.
    package var description: String { base64 }
}
