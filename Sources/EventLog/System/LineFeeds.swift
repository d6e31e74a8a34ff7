#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Finds and counts the ends of lines; the only loops over every byte in this target.
package enum LineFeeds {
    /// The byte that ends a line.
    package static let byte: UInt8 = 0x0A

    /// The index of the first line feed at or after `start`, or nil.
    package static func first(in bytes: Span<UInt8>, from start: Int) -> Int? {
        first(byte, in: bytes, from: start)
    }

    /// The index of the first zero byte at or after `start`, or nil; no line has one.
    static func firstZero(in bytes: Span<UInt8>, from start: Int) -> Int? {
        first(0, in: bytes, from: start)
    }

    private static func first(_ byte: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int? {
        unsafe bytes.withUnsafeBytes { buffer in
            guard start < buffer.count, let base = buffer.baseAddress else { return nil }
            guard let hit = unsafe memchr(base + start, Int32(byte), buffer.count - start) else {
                return nil
            }
            return unsafe UnsafeRawPointer(hit) - base
        }
    }

    /// The index of the last line feed within `range`, or nil; cheap when lines are short.
    package static func last(in bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var index = range.upperBound
        while index > range.lowerBound {
            index -= 1
            if bytes[index] == byte { return index }
        }
        return nil
    }

    /// The number of line feeds; eight bytes a step, which the compiler makes wider still.
    package static func count(in bytes: Span<UInt8>) -> Int {
        unsafe bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            let words = buffer.count / 8
            var total = 0
            var start = 0
            while start < words {
                // A byte of the sum counts to 255 at most, so it is emptied before that.
                let end = min(words, start &+ 255)
                var sums: UInt64 = 0
                for index in start..<end {
                    let word = unsafe base.loadUnaligned(
                        fromByteOffset: index &* 8, as: UInt64.self)
                    sums &+= lineFeedMarks(in: word)
                }
                total &+= sumOfBytes(sums)
                start = end
            }
            for index in (words * 8)..<buffer.count {
                if unsafe buffer[index] == byte { total += 1 }
            }
            return total
        }
    }

    /// A word with 1 in each byte that is a line feed, and 0 in the others.
    private static func lineFeedMarks(in word: UInt64) -> UInt64 {
        let zeroWhereFeed = word ^ 0x0A0A_0A0A_0A0A_0A0A
        // The high bit of a byte gets set unless all its bits are 0; no carry leaves the byte.
        let low = (zeroWhereFeed & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F
        return ~(low | zeroWhereFeed | 0x7F7F_7F7F_7F7F_7F7F) &>> 7
    }

    /// The sum of the eight bytes of a word.
    private static func sumOfBytes(_ word: UInt64) -> Int {
        let pairs = (word & 0x00FF_00FF_00FF_00FF) &+ ((word &>> 8) & 0x00FF_00FF_00FF_00FF)
        return Int((pairs &* 0x0001_0001_0001_0001) &>> 48)
    }
}
