// The hash of a name, built from its bytes in words of eight (the last one filled with zeros):
// begun with the length, then each word, then finished.
//
// Fixed, so that no seed shows in any output; a multiplication and a shift a word, so that a
// scanner can hash a name from the words it has just looked through. Functions and no type, since
// the compiler puts only these into the loops of another target.

/// Begins the hash of a name of so many bytes.
@inlinable @inline(__always)
package func beginNameHash(byteCount: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: byteCount) ^ 0x243F_6A88_85A3_08D3
}

/// Takes the next word.
@inlinable @inline(__always)
package func nameHash(_ state: UInt64, adding word: UInt64) -> UInt64 {
    let product = (state ^ word) &* 0x9E37_79B9_7F4A_7C15
    return product ^ product &>> 32
}

/// The hash: its bits choose a slot, and tell names in one slot apart.
@inlinable @inline(__always)
package func finishNameHash(_ state: UInt64) -> UInt64 {
    let mixed = state &* 0xD6E8_FEB8_6659_FD93
    return mixed ^ mixed &>> 32
}
