import EventLog

/// Reads byte ranges of a file made of pages, each with its checksum, and believes no byte of a
/// page that fails it.
///
/// The file is read, never mapped: a mapped file that somebody cuts short kills its reader, and the
/// few pages an answer needs come out of the system's cache in microseconds. Files are replaced as
/// a whole, never changed in place.
final class PageFile {
    let path: String
    private let fileSystem: any FileSystem
    private let file: OpenFile
    private let seed: UInt64
    private let pageCount: Int
    /// Payloads of pages read one by one: neighbours are asked for again at once.
    private var known: [Int: [UInt8]] = [:]
    private static let mostKnown = 512
    /// Few enough that the memory for one read is that of the one before it.
    private static let pagesARead = 16

    /// Opens a file of whole pages; `seed` is what its checksums begin with.
    init(_ path: String, seed: UInt64, on fileSystem: any FileSystem) throws(IndexProblem) {
        self.path = path
        self.fileSystem = fileSystem
        self.seed = seed
        let byteCount: Int
        do throws(SystemError) {
            file = try fileSystem.open(path, for: .readingInside)
            byteCount = try fileSystem.status(of: file).byteCount
        } catch {
            throw .system("\(error)")
        }
        guard byteCount > 0, byteCount.isMultiple(of: IndexFormat.pageBytes) else {
            fileSystem.close(file)
            throw .damaged(file: path)
        }
        pageCount = byteCount / IndexFormat.pageBytes
    }

    deinit { fileSystem.close(file) }

    /// The payload bytes it has room for.
    var capacity: Int { pageCount * IndexFormat.payloadBytes }

    /// Some bytes of the payload.
    ///
    /// O(bytes), at least a page where it is not known yet.
    func read(at offset: Int, count: Int) throws(IndexProblem) -> ColumnBytes {
        guard offset >= 0, count >= 0, offset <= capacity - count else {
            throw .damaged(file: path)
        }
        guard count > 0 else { return ColumnBytes(bytes: [], file: path) }
        let payload = IndexFormat.payloadBytes
        let first = offset / payload
        let last = (offset + count - 1) / payload
        var bytes: [UInt8] = []
        if last - first <= 1 {
            for page in first...last {
                let start = max(offset, page * payload) - page * payload
                let end = min(offset + count, (page + 1) * payload) - page * payload
                bytes += try self.page(page)[start..<end]
            }
            return ColumnBytes(bytes: bytes, file: path)
        }
        bytes.reserveCapacity(count)
        for begin in stride(from: first, through: last, by: Self.pagesARead) {
            let stretch = begin...min(last, begin + Self.pagesARead - 1)
            let raw = try pages(stretch)
            for page in stretch {
                let start = max(offset, page * payload) - page * payload
                let end = min(offset + count, (page + 1) * payload) - page * payload
                let base = (page - begin) * IndexFormat.pageBytes
                bytes += raw[(base + start)..<(base + end)]
            }
        }
        return ColumnBytes(bytes: bytes, file: path)
    }

    private func page(_ page: Int) throws(IndexProblem) -> [UInt8] {
        if let payload = known[page] { return payload }
        let payload = Array(try pages(page...page).prefix(IndexFormat.payloadBytes))
        if known.count >= Self.mostKnown { known.removeAll(keepingCapacity: true) }
        known[page] = payload
        return payload
    }

    /// Whole pages with their checksums, checked.
    private func pages(_ range: ClosedRange<Int>) throws(IndexProblem) -> [UInt8] {
        let wanted = range.count * IndexFormat.pageBytes
        var bytes: [UInt8] = []
        while bytes.count < wanted {
            let before = bytes.count
            do throws(SystemError) {
                bytes = try fileSystem.read(
                    file, at: range.lowerBound * IndexFormat.pageBytes + before,
                    count: wanted - before, after: bytes)
            } catch {
                throw .system("\(error)")
            }
            // Somebody has cut the file short since it was opened.
            if bytes.count == before { throw .damaged(file: path) }
        }
        for page in range {
            let base = (page - range.lowerBound) * IndexFormat.pageBytes
            let sum = PageSeal.checksum(
                of: bytes.span.extracting(base..<(base + IndexFormat.payloadBytes)), page: page,
                seed: seed)
            let stored = unsafe bytes.span.bytes.unsafeLoadUnaligned(
                fromByteOffset: base + IndexFormat.payloadBytes, as: UInt64.self)
            guard UInt64(littleEndian: stored) == sum else { throw .damaged(file: path) }
        }
        return bytes
    }
}

/// The checksum of a page, which covers its place and its file as well as its bytes.
enum PageSeal {
    static func checksum(of payload: Span<UInt8>, page: Int, seed: UInt64) -> UInt64 {
        WordHash.hash(payload, seed: seed &+ UInt64(page) &* 0x9E37_79B9_7F4A_7C15)
    }

    /// A file's bytes from its payload.
    static func pages(of payload: [UInt8], seed: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        forEachStretch(of: [payload], seed: seed) { bytes += $0 }
        return bytes
    }

    /// Hands over a file's bytes, some pages at a time, from the parts of its payload.
    ///
    /// One buffer serves all: a run is written while the log is scanned, and its memory is better
    /// left to that.
    static func forEachStretch<Failure: Error>(
        of parts: [[UInt8]], seed: UInt64, _ body: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let size = IndexFormat.payloadBytes
        var buffer: [UInt8] = []
        buffer.reserveCapacity(pagesAStretch * IndexFormat.pageBytes)
        var page = 0
        var pageStart = 0
        func seal() {
            let sum = checksum(
                of: buffer.span.extracting(pageStart..<(pageStart + size)), page: page, seed: seed)
            unsafe withUnsafeBytes(of: sum.littleEndian) { unsafe buffer.append(contentsOf: $0) }
            page += 1
            pageStart = buffer.count
        }
        for part in parts {
            var start = 0
            while start < part.count {
                let end = min(part.count, start + size - (buffer.count - pageStart))
                buffer += part[start..<end]
                start = end
                guard buffer.count - pageStart == size else { continue }
                seal()
                guard page.isMultiple(of: pagesAStretch) else { continue }
                try body(buffer)
                buffer.removeAll(keepingCapacity: true)
                pageStart = 0
            }
        }
        if buffer.count > pageStart {
            buffer += repeatElement(0, count: size - (buffer.count - pageStart))
            seal()
        }
        if !buffer.isEmpty { try body(buffer) }
    }

    private static let pagesAStretch = 256
}
