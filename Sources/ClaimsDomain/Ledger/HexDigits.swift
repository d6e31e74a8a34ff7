/// Lower-case hexadecimal digits in words, as the SHA-256 of a file is written.
///
/// A word has eight digits or bytes, the first one lowest.
enum HexDigits {
    /// The eight bytes that sixteen digits say; nil where other characters are among them.
    static func bytes(_ first: UInt64, _ second: UInt64) -> UInt64? {
        let bytes = half(first) | half(second) << 32
        // Written out again they must give the same text: that refuses every other character.
        let text = digits(bytes)
        return text.0 == first && text.1 == second ? bytes : nil
    }

    /// The sixteen digits of eight bytes.
    static func digits(_ bytes: UInt64) -> (UInt64, UInt64) {
        (spread(bytes & 0xFFFF_FFFF), spread(bytes >> 32))
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// Four bytes of eight digits; anything where they are none.
    private static func half(_ text: UInt64) -> UInt64 {
        let values = (text & 0x0F0F_0F0F_0F0F_0F0F) &+ (text >> 6 & ones) &* 9
        let pairs = (values << 4 | values >> 8) & 0x00FF_00FF_00FF_00FF
        let fours = (pairs | pairs >> 8) & 0x0000_FFFF_0000_FFFF
        return (fours | fours >> 16) & 0xFFFF_FFFF
    }

    /// Eight digits of four bytes.
    private static func spread(_ bytes: UInt64) -> UInt64 {
        let twos = (bytes | bytes << 16) & 0x0000_FFFF_0000_FFFF
        let ones = (twos | twos << 8) & 0x00FF_00FF_00FF_00FF
        let values = (ones >> 4 & 0x000F_000F_000F_000F) | (ones & 0x000F_000F_000F_000F) << 8
        let letters = (values &+ 0x7676_7676_7676_7676) >> 7 & Self.ones
        return values &+ 0x3030_3030_3030_3030 &+ letters &* 0x27
    }
}
