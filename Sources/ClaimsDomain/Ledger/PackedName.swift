/// The most bytes of a name that is kept whole: sixteen but for that of its length.
@inlinable package var longestWholeName: Int { 15 }

/// A name in sixteen bytes: the whole of a short one, or where the words of a long one stand.
///
/// Nearly all ids are short, so that two of them are told apart without another access to memory.
package struct PackedName: Equatable, Sendable {
    package let low: UInt64
    /// The highest byte is the length of a name that is here whole, or `longMark` or `hexMark`.
    package let high: UInt64

    private static let longMark: UInt64 = 0xFF
    private static let hexMark: UInt64 = 0xFE
    /// How many digits the SHA-256 of a file has.
    static let hexDigitCount = 64

    /// A name of at most `longestWholeName` bytes by its two words, zeros behind the last byte and
    /// its length in the highest one.
    package init(whole low: UInt64, _ high: UInt64) {
        self.low = low
        self.high = high
    }

    /// The second word of a name that is kept whole.
    static func high(_ word: UInt64, byteCount: Int) -> UInt64 {
        word | UInt64(truncatingIfNeeded: byteCount) << 56
    }

    /// A longer name whose words begin at a place of a list of words.
    package init(wordsAt place: Int, byteCount: Int) {
        low = UInt64(truncatingIfNeeded: place)
        high = Self.longMark &<< 56 | UInt64(truncatingIfNeeded: byteCount)
    }

    /// A name of 64 hexadecimal digits whose bytes begin at a place of a list of words.
    init(hexAt place: Int) {
        low = UInt64(truncatingIfNeeded: place)
        high = Self.hexMark &<< 56 | UInt64(Self.hexDigitCount)
    }

    /// Whether the name is here whole.
    package var isWhole: Bool { high &>> 56 < Self.hexMark }

    /// Whether the words are the bytes that the digits of the name say.
    var isHex: Bool { high &>> 56 == Self.hexMark }

    /// The length in bytes.
    package var byteCount: Int {
        Int(truncatingIfNeeded: isWhole ? high &>> 56 : high & 0xFFFF_FFFF)
    }

    /// The places of a long name's words.
    package var wordPlaces: Range<Int> {
        let start = Int(truncatingIfNeeded: low)
        return start..<(start + NameTable.wordCount(isHex ? byteCount / 2 : byteCount))
    }

    /// The two words of a name that is here whole.
    package var words: (UInt64, UInt64) { (low, high & 0x00FF_FFFF_FFFF_FFFF) }
}

/// A name with its hash.
package struct HashedName: Sendable {
    package let name: PackedName
    package let hash: UInt64

    /// Puts the two together.
    package init(_ name: PackedName, hash: UInt64) {
        self.name = name
        self.hash = hash
    }

    /// The empty name.
    package static let empty = HashedName(PackedName(whole: 0, 0), hash: 0)
}
