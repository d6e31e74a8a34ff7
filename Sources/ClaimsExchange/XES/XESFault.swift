package import ClaimsCodec

/// What keeps an XES file or its mapping from being read, with its place: the reader stops there.
package struct XESFault: Error, Equatable, Sendable {
    /// What is wrong: with the file as such, the XML, the XES, or the mapping.
    package enum Problem: Equatable, Sendable {
        case unreadable(reason: String)
        case compressed
        case encoding(String)
        case invalidUTF8
        case documentType
        case undefinedEntity(String)
        case forbiddenCharacter(String)
        case malformed(found: String, expected: String)
        case unclosed(String, openedAtLine: Int64)
        case closesAnother(found: String, open: String, openedAtLine: Int64)
        case tooLong(limit: Int)
        case tooDeep(limit: Int)
        case notXES(root: String)
        case unexpectedElement(String, inside: String, nearest: String?)
        case missingAttribute(String, element: String)
        case badAttribute(String, found: String, expected: String)
        case attributeTwice(String, inside: String)
        case mapping(JSONProblem)
        case mappingMember(String, owner: String, nearest: String?)
        case mappingNeeds(String, owner: String)
        case mappingValue(String, found: String, expected: String)
    }

    /// The file as it was named to the reader, or `-` for standard input.
    package let file: String
    /// From 1.
    package let line: Int64
    /// Bytes from the start of the line, from 1.
    package let column: Int64
    /// Of the problem in the file, from 0.
    package let byteOffset: Int64
    package let problem: Problem
    /// What stands around the problem; nil when nothing could be read.
    package let excerpt: Excerpt?

    /// A problem at a place that is known already.
    package init(
        file: String, line: Int64, column: Int64, byteOffset: Int64, problem: Problem,
        excerpt: Excerpt?
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.byteOffset = byteOffset
        self.problem = problem
        self.excerpt = excerpt
    }

    /// A problem at a byte of a text that is wholly in memory.
    package init(file: String, problem: Problem, at offset: Int, of text: [UInt8]) {
        let before = text.prefix(offset)
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        self.init(
            file: file, line: Int64(before.count { $0 == UInt8(ascii: "\n") } + 1),
            column: Int64(before.count - lineStart + 1), byteOffset: Int64(offset),
            problem: problem, excerpt: Excerpt(of: text.span, around: offset))
    }
}

extension XESFault: CustomStringConvertible {
    /// The house layout: place and problem, column and byte, excerpt with caret, fix.
    package var description: String {
        var lines = [
            "\(file):\(line): error: \(problem.what)", "  at column \(column), byte \(byteOffset)",
        ]
        if let excerpt {
            lines.append("  \(excerpt.text)")
            lines.append("  \(String(repeating: " ", count: excerpt.column))^")
        }
        lines.append("  fix: \(problem.fix(file: file))")
        return lines.joined(separator: "\n")
    }
}

extension XESFault.Problem {
    /// One line: what was found and what was expected.
    package var what: String {
        switch self {
        case .unreadable(let reason): "the file cannot be read: \(reason)"
        case .compressed: "the file is compressed with gzip, expected XML"
        case .encoding(let name): "the encoding is '\(name)', expected 'UTF-8'"
        case .invalidUTF8: "the bytes are not valid UTF-8"
        case .documentType: "the file has a document type, expected none"
        case .undefinedEntity(let name): "entity '&\(name);' is not one of XML's own five"
        case .forbiddenCharacter(let name): "character \(name) is not allowed in XML"
        case .malformed(let found, let expected): "found \(found), expected \(expected)"
        case .unclosed(let name, let line):
            "the file ends inside <\(name)>, which line \(line) opens"
        case .closesAnother(let found, let open, let line):
            "found </\(found)>, expected </\(open)>, which line \(line) opens"
        case .tooLong(let limit): "a piece of markup is longer than \(limit) bytes"
        case .tooDeep(let limit): "elements are nested deeper than \(limit)"
        case .notXES(let root): "the root element is <\(root)>, expected <log>"
        case .unexpectedElement(let name, let parent, let nearest):
            "element <\(name)> has no place in <\(parent)>" + Self.hint(nearest)
        case .missingAttribute(let name, let element): "element <\(element)> has no '\(name)'"
        case .badAttribute(let name, let found, let expected):
            "'\(name)' is '\(found)', expected \(expected)"
        case .attributeTwice(let key, let owner):
            "attribute '\(key)' stands twice in one <\(owner)>, with different values"
        case .mapping(let problem): problem.description
        case .mappingMember(let name, let owner, let nearest):
            "\(owner) has no member '\(name)'" + Self.hint(nearest)
        case .mappingNeeds(let name, let owner): "\(owner) needs '\(name)'"
        case .mappingValue(let name, let found, let expected):
            "'\(name)' is \(found), expected \(expected)"
        }
    }

    /// What to do about it.
    package func fix(file: String) -> String {
        switch self {
        case .unreadable: "name a file that exists and may be read, or '-' for standard input"
        case .compressed: "pipe it in: gzip -dc \(file) | claims import xes -"
        case .encoding(let name): "convert it first: iconv -f \(name) -t UTF-8 \(file)"
        case .documentType, .undefinedEntity:
            "XES needs no document type and no entities; export the log again without them"
        case .invalidUTF8, .forbiddenCharacter, .malformed, .unclosed, .closesAnother:
            "the file is damaged or not XML; export the log again, or restore it from a backup"
        case .tooLong, .tooDeep: "no XES log needs that; look at the file before importing it"
        case .notXES: "give an XES log (IEEE 1849)"
        case .unexpectedElement, .missingAttribute, .badAttribute, .attributeTwice:
            "correct the program that wrote the log, or the log, to follow IEEE 1849"
        case .mapping, .mappingMember, .mappingNeeds, .mappingValue:
            "correct the mapping file; tools/xes/domestic-declarations.json is a whole example"
        }
    }

    private static func hint(_ nearest: String?) -> String {
        nearest.map { "; did you mean '\($0)'?" } ?? ""
    }
}
