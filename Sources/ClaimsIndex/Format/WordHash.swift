/// A fast 64-bit hash with no seed of its own: checksums of pages, and keys of look-up tables.
///
/// Multiplies two 64-bit words into 128 bits and folds them (the construction of wyhash). It finds
/// damage, not forgery: who can write to the cache can write what he likes.
enum WordHash {
    private static let first: UInt64 = 0xA076_1D64_78BD_642F
    private static let second: UInt64 = 0xE703_7ED1_A0B4_28DB
    private static let third: UInt64 = 0x8EBC_6AF0_9C88_C6E3

    /// The hash of some bytes under a seed.
    ///
    /// 16 bytes a step; the same on every machine.
    static func hash(_ bytes: Span<UInt8>, seed: UInt64) -> UInt64 {
        unsafe bytes.withUnsafeBytes { buffer in
            let count = buffer.count
            var state = mix(seed ^ first, UInt64(count) ^ second)
            var offset = 0
            while offset &+ 16 <= count {
                let low = unsafe buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                let high = unsafe buffer.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self)
                state = mix(UInt64(littleEndian: low) ^ second, UInt64(littleEndian: high) ^ state)
                offset &+= 16
            }
            let low = unsafe word(buffer, from: offset)
            let high = unsafe word(buffer, from: offset &+ 8)
            state = mix(low ^ second, high ^ state)
            return mix(state ^ third, first)
        }
    }

    /// The word at a place, the first byte lowest, zeros in the place of bytes behind the end.
    @inline(__always)
    private static func word(_ buffer: UnsafeRawBufferPointer, from offset: Int) -> UInt64 {
        let rest = buffer.count &- offset
        if rest <= 0 { return 0 }
        if buffer.count >= 8 {
            // A whole word that ends where the bytes do, rather than byte after byte.
            let start = min(offset, buffer.count &- 8)
            let word = unsafe buffer.loadUnaligned(fromByteOffset: start, as: UInt64.self)
            return UInt64(littleEndian: word) &>> UInt64((offset &- start) &* 8)
        }
        var word: UInt64 = 0
        for index in 0..<rest {
            word |= UInt64(unsafe buffer[offset &+ index]) &<< UInt64(index &* 8)
        }
        return word
    }

    /// The hash of a text under a seed.
    static func hash(_ text: String, seed: UInt64) -> UInt64 {
        let bytes = Array(text.utf8)
        return hash(bytes.span, seed: seed)
    }

    /// The two halves of the product, folded.
    static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
