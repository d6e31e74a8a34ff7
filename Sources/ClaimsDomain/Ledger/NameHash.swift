/// The hash of a name, built from its bytes in words of eight (the last one filled with zeros).
///
/// Fixed, so that no seed shows in any output; a multiplication and a shift a word, so that a
/// scanner can hash a name from the words it has just looked through.
package struct NameHash {
    @usableFromInline var state: UInt64

    /// Begins the hash of a name of so many bytes.
    @inlinable
    package init(byteCount: Int) {
        state = UInt64(truncatingIfNeeded: byteCount) ^ 0x243F_6A88_85A3_08D3
    }

    /// Takes the next word.
    @inlinable
    package mutating func add(_ word: UInt64) {
        state = (state ^ word) &* 0x9E37_79B9_7F4A_7C15
        state ^= state &>> 32
    }

    /// The hash: its low bits choose a slot, its high half tells names in one slot apart.
    @inlinable package var value: UInt64 {
        let mixed = state &* 0xD6E8_FEB8_6659_FD93
        return mixed ^ mixed &>> 32
    }
}
