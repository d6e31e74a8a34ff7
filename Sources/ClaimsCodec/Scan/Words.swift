import ClaimsDomain

/// Questions to eight bytes at once.
///
/// Words with bit tricks instead of SIMD masks: Swift has no instruction that gathers a mask's
/// bits, and the reductions it makes in its place are slower than these.
enum Words {
    static let ones: UInt64 = 0x0101_0101_0101_0101
    static let highs: UInt64 = 0x8080_8080_8080_8080

    /// A word of eight times the same byte.
    @inline(__always)
    static func all(_ byte: UInt8) -> UInt64 { UInt64(byte) &* ones }

    /// The high bit of each byte that is 0, exact up to the lowest such byte.
    @inline(__always)
    static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

    /// The high bit of each byte that ends the plain run of a string: a quote, a backslash, a
    /// control character or a byte beyond ASCII; exact up to the lowest such byte.
    ///
    /// A borrow can only come out of a byte that is marked itself.
    @inline(__always)
    static func stops(_ word: UInt64) -> UInt64 {
        let control = (word &- all(0x20)) | word
        return zeros(word ^ all(0x22)) | zeros(word ^ all(0x5C)) | control & highs
    }

    /// The same with delete (0x7F), which no identifier may hold.
    @inline(__always)
    static func identifierStops(_ word: UInt64) -> UInt64 {
        stops(word) | zeros(word ^ all(0x7F))
    }

    /// The place of the first marked byte of a word that has one.
    @inline(__always)
    static func first(_ marks: UInt64) -> Int { marks.trailingZeroBitCount &>> 3 }

    /// The first `count` bytes (0...8) of a word, zeros behind them.
    @inline(__always)
    static func prefix(_ word: UInt64, _ count: Int) -> UInt64 {
        count == 0 ? 0 : word & (UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- count &* 8))
    }

    /// The number that eight digits say (values 0...9, the first byte the highest digit).
    @inline(__always)
    static func number(_ digits: UInt64) -> UInt64 {
        let pairs = (digits &* 2561) &>> 8 & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &* 6_553_601) &>> 16 & 0x0000_FFFF_0000_FFFF
        return (fours &* 42_949_672_960_001) &>> 32
    }

    /// The high bit of each byte above 9; exact for every byte.
    @inline(__always)
    static func aboveNine(_ word: UInt64) -> UInt64 {
        (((word & ~highs) &+ all(0x76)) | word) & highs
    }

    /// The values of eight lower-case hexadecimal digits, one a byte; nil if one is none.
    @inline(__always)
    static func hexValues(_ word: UInt64) -> UInt64? {
        let letters = word & all(0x40)
        let values = (word & all(0x0F)) &+ (letters &>> 6) &* 9
        // Written out again they must give the same text: that refuses every other byte.
        let above = (values &+ all(0x76)) & highs
        let text = values &+ all(0x30) &+ (above &>> 7) &* 0x27
        return text == word && values & all(0xF0) == 0 ? values : nil
    }

    /// Eight values of four bits each, brought together; no two groups give the same.
    @inline(__always)
    static func nibbles(_ values: UInt64) -> UInt64 {
        let pairs = ((values &<< 4) | (values &>> 8)) & 0x00FF_00FF_00FF_00FF
        let fours = (pairs | pairs &>> 8) & 0x0000_FFFF_0000_FFFF
        return (fours | fours &>> 16) & 0xFFFF_FFFF
    }
}

/// A text of at most 32 bytes, compared a word at a time.
struct Literal {
    let count: Int
    private let word0: UInt64
    private let word1: UInt64
    private let word2: UInt64
    private let word3: UInt64
    private let mask0: UInt64
    private let mask1: UInt64
    private let mask2: UInt64
    private let mask3: UInt64

    static let longest = 32

    init(_ text: String) {
        let bytes = Array(text.utf8)
        precondition(bytes.count <= Self.longest, "a literal has at most four words")
        func part(_ index: Int) -> (word: UInt64, mask: UInt64) {
            var word: UInt64 = 0
            var mask: UInt64 = 0
            for place in 0..<8 where index * 8 + place < bytes.count {
                word |= UInt64(bytes[index * 8 + place]) << UInt64(place * 8)
                mask |= 0xFF << UInt64(place * 8)
            }
            return (word, mask)
        }
        count = bytes.count
        (word0, mask0) = part(0)
        (word1, mask1) = part(1)
        (word2, mask2) = part(2)
        (word3, mask3) = part(3)
    }

    /// Whether these bytes stand at `offset`.
    @inline(__always)
    func stands(in bytes: ScanBytes, at offset: Int) -> Bool {
        guard bytes.word(offset) & mask0 == word0 else { return false }
        if count <= 8 { return true }
        guard bytes.word(offset &+ 8) & mask1 == word1 else { return false }
        if count <= 16 { return true }
        return bytes.word(offset &+ 16) & mask2 == word2
            && bytes.word(offset &+ 24) & mask3 == word3
    }
}
