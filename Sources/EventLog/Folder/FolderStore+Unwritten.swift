// What a power cut may leave of a write that no sync covers. A disk keeps no order within it: the
// file may have its new size and its last sectors, while sectors before them were never written
// and read as zeros. No line has a zero byte, so such a hole can be told from anything else.

extension FolderStore {
    /// What the disk writes whole or not at all; every larger block is a multiple of it.
    private static let sectorBytes = 512

    /// The first line of a segment with sectors that were never written, or nil.
    ///
    /// A hole begins with a line or a sector, and ends with a sector or the file: a byte that was
    /// changed afterwards is not taken for one. Looks from `position` on. O(bytes).
    func unwrittenLine(
        _ segment: Int64, from position: LogPosition? = nil
    ) throws(LogFault) -> LineLocation? {
        let path = path(ofSegment: segment)
        let file = try attempt(.reading) { () throws(SystemError) in
            try fileSystem.open(path, for: .readingInside)
        }
        defer { fileSystem.close(file) }
        let start = position ?? LogPosition(sequence: segment, lineInFile: 1, byteOffset: 0)
        var line = Place(start)
        var hole: Hole?
        var offset = start.byteOffset
        while true {
            let block = try attempt(.reading) { () throws(SystemError) in
                try fileSystem.read(file, at: offset, count: blockBytes, after: [])
            }
            if block.isEmpty {
                guard let hole, hole.isUnwritten(endingAt: offset, isFile: true) else {
                    return nil
                }
                return hole.line.location(in: path)
            }
            if let found = Self.firstHole(in: block, at: offset, &hole, &line) {
                return found.location(in: path)
            }
            offset += block.count
        }
    }

    /// The beginning of a line.
    private struct Place {
        var sequence: Int64
        var number: Int
        var byteOffset: Int

        init(_ position: LogPosition) {
            sequence = position.sequence
            number = position.lineInFile
            byteOffset = position.byteOffset
        }

        /// Goes on to the last line that begins in some bytes.
        mutating func advance(over bytes: Span<UInt8>, at offset: Int) {
            guard let last = LineFeeds.last(in: bytes, 0..<bytes.count) else { return }
            let count = LineFeeds.count(in: bytes)
            sequence += Int64(count)
            number += count
            byteOffset = offset + last + 1
        }

        func location(in file: String) -> LineLocation {
            LineLocation(sequence: sequence, file: file, line: number, byteOffset: byteOffset)
        }
    }

    /// Zeros of which the end is not known yet.
    private struct Hole {
        let start: Int
        /// The line that the first of them is in.
        let line: Place

        func isUnwritten(endingAt end: Int, isFile: Bool = false) -> Bool {
            let begins = start % sectorBytes == 0 || start == line.byteOffset
            return begins && (isFile || end % sectorBytes == 0)
        }
    }

    private static func firstHole(
        in block: [UInt8], at offset: Int, _ hole: inout Hole?, _ line: inout Place
    ) -> Place? {
        var index = 0
        while index < block.count {
            if let open = hole {
                while index < block.count, block[index] == 0 { index += 1 }
                if index == block.count { return nil }
                if open.isUnwritten(endingAt: offset + index) { return open.line }
                hole = nil
            }
            let zero = LineFeeds.firstZero(in: block.span, from: index)
            // There is no line feed among zeros, so that a hole leaves the line as it is.
            line.advance(
                over: block.span.extracting(index..<(zero ?? block.count)), at: offset + index)
            guard let zero else { return nil }
            hole = Hole(start: offset + zero, line: line)
            index = zero
        }
        return nil
    }
}
