/// Bytes to scan, with at least `padding` readable bytes behind the last one of interest, so that
/// a word can be loaded at any of them without asking where the end is.
///
/// The one place where the scanner meets memory by address. Whoever makes one vouches that the
/// memory outlives it and that the padding is there; a scan never goes further than one word
/// beyond the first byte that ends it, and a line feed ends every scan.
@safe
struct ScanBytes {
    /// A literal of four words may be compared at the last byte.
    static let padding = 64

    private let base: UnsafeRawPointer

    /// The bytes of a buffer, which must not be empty.
    @unsafe
    init(_ buffer: UnsafeRawBufferPointer) {
        guard let base = buffer.baseAddress else {
            preconditionFailure("a buffer with padding has an address")
        }
        unsafe self.base = base
    }

    /// Eight bytes, the first one lowest.
    @inline(__always)
    func word(_ offset: Int) -> UInt64 {
        unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Four bytes, the first one lowest.
    @inline(__always)
    func half(_ offset: Int) -> UInt32 {
        unsafe UInt32(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    @inline(__always)
    func byte(_ offset: Int) -> UInt8 { unsafe base.load(fromByteOffset: offset, as: UInt8.self) }
}

/// Bytes of one line with the line feed and the padding that a scan needs: a copy, for lines that
/// do not come in a large buffer of lines.
struct PaddedLine {
    private var bytes: [UInt8] = []

    /// Scans a copy of a line, ended by a line feed; `body` must not keep the bytes.
    mutating func scan<Result>(
        _ line: Span<UInt8>, _ body: (ScanBytes) -> Result
    ) -> Result {
        bytes.removeAll(keepingCapacity: true)
        bytes.reserveCapacity(line.count + 1 + ScanBytes.padding)
        unsafe line.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
        bytes.append(0x0A)
        for _ in 0..<ScanBytes.padding { bytes.append(0) }
        return unsafe bytes.withUnsafeBytes { unsafe body(ScanBytes($0)) }
    }
}
