package import ClaimsDomain

/// What keeps a line from being an event of this ledger, and at which byte of the line (from 0).
package struct LineProblem: Error, Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case json(JSONProblem.Kind)
        case emptyLine
        case missing(member: String, of: String)
        case bad(member: String, found: String, expected: String)
        case unknownType(String, nearest: String?)
        case recordedBeforeOccurred(recorded: Instant, occurred: Instant)
        case sequence(found: Int64, expected: Int64)
        case sequenceNotHigher(found: Int64, previous: Int64)
        case recordedWentBack(found: Instant, previous: Instant)
        case duplicateID(id: String, source: String, first: Int64)
        case totalOutOfRange(account: FundAccount)
        case tooLong(bytes: Int, limit: Int)
    }

    package let kind: Kind
    package let offset: Int

    package init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }

    init(_ problem: JSONProblem) { self.init(.json(problem.kind), at: problem.offset) }
}

extension LineProblem {
    /// One line: what was found and what was expected.
    package var what: String { words.onOneLine }

    private var words: String {
        switch kind {
        case .json(let kind): JSONProblem(kind, at: offset).description
        case .emptyLine: "the line is empty, expected an event"
        case .missing(let member, let owner): "\(owner) has no '\(member)'"
        case .bad(let member, let found, let expected):
            "'\(member)' is \(found), expected \(expected)"
        case .unknownType(let type, let nearest):
            "event type '\(type)' is unknown"
                + (nearest.map { "; the nearest known one is '\($0)'" } ?? "")
        case .recordedBeforeOccurred(let recorded, let occurred):
            "'recordedtime' \(recorded) is before 'time' \(occurred)"
        case .sequence(let found, let expected):
            found > expected
                ? "'sequence' jumps to \(found), expected \(expected): events are missing"
                : "'sequence' is \(found) again, expected \(expected): events are repeated"
        case .sequenceNotHigher(let found, let previous):
            "'sequence' is \(found) after \(previous), expected a higher one"
        case .recordedWentBack(let found, let previous):
            "'recordedtime' \(found) is before the previous event's \(previous)"
        case .duplicateID(let id, let source, let first):
            "id '\(id)' of source '\(source)' stands already at sequence \(first)"
        case .totalOutOfRange(let account):
            "the totals of fund \(account) leave 64 bits"
        case .tooLong(let bytes, let limit):
            "the line is \(bytes) bytes long, expected at most \(limit)"
        }
    }

    /// What to do about it.
    package var fix: String {
        switch kind {
        case .json, .emptyLine, .missing, .bad, .recordedBeforeOccurred, .tooLong:
            """
            the line is not one this ledger wrote; restore the file from a backup, \
            or correct the producer and import again
            """
        case .unknownType:
            "use a version of claims that knows the type, or read with --tolerate-unknown"
        case .sequence, .recordedWentBack, .duplicateID:
            "the log was edited or spliced; restore it from a backup or a replica"
        case .sequenceNotHigher: "sort the lines of a part by sequence, and give each once"
        case .totalOutOfRange: "look for a wrong amount among the fund's events"
        }
    }
}

/// A line that is not a valid event, with its place: the reader stops there.
package struct LineFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file as it was named to the reader, or `-` for standard input.
    package let file: String
    /// From 1.
    package let line: Int64
    /// Of the problem in the file, from 0.
    package let byteOffset: Int64
    /// The sequence the line has by its place; in a part of a log what it says itself, if it does.
    package let sequence: Int64?
    package let problem: LineProblem
    /// What stands around the problem, and the column in it that the caret points at.
    package let excerpt: Excerpt

    package init(
        file: String, line: Int64, lineOffset: Int64, sequence: Int64?, problem: LineProblem,
        bytes: Span<UInt8>
    ) {
        self.file = file
        self.line = line
        byteOffset = lineOffset + Int64(problem.offset)
        self.sequence = sequence
        self.problem = problem
        excerpt = Excerpt(of: bytes, around: problem.offset)
    }

    /// The house layout: place and problem, byte, excerpt with caret, fix.
    package var description: String {
        """
        \(file):\(line): error: \(problem.what)
          at byte \(byteOffset)\(sequence.map { ", sequence \($0)" } ?? "")
          \(excerpt.text)
          \(String(repeating: " ", count: excerpt.column))^
          fix: \(problem.fix)
        """
    }
}

/// A piece of a line that is safe to print and fits a narrow terminal.
package struct Excerpt: Equatable, Sendable {
    package let text: String
    /// Of the byte in question, from 0.
    package let column: Int

    private static let before = 40
    private static let after = 30

    /// The bytes around an offset; what is not printable ASCII shows as a dot.
    package init(of bytes: Span<UInt8>, around offset: Int) {
        let end = min(bytes.count, offset + Self.after)
        let start = max(0, min(offset, end) - Self.before)
        var text = start > 0 ? "..." : ""
        column = text.utf8.count + (min(offset, bytes.count) - start)
        for index in start..<end {
            let byte = bytes[index]
            text.append(
                (0x20..<0x7F).contains(byte) ? Character(Unicode.Scalar(byte)) : "\u{B7}")
        }
        if end < bytes.count { text += "..." }
        self.text = text
    }
}
