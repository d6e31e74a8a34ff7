import ClaimsCodec

/// A tag of a document that has been found to be well formed up to there.
enum XMLToken: Equatable {
    case start(XMLTag)
    /// Also follows the start of an empty element.
    case end
}

/// A start tag: its name without namespace prefix, its attributes in their order.
struct XMLTag: Equatable {
    /// A name and its value with references resolved.
    struct Attribute: Equatable {
        let name: String
        let value: String
    }

    let name: String
    let attributes: [Attribute]
    /// Of its first byte in the file, from 1.
    let line: Int64

    /// The value of an attribute.
    subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }
}

/// Walks over the tags of an XML 1.0 document in UTF-8 as its bytes arrive, holding one token only.
///
/// It knows XML's own five entities and no others: a document type is refused, so there is nothing
/// to expand and nothing to fetch. Foundation's parser cannot be used here: on Linux it expands
/// internal entities and tells its delegate of none of them, nor of the document type.
struct XMLScanner {
    /// The longest piece of markup or text between two tags, in bytes: what memory is bounded by.
    static let largestToken = 1 << 20
    /// XES nests attributes; no log seen goes beyond five.
    static let deepestNesting = 64

    let file: String
    private let nextChunk: () throws -> [UInt8]
    /// What has been read and not yet taken, from `position` on.
    private(set) var buffer: [UInt8] = []
    private(set) var position = 0
    /// The byte of the file that `buffer` starts with, from 0.
    private var bufferOffset: Int64 = 0
    /// The line of `position`, from 1, and the byte of the file that it starts with.
    private(set) var line: Int64 = 1
    var lineStart: Int64 = 0
    private var hasStarted = false
    /// Whether the root element has begun.
    var hasRoot = false
    /// The elements the reader is in, with the lines they begin at.
    var open: [(name: String, line: Int64)] = []
    /// Whether the innermost element is an empty one, to be closed next.
    var closesNext = false

    /// A scanner over chunks of bytes; an empty chunk is the end.
    init(file: String, nextChunk: @escaping () throws -> [UInt8]) {
        self.file = file
        self.nextChunk = nextChunk
    }

    /// The next tag; nil at the end of a whole document.
    mutating func next() throws(XESFault) -> XMLToken? {
        if closesNext {
            closesNext = false
            open.removeLast()
            return .end
        }
        if !hasStarted {
            hasStarted = true
            try start()
        }
        while try has(1) {
            guard byte(0) == UInt8(ascii: "<") else {
                try text()
                continue
            }
            guard try has(2) else { throw fault(.malformed(found: "the end", expected: "a tag")) }
            switch byte(1) {
            case UInt8(ascii: "?"): try instruction()
            case UInt8(ascii: "!"): try declaration()
            case UInt8(ascii: "/"): return try endTag()
            default: return try startTag()
            }
        }
        if let last = open.last { throw fault(.unclosed(last.name, openedAtLine: last.line)) }
        guard hasRoot else {
            throw fault(.malformed(found: "the end", expected: "an XML element"))
        }
        return nil
    }

    /// A problem at a byte from `position`.
    func fault(_ problem: XESFault.Problem, at offset: Int = 0) -> XESFault {
        var (line, lineStart) = (line, lineStart)
        let end = min(buffer.count, position + offset)
        for index in position..<end where buffer[index] == UInt8(ascii: "\n") {
            line += 1
            lineStart = bufferOffset + Int64(index) + 1
        }
        let byteOffset = bufferOffset + Int64(end)
        return XESFault(
            file: file, line: line, column: byteOffset - lineStart + 1, byteOffset: byteOffset,
            problem: problem, excerpt: Excerpt(of: buffer.span, around: end))
    }

    /// The byte `offset` bytes from `position`, which must have been read.
    func byte(_ offset: Int) -> UInt8 { buffer[position + offset] }

    /// Whether the document goes on for `count` bytes from `position`; reads them.
    mutating func has(_ count: Int) throws(XESFault) -> Bool {
        while buffer.count - position < count {
            guard try fill() else { return false }
        }
        return true
    }

    private mutating func fill() throws(XESFault) -> Bool {
        let chunk: [UInt8]
        do {
            chunk = try nextChunk()
        } catch {
            throw fault(.unreadable(reason: "\(error)"))
        }
        guard !chunk.isEmpty else { return false }
        buffer.removeFirst(position)
        bufferOffset += Int64(position)
        position = 0
        buffer.append(contentsOf: chunk)
        return true
    }

    /// Takes `count` bytes that have been read.
    mutating func advance(_ count: Int) {
        let end = position + count
        while position < end {
            if buffer[position] == 0x0A {
                line += 1
                lineStart = bufferOffset + Int64(position) + 1
            }
            position += 1
        }
    }
}
