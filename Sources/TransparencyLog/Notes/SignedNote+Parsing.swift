extension SignedNote {
    /// Reads a note; its `description` is the same bytes again.
    ///
    /// The last empty line separates the text from the signatures. O(n).
    ///
    /// - Throws: `TransparencyError.note`, the first that applies: `.tooLarge`, `.notUTF8`,
    ///   `.controlCharacter`, `.noSignatures`, `.unterminatedSignature`, `.tooManySignatures`,
    ///   then for each line `.signatureForm`, `.signatureName`, `.signatureBase64`.
    package init(bytes: [UInt8]) throws(TransparencyError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw .note(.tooLarge(byteCount: bytes.count))
        }
        guard let note = String(validating: bytes, as: UTF8.self) else {
            throw .note(.notUTF8(line: Self.firstLineThatIsNotUTF8(in: bytes)))
        }
        try Self.checkCharacters(of: note)
        var lines = note.utf8.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        // What follows the last LF: nothing, if the last line is whole.
        let isTerminated = lines.removeLast().isEmpty
        guard let separator = lines.lastIndex(where: \.isEmpty), separator > 0,
            separator + 1 < lines.count || !isTerminated
        else { throw .note(.noSignatures) }
        guard isTerminated else {
            throw .note(.unterminatedSignature(line: lines.count + 1))
        }
        let signatureLines = lines[(separator + 1)...]
        guard signatureLines.count <= Self.maximumSignatureCount else {
            throw .note(.tooManySignatures(found: signatureLines.count))
        }
        var signatures: [NoteSignature] = []
        for (index, line) in zip(signatureLines.indices, signatureLines) {
            signatures.append(try NoteSignature(Substring(line), line: index + 1))
        }
        let text = note.utf8[..<lines[separator].startIndex]
        self.init(text: String(Substring(text)), signatures: signatures)
    }

    /// Throws `TransparencyError.note(.controlCharacter)` for the first below U+0020 but LF.
    static func checkCharacters(of text: String) throws(TransparencyError) {
        var line = 1
        for byte in text.utf8 where byte < 0x20 {
            guard byte == UInt8(ascii: "\n") else {
                throw .note(.controlCharacter(byte, line: line))
            }
            line += 1
        }
    }

    private static func firstLineThatIsNotUTF8(in bytes: [UInt8]) -> Int {
        let lines = bytes.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let index = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
        return (index ?? 0) + 1
    }
}
