/// The lines that files with a proof share: a head, hashes in base64, an empty line, a checkpoint.
enum ProofLines {
    /// The most hashes a proof over a tree of below 2^64 leaves can have (C2SP tlog-witness).
    static let maximumHashCount = 64

    /// Splits a file into the lines before the first empty one and the note after it.
    ///
    /// - Throws: `TransparencyError`: `.file(.notUTF8)`, `.file(.noCheckpoint)`, and those of
    ///   reading a note.
    static func split(
        _ bytes: [UInt8]
    ) throws(TransparencyError) -> (head: [String], note: SignedNote) {
        let feed = UInt8(ascii: "\n")
        var end = 0
        while true {
            guard let next = bytes[end...].firstIndex(of: feed) else { throw .file(.noCheckpoint) }
            if next == end { break }
            end = next + 1
        }
        guard let text = String(validating: bytes[..<end], as: UTF8.self) else {
            throw .file(.notUTF8)
        }
        // Cut by bytes: a carriage return and a line feed are one character of a text.
        let head = text.utf8.split(separator: feed).map { String(Substring($0)) }
        return (head, try SignedNote(bytes: Array(bytes[(end + 1)...])))
    }

    /// Reads hashes, one a line; `first` is the number of the first line.
    static func hashes(
        _ lines: some Collection<String>, first: Int
    ) throws(TransparencyError) -> [TreeHash] {
        guard lines.count <= maximumHashCount else {
            throw .file(.tooManyHashes(found: lines.count))
        }
        var hashes: [TreeHash] = []
        for line in lines {
            guard let hash = try? TreeHash(base64: line) else {
                throw .file(.line(first + hashes.count, expected: "a hash in base64"))
            }
            hashes.append(hash)
        }
        return hashes
    }

    /// The number after a word and a space, in the one way to write it; nil for anything else.
    static func number(after word: String, in line: String) -> UInt64? {
        let prefix = "\(word) "
        guard line.utf8.starts(with: prefix.utf8) else { return nil }
        let digits = line.utf8.dropFirst(prefix.utf8.count)
        guard let number = UInt64(String(Substring(digits))),
            String(number).utf8.elementsEqual(digits)
        else { return nil }
        return number
    }
}
