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
            var low: UInt64 = 0
            var high: UInt64 = 0
            var place: UInt64 = 0
            while offset < count {
                let byte = UInt64(unsafe buffer[offset])
                if place < 64 { low |= byte << place } else { high |= byte << (place &- 64) }
                place &+= 8
                offset &+= 1
            }
            state = mix(low ^ second, high ^ state)
            return mix(state ^ third, first)
        }
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
