/// The number of an interned name; 0 is the empty name.
package struct NameKey: Hashable, Sendable {
    package let index: UInt32

    @inlinable
    package init(index: UInt32) { self.index = index }

    /// The empty name: "not given".
    package static let none = NameKey(index: 0)
}

/// Every id and label of a log, once: a replay compares and stores 32-bit keys instead of texts.
///
/// Open addressing over one pool of words: no allocation for a name seen before. Keys count up in
/// the order of first sight, so the same log gives the same keys.
package struct NameTable: Sendable {
    /// The bytes of each name, eight a word, the last word filled with zeros.
    @usableFromInline var pool: [UInt64] = []
    @usableFromInline var places: [Place] = []
    /// Half of the name's hash above its key + 1, 0 = free; a power of two, at most half full, so
    /// that nearly every name stands in its first slot.
    @usableFromInline var slots: [UInt64]

    /// Where a name stands in the pool, and how many bytes it has.
    @usableFromInline
    struct Place {
        @usableFromInline let packed: UInt64

        @inlinable
        init(packed: UInt64) { self.packed = packed }

        init(word: Int, byteCount: Int) { packed = UInt64(word) << 24 | UInt64(byteCount) }

        @inlinable var word: Int { Int(packed >> 24) }
        @inlinable var byteCount: Int { Int(packed & 0xFF_FFFF) }
        var wordCount: Int { NameTable.wordCount(byteCount) }
    }

    package init() {
        slots = Array(repeating: 0, count: 1024)
        _ = intern([UInt8]().span)
    }

    /// The number of names, the empty one included.
    package var count: Int { places.count }

    /// The key of a name given in words with its hash, new or seen before.
    ///
    /// O(bytes).
    package mutating func intern(
        words: Span<UInt64>, byteCount: Int, hash: UInt64
    ) -> NameKey {
        if let found = find(words, byteCount, hash) { return found }
        let word = pool.count
        for index in words.indices { pool.append(words[index]) }
        return add(Place(word: word, byteCount: byteCount), hash)
    }

    /// Gives the name whose words stand at a place the next key.
    private mutating func add(_ place: Place, _ hash: UInt64) -> NameKey {
        precondition(place.byteCount < 1 << 24, "no name is longer than a line")
        let key = UInt32(places.count)
        places.append(place)
        if places.count * 2 > slots.count { grow() } else { self.place(key, hash) }
        return NameKey(index: key)
    }

    /// The slot in which a name of this hash most likely stands, or would.
    ///
    /// To be asked for many names before they are interned: the accesses to memory then overlap,
    /// where one after the other each would be waited for. No branch hangs on what is loaded.
    @inlinable
    package func slot(of hash: UInt64) -> UInt64 {
        let mask = slots.count &- 1
        let first = slots[Int(truncatingIfNeeded: hash) & mask]
        let second = slots[(Int(truncatingIfNeeded: hash) &+ 1) & mask]
        return first &>> 32 == hash &>> 32 ? first : (second &>> 32 == hash &>> 32 ? second : 0)
    }

    /// Where the name of a slot stands; asked for ahead like the slot.
    @inlinable
    package func place(inSlot slot: UInt64) -> UInt64 {
        places[Int((slot &- 1) & 0xFFFF_FFFF) & (slot == 0 ? 0 : -1)].packed
    }

    /// Part of the name at a place; asked for ahead like the slot.
    @inlinable
    package func touch(_ place: UInt64) -> UInt64 {
        let place = Place(packed: place)
        let last = place.word &+ place.byteCount / 8
        return pool.isEmpty ? 0 : pool[place.word] ^ pool[min(last, pool.count &- 1)]
    }

    /// The key of a name, new or seen before.
    ///
    /// O(bytes).
    package mutating func intern(_ bytes: Span<UInt8>) -> NameKey {
        let hash = Self.hash(bytes)
        if let found = find(bytes, hash) { return found }
        let word = pool.count
        for index in 0..<Self.wordCount(bytes.count) { pool.append(Self.word(index, of: bytes)) }
        return add(Place(word: word, byteCount: bytes.count), hash)
    }

    /// The key of a name, new or seen before.
    package mutating func intern(_ text: String) -> NameKey { intern(text.utf8.span) }

    /// The key of a name already seen; nil otherwise.
    package func key(of text: String) -> NameKey? { key(of: text.utf8.span) }

    /// The key of a name already seen; nil otherwise.
    package func key(of bytes: Span<UInt8>) -> NameKey? { find(bytes, Self.hash(bytes)) }

    /// The name of a key of this table.
    package func text(_ key: NameKey) -> String {
        String(decoding: bytes(key), as: UTF8.self)
    }

    /// Hands over the words of the name of a key of this table, and how many bytes it has.
    package func withWords<Result>(
        of key: NameKey, _ body: (Span<UInt64>, _ byteCount: Int) -> Result
    ) -> Result {
        let place = places[Int(key.index)]
        return body(
            pool.span.extracting(place.word..<(place.word + place.wordCount)), place.byteCount)
    }

    private func bytes(_ key: NameKey) -> [UInt8] {
        let place = places[Int(key.index)]
        return (0..<place.byteCount).map { index in
            UInt8(truncatingIfNeeded: pool[place.word + index / 8] >> UInt64(index % 8 * 8))
        }
    }

    /// How many words so many bytes take.
    @inlinable
    package static func wordCount(_ byteCount: Int) -> Int { (byteCount + 7) / 8 }

    /// Eight bytes of a name, little end first; zeros behind its last one.
    private static func word(_ index: Int, of bytes: Span<UInt8>) -> UInt64 {
        let start = index * 8
        var word: UInt64 = 0
        guard bytes.count - start >= 8 else {
            for place in 0..<(bytes.count - start) {
                word |= UInt64(bytes[start + place]) << UInt64(place * 8)
            }
            return word
        }
        // Of a known length, so that the eight loads become one.
        let eight = bytes.extracting(start..<(start + 8))
        for place in 0..<8 { word |= UInt64(eight[place]) << UInt64(place * 8) }
        return word
    }

    private static func hash(_ bytes: Span<UInt8>) -> UInt64 {
        var hash = NameHash(byteCount: bytes.count)
        for index in 0..<wordCount(bytes.count) { hash.add(word(index, of: bytes)) }
        return hash.value
    }

    private func find(_ bytes: Span<UInt8>, _ hash: UInt64) -> NameKey? {
        find(hash) { place in
            guard place.byteCount == bytes.count else { return false }
            for index in 0..<place.wordCount
            where Self.word(index, of: bytes) != pool[place.word + index] {
                return false
            }
            return true
        }
    }

    private func find(_ words: Span<UInt64>, _ byteCount: Int, _ hash: UInt64) -> NameKey? {
        find(hash) { isEqual(words, byteCount, $0) }
    }

    /// The key of the name of a hash for which `isSame` says that its place holds it.
    @inline(__always)
    private func find(_ hash: UInt64, _ isSame: (Place) -> Bool) -> NameKey? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        let tag = hash >> 32
        while case let entry = slots[slot], entry != 0 {
            let key = UInt32(truncatingIfNeeded: entry) - 1
            if entry >> 32 == tag, isSame(places[Int(key)]) { return NameKey(index: key) }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private func isEqual(_ words: Span<UInt64>, _ byteCount: Int, _ place: Place) -> Bool {
        guard byteCount == place.byteCount else { return false }
        for index in words.indices where words[index] != pool[place.word + index] { return false }
        return true
    }

    private mutating func place(_ key: UInt32, _ hash: UInt64) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = (hash >> 32) << 32 | UInt64(key + 1)
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        for key in places.indices {
            let place = places[key]
            var hash = NameHash(byteCount: place.byteCount)
            for index in 0..<place.wordCount { hash.add(pool[place.word + index]) }
            self.place(UInt32(key), hash.value)
        }
    }
}
