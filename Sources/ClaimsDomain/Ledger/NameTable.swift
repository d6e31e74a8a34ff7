/// The number of an interned name; 0 is the empty name.
package struct NameKey: Hashable, Sendable {
    package let index: UInt32

    package init(index: UInt32) { self.index = index }

    /// The empty name: "not given".
    package static let none = NameKey(index: 0)
}

/// Every id and label of a log, once: a replay compares and stores 32-bit keys instead of texts.
///
/// Open addressing over one pool of bytes: no allocation for a name seen before. Keys count up in
/// the order of first sight, so the same log gives the same keys.
package struct NameTable: Sendable {
    private var pool: [UInt8] = []
    /// Where each name ends in `pool`; it starts where the one before ends.
    private var ends: [Int] = [0]
    /// Key + 1 by hash, 0 = free; a power of two, at most half full.
    private var slots: [UInt32]
    private var hashes: [UInt64]

    package init() {
        slots = Array(repeating: 0, count: 1024)
        hashes = [Self.hash([UInt8]().span)]
        place(NameKey.none.index)
    }

    /// The number of names, the empty one included.
    package var count: Int { ends.count }

    /// The key of a name, new or seen before.
    ///
    /// O(bytes).
    package mutating func intern(_ bytes: Span<UInt8>) -> NameKey {
        let hash = Self.hash(bytes)
        if let found = find(bytes, hash) { return found }
        let key = UInt32(ends.count)
        for index in bytes.indices { pool.append(bytes[index]) }
        ends.append(pool.count)
        hashes.append(hash)
        if ends.count * 2 > slots.count { grow() } else { place(key) }
        return NameKey(index: key)
    }

    /// The key of a name, new or seen before.
    package mutating func intern(_ text: String) -> NameKey {
        let bytes = Array(text.utf8)
        return intern(bytes.span)
    }

    /// The key of a name already seen; nil otherwise.
    package func key(of text: String) -> NameKey? {
        let bytes = Array(text.utf8)
        return find(bytes.span, Self.hash(bytes.span))
    }

    /// The name of a key of this table.
    package func text(_ key: NameKey) -> String {
        let range = range(key.index)
        return String(decoding: pool[range], as: UTF8.self)
    }

    private func range(_ key: UInt32) -> Range<Int> {
        key == 0 ? 0..<0 : ends[Int(key) - 1]..<ends[Int(key)]
    }

    private func find(_ bytes: Span<UInt8>, _ hash: UInt64) -> NameKey? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let key = slots[slot] - 1
            if hashes[Int(key)] == hash, isEqual(bytes, range(key)) { return NameKey(index: key) }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private func isEqual(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard bytes.count == range.count else { return false }
        for index in bytes.indices where bytes[index] != pool[range.lowerBound + index] {
            return false
        }
        return true
    }

    private mutating func place(_ key: UInt32) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hashes[Int(key)]) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = key + 1
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        for key in hashes.indices { place(UInt32(key)) }
    }

    /// FNV-1a with a final mix: fixed, so that no seed shows in any output.
    private static func hash(_ bytes: Span<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in bytes.indices {
            hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3
        }
        hash ^= hash >> 32
        return hash &* 0x9E37_79B9_7F4A_7C15 >> 16 ^ hash
    }
}
