/// A tree head as a log signs it (C2SP tlog-checkpoint): this log had this many leaves with this
/// root.
package struct Checkpoint: Sendable {
    /// The name of the log, best a URL without scheme; for a ledger also the name of its key.
    package let origin: String

    /// The number of leaves; for a ledger the sequence of the last event.
    package let size: UInt64

    /// The root of the tree of that size.
    package let root: TreeHash

    /// Further lines without their LF; signed-note readers show them, nobody audits them.
    package let extensionLines: [String]

    /// Makes a checkpoint.
    ///
    /// - Throws: `TransparencyError.checkpoint`, the first that applies: `.emptyOrigin`,
    ///   `.controlCharacter` and `.emptyExtension` from the first line to the last.
    package init(
        origin: String, size: UInt64, root: TreeHash, extensionLines: [String] = []
    ) throws(TransparencyError) {
        guard !origin.isEmpty else { throw .checkpoint(.emptyOrigin) }
        try Self.checkCharacters(of: origin, line: 1)
        for (index, text) in extensionLines.enumerated() {
            let line = Self.extensionStart + index + 1
            guard !text.isEmpty else { throw .checkpoint(.emptyExtension(line: line)) }
            try Self.checkCharacters(of: text, line: line)
        }
        self.origin = origin
        self.size = size
        self.root = root
        self.extensionLines = extensionLines
    }

    /// Reads the text of a note; `text` is the same bytes again.
    ///
    /// - Throws: `TransparencyError.checkpoint`, the first that applies: `.unterminated`,
    ///   `.lineCount`, `.size`, `.root`, then those of `init(origin:size:root:extensionLines:)`.
    package init(text: String) throws(TransparencyError) {
        guard text.utf8.last == UInt8(ascii: "\n") else { throw .checkpoint(.unterminated) }
        let lines = text.utf8.dropLast()
            .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard lines.count >= Self.extensionStart else {
            throw .checkpoint(.lineCount(found: lines.count))
        }
        // A number that prints otherwise than it was written (+7, 007) is another text.
        guard let size = UInt64(lines[1]), String(size).utf8.elementsEqual(lines[1].utf8) else {
            throw .checkpoint(.size(lines[1]))
        }
        guard let root = try? TreeHash(base64: lines[2]) else {
            throw .checkpoint(.root(lines[2]))
        }
        try self.init(
            origin: lines[0], size: size, root: root,
            extensionLines: Array(lines[Self.extensionStart...]))
    }

    /// The number of lines before the extension lines: origin, size and root.
    private static let extensionStart = 3

    private static func checkCharacters(
        of text: String, line: Int
    ) throws(TransparencyError) {
        if let byte = text.utf8.first(where: { $0 < 0x20 }) {
            throw .checkpoint(.controlCharacter(byte, line: line))
        }
    }

    /// The text to sign: a line each for origin, size, root and extensions, ended by LF.
    package var text: String {
        ([origin, String(size), root.base64] + extensionLines).map { $0 + "\n" }.joined()
    }
}

extension Checkpoint: Hashable {
    /// Whether both have the same text, byte for byte.
    package static func == (left: Checkpoint, right: Checkpoint) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Feeds what tells nearly all checkpoints apart.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(size)
        hasher.combine(root)
    }
}
