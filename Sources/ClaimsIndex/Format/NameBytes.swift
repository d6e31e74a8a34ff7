import ClaimsDomain

extension NameTable {
    /// Hands over the bytes of the name of a key of this table.
    func withBytes<Result>(of key: NameKey, _ body: (Span<UInt8>) -> Result) -> Result {
        withWords(of: key) { words, byteCount in
            // Words have their little end first, as the memory of every machine this runs on.
            unsafe words.withUnsafeBytes { buffer in
                let bytes = unsafe buffer.assumingMemoryBound(to: UInt8.self)
                return unsafe body(bytes.span.extracting(0..<byteCount))
            }
        }
    }
}
