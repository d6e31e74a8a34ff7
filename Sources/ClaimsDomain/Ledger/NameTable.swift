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
/// Open addressing: no allocation for a name seen before. Keys count up in the order of first
/// sight, so the same log gives the same keys.
package struct NameTable: Sendable {
    private var entries: [PackedName] = []
    /// The bytes of each long name, eight a word, the last word filled with zeros; of the SHA-256
    /// of a file the bytes that its digits say, since a log has as many of them as documents.
    private var pool: [UInt64] = []
    /// The high half of the name's hash above its key + 1, 0 = free; a power of two, at most three
    /// quarters full: a name then stands near its first slot, mostly in the same line of the cache.
    private var slots: [UInt64]
    /// What is left of a hash are the bits that choose the slot: the highest, so that a table that
    /// grows is copied from its beginning to its end.
    private var shift: UInt64
    /// Kept between calls, so that text of other layouts is put into words without allocating.
    private var scratch: [UInt64] = []
    /// What was looked at ahead; of no meaning.
    private var touched: [UInt64] = []

    package init() {
        slots = Array(repeating: 0, count: 1024)
        shift = Self.shift(1024)
        _ = intern([UInt8]().span)
    }

    /// Makes room for so many names, so that it need not be made step by step.
    package mutating func reserve(_ count: Int) {
        let factor = count / entries.count + 1
        entries.reserveCapacity(count + count / 4)
        pool.reserveCapacity(pool.count * factor + pool.count * factor / 4)
        if Self.fills(count, slots.count) { grow(to: count * 4 / 3) }
    }

    /// The number of names, the empty one included.
    package var count: Int { entries.count }

    /// The keys of names, new or seen before, behind those that `keys` has.
    ///
    /// `words` has those of the long ones. O(bytes).
    package mutating func intern(
        _ names: Span<HashedName>, words: Span<UInt64>, into keys: inout [NameKey]
    ) {
        keys.reserveCapacity(keys.count + names.count)
        if touched.isEmpty { touched = Array(repeating: 0, count: Self.groupSize) }
        var start = 0
        while start < names.count {
            let count = min(names.count &- start, Self.groupSize)
            // Passes that only touch what the last one will need, so that the waits overlap.
            for index in 0..<count { touched[index] = firstSlot(names[start &+ index].hash) }
            for index in 0..<count {
                let found = touched[index]
                let isLikely = found &>> 32 == names[start &+ index].hash &>> 32 && found != 0
                let entry = entries[isLikely ? Int((found &- 1) & 0xFFFF_FFFF) : 0]
                touched[index] = entry.isWhole ? 0 : entry.low
            }
            var sum: UInt64 = 0
            if !pool.isEmpty { for index in 0..<count { sum ^= pool[Int(touched[index])] } }
            touched[0] = sum
            for index in 0..<count { keys.append(intern(names[start &+ index], words: words)) }
            start &+= count
        }
    }

    /// Few enough names that what was touched is still in the first cache when it is needed.
    private static let groupSize = 64

    @inline(__always)
    private func firstSlot(_ hash: UInt64) -> UInt64 {
        slots[Int(truncatingIfNeeded: hash &>> shift)]
    }

    /// The key of a name, new or seen before; `words` has those of a long one.
    ///
    /// O(bytes).
    package mutating func intern(_ name: HashedName, words: Span<UInt64>) -> NameKey {
        let (key, slot) = find(name, words)
        if let key { return key }
        return add(name, words, slot: slot)
    }

    /// The key of a name, new or seen before.
    ///
    /// O(bytes).
    package mutating func intern(_ bytes: Span<UInt8>) -> NameKey {
        var words: [UInt64] = []
        swap(&words, &scratch)
        defer { swap(&words, &scratch) }
        let name = Self.pack(bytes, into: &words)
        return intern(name, words: words.span)
    }

    /// The key of a name, new or seen before.
    package mutating func intern(_ text: String) -> NameKey { intern(text.utf8.span) }

    /// The key of a name already seen; nil otherwise.
    package func key(of text: String) -> NameKey? { key(of: text.utf8.span) }

    /// The key of a name already seen; nil otherwise.
    package func key(of bytes: Span<UInt8>) -> NameKey? {
        var words: [UInt64] = []
        let name = Self.pack(bytes, into: &words)
        return find(name, words.span).key
    }

    /// The name of a key of this table.
    package func text(_ key: NameKey) -> String {
        withWords(of: key) { words, byteCount in
            let bytes = (0..<byteCount).map { index in
                UInt8(truncatingIfNeeded: words[index / 8] >> UInt64(index % 8 * 8))
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// Hands over the words of the name of a key of this table, and how many bytes it has.
    package func withWords<Result>(
        of key: NameKey, _ body: (Span<UInt64>, _ byteCount: Int) -> Result
    ) -> Result {
        let entry = entries[Int(key.index)]
        if entry.isHex { return body(digits(entry).span, entry.byteCount) }
        guard entry.isWhole else {
            return body(pool.span.extracting(entry.wordPlaces), entry.byteCount)
        }
        let words: InlineArray<2, UInt64> = [entry.words.0, entry.words.1]
        let count = Self.wordCount(entry.byteCount)
        return body(words.span.extracting(0..<count), entry.byteCount)
    }

    /// How many words so many bytes take.
    @inlinable
    package static func wordCount(_ byteCount: Int) -> Int { (byteCount + 7) / 8 }

    /// Puts bytes into words, little end first; a long name stands at the first of them.
    private static func pack(_ bytes: Span<UInt8>, into words: inout [UInt64]) -> HashedName {
        words.removeAll(keepingCapacity: true)
        var hash = beginNameHash(byteCount: bytes.count)
        var start = 0
        while start < bytes.count {
            var word: UInt64 = 0
            for index in 0..<min(8, bytes.count - start) {
                word |= UInt64(bytes[start + index]) << UInt64(index * 8)
            }
            words.append(word)
            hash = nameHash(hash, adding: word)
            start += 8
        }
        let isWhole = bytes.count <= longestWholeName
        let name =
            isWhole
            ? PackedName(
                whole: words.first ?? 0,
                PackedName.high(words.count > 1 ? words[1] : 0, byteCount: bytes.count))
            : PackedName(wordsAt: 0, byteCount: bytes.count)
        return HashedName(name, hash: finishNameHash(hash))
    }

    /// The key of a name, or the free slot where it belongs.
    @inline(__always)
    private func find(_ name: HashedName, _ words: Span<UInt64>) -> (key: NameKey?, slot: Int) {
        let mask = slots.count &- 1
        let tag = name.hash &>> 32
        var slot = Int(truncatingIfNeeded: name.hash &>> shift)
        while case let found = slots[slot], found != 0 {
            if found &>> 32 == tag {
                let key = UInt32(truncatingIfNeeded: found) &- 1
                let entry = entries[Int(key)]
                if entry == name.name && entry.isWhole
                    || isSame(entry, name.name, words)
                {
                    return (NameKey(index: key), slot)
                }
            }
            slot = (slot &+ 1) & mask
        }
        return (nil, slot)
    }

    /// Whether two long names are the same.
    @inline(never)
    private func isSame(_ entry: PackedName, _ name: PackedName, _ words: Span<UInt64>) -> Bool {
        if entry.isHex {
            guard name.byteCount == entry.byteCount, !name.isWhole else { return false }
            let digits = digits(entry)
            for (index, word) in name.wordPlaces.enumerated() where digits[index] != words[word] {
                return false
            }
            return true
        }
        guard !entry.isWhole, entry.high == name.high else { return false }
        let own = entry.wordPlaces.lowerBound
        for (index, word) in name.wordPlaces.enumerated() where pool[own + index] != words[word] {
            return false
        }
        return true
    }

    /// The digits of a name that is kept as the bytes they say.
    private func digits(_ entry: PackedName) -> InlineArray<8, UInt64> {
        var digits = InlineArray<8, UInt64>(repeating: 0)
        for (index, word) in entry.wordPlaces.enumerated() {
            (digits[index * 2], digits[index * 2 + 1]) = HexDigits.digits(pool[word])
        }
        return digits
    }

    /// Keeps a long name; as bytes if it is 64 hexadecimal digits.
    private mutating func keep(_ name: PackedName, _ words: Span<UInt64>) -> PackedName {
        let start = pool.count
        let places = name.wordPlaces
        if name.byteCount == PackedName.hexDigitCount {
            var place = places.lowerBound
            while place < places.upperBound,
                let bytes = HexDigits.bytes(words[place], words[place + 1])
            {
                pool.append(bytes)
                place += 2
            }
            if place == places.upperBound { return PackedName(hexAt: start) }
            pool.removeLast(pool.count - start)
        }
        for word in places { pool.append(words[word]) }
        return PackedName(wordsAt: start, byteCount: name.byteCount)
    }

    private mutating func add(
        _ name: HashedName, _ words: Span<UInt64>, slot: Int
    ) -> NameKey {
        let key = UInt32(entries.count)
        if name.name.isWhole {
            entries.append(name.name)
        } else {
            precondition(name.name.byteCount < 1 << 24, "no name is longer than a line")
            entries.append(keep(name.name, words))
        }
        slots[slot] = name.hash & ~0xFFFF_FFFF | UInt64(key &+ 1)
        if Self.fills(entries.count, slots.count) { grow(to: slots.count &+ 1) }
        return NameKey(index: key)
    }

    /// Makes the table at least so large; each entry says itself where it belongs.
    private mutating func grow(to least: Int) {
        var size = slots.count
        while size < least { size *= 2 }
        let old = slots
        slots = Array(repeating: 0, count: size)
        shift = Self.shift(size)
        let mask = size - 1
        for entry in old where entry != 0 {
            var slot = Int(truncatingIfNeeded: (entry & ~0xFFFF_FFFF) >> shift)
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = entry
        }
    }

    private static func fills(_ count: Int, _ slots: Int) -> Bool { count &* 4 > slots &* 3 }

    private static func shift(_ slots: Int) -> UInt64 { UInt64(64 - slots.trailingZeroBitCount) }
}
