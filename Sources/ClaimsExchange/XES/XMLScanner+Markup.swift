// The pieces of markup. Each is first read to its end, then looked into and taken.
extension XMLScanner {
    /// Byte order mark, compression, encodings of more bytes a character, and `<?xml ...?>`.
    mutating func start() throws(XESFault) {
        guard try has(2) else { return }
        switch (byte(0), byte(1)) {
        case (0x1F, 0x8B): throw fault(.compressed)
        case (0xFE, 0xFF), (0xFF, 0xFE), (0, _), (_, 0): throw fault(.encoding("UTF-16"))
        default: break
        }
        if try has(3), byte(0) == 0xEF, byte(1) == 0xBB, byte(2) == 0xBF {
            advance(3)
            lineStart = 3
        }
        if try has(6), starts(with: "<?xml"), Self.isSpace(byte(5)) {
            let end = try find("?>", from: 5, of: "<?xml ...?>")
            try xmlDeclaration(end: end)
            advance(end + 2)
        }
    }

    /// Takes a processing instruction: it is for others.
    mutating func instruction() throws(XESFault) {
        let end = try find("?>", from: 2, of: "<? ... ?>")
        var cursor = 2
        let name = try takeName(&cursor, end: end)
        guard name.lowercased() != "xml" else {
            throw fault(
                .malformed(found: "<?xml ...?>", expected: "it at the start of the file only"))
        }
        _ = try decoded(2, end)
        advance(end + 2)
    }

    /// Takes a comment or a section of plain text; refuses anything else behind `<!`.
    mutating func declaration() throws(XESFault) {
        _ = try has(9)
        if starts(with: "<!--") {
            let end = try find("--", from: 4, of: "<!-- ... -->")
            guard try has(end + 3), byte(end + 2) == UInt8(ascii: ">") else {
                throw fault(
                    .malformed(found: "'--' in a comment", expected: "'-->' at its end"), at: end)
            }
            _ = try checkText(4, end)
            advance(end + 3)
        } else if starts(with: "<![CDATA["), !open.isEmpty {
            let end = try find("]]>", from: 9, of: "<![CDATA[ ... ]]>")
            _ = try checkText(9, end)
            advance(end + 3)
        } else {
            throw fault(
                starts(with: "<!DOCTYPE")
                    ? .documentType : .malformed(found: "'<!'", expected: "a tag or a comment"))
        }
    }

    /// Text between tags: XES keeps nothing in it, so it is checked and passed over.
    mutating func text() throws(XESFault) {
        let end = try find("<", from: 0, of: nil)
        var offset = 0
        skipSpace(&offset, end: end)
        if offset < end {
            guard !open.isEmpty else {
                throw fault(
                    .malformed(found: "text outside the root element", expected: "a tag"),
                    at: offset)
            }
            _ = try decoded(0, end)
            while offset + 2 < end {
                if byte(offset) == 0x5D, byte(offset + 1) == 0x5D, byte(offset + 2) == 0x3E {
                    throw fault(
                        .malformed(found: "']]>' in a text", expected: "']]&gt;'"), at: offset)
                }
                offset += 1
            }
        }
        advance(end)
    }

    /// Takes an end tag, which has to close the innermost element.
    mutating func endTag() throws(XESFault) -> XMLToken {
        let end = try find(">", from: 2, of: "</ ... >")
        var cursor = 2
        let name = try takeName(&cursor, end: end)
        skipSpace(&cursor, end: end)
        guard cursor == end else {
            throw fault(.malformed(found: self.name(of: byte(cursor)), expected: "'>'"), at: cursor)
        }
        guard let last = open.last else {
            throw fault(.malformed(found: "</\(name)>", expected: "the end of the file"))
        }
        guard name == last.name else {
            throw fault(.closesAnother(found: name, open: last.name, openedAtLine: last.line))
        }
        advance(end + 1)
        open.removeLast()
        return .end
    }

    /// Takes a start tag or an empty element.
    mutating func startTag() throws(XESFault) -> XMLToken {
        let end = try tagEnd()
        var cursor = 1
        let name = try takeName(&cursor, end: end)
        let (attributes, isEmpty) = try attributes(from: cursor, end: end)
        guard !open.isEmpty || !hasRoot else {
            throw fault(.malformed(found: "<\(name)>", expected: "the end of the file"))
        }
        guard open.count < Self.deepestNesting else {
            throw fault(.tooDeep(limit: Self.deepestNesting))
        }
        let isPrefixed = name.utf8.contains(UInt8(ascii: ":"))
        let local = isPrefixed ? name.split(separator: ":").last.map(String.init) ?? name : name
        let tag = XMLTag(name: local, attributes: attributes, line: line)
        hasRoot = true
        open.append((name, line))
        closesNext = isEmpty
        advance(end + 1)
        return .start(tag)
    }

    /// The offset of the `>` that ends the tag at `position`; one between quotes does not.
    private mutating func tagEnd() throws(XESFault) -> Int {
        var offset = 1
        var quote: UInt8 = 0
        while try has(offset + 1) {
            let read = buffer.count - position
            while offset < read {
                let next = buffer[position + offset]
                if quote != 0 {
                    if next == quote { quote = 0 }
                } else if next == 0x3E {  // >
                    return offset
                } else if next == 0x22 || next == 0x27 {  // " '
                    quote = next
                } else if next == 0x3C {  // <
                    throw fault(.malformed(found: "'<' in a tag", expected: "'>'"), at: offset)
                }
                offset += 1
            }
            guard offset < Self.largestToken else { throw tooLong }
        }
        throw fault(.malformed(found: "the end", expected: "'>' of the tag"))
    }

    /// The offset of a terminator; without it the end of the file when `piece` is nil.
    private mutating func find(
        _ terminator: StaticString, from start: Int, of piece: String?
    ) throws(XESFault) -> Int {
        let wanted = Array(terminator.description.utf8)
        let first = wanted[0]
        var offset = start
        while try has(offset + wanted.count) {
            let read = buffer.count - position - wanted.count
            while offset <= read {
                if buffer[position + offset] == first,
                    wanted.count == 1
                        || wanted.indices.allSatisfy({ byte(offset + $0) == wanted[$0] })
                {
                    return offset
                }
                offset += 1
            }
            guard offset < Self.largestToken else { throw tooLong }
        }
        guard let piece else { return buffer.count - position }
        throw fault(.malformed(found: "the end", expected: "the end of '\(piece)'"))
    }

    private var tooLong: XESFault { fault(.tooLong(limit: Self.largestToken)) }

    private func starts(with text: StaticString) -> Bool {
        buffer[position...].starts(with: text.description.utf8)
    }
}
