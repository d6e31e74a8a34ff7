package import ClaimsDomain

/// The names of one chunk of a log: small enough to stay in the processor's cache.
///
/// Threads scan chunks side by side, each with a table of its own, and whoever folds the chunks in
/// order looks each name up in the log's table once a chunk instead of once an event.
package struct ChunkNames: Sendable {
    private var entries: [HashedName] = [.empty]
    /// The bytes of each long name, eight a word, the last word filled with zeros.
    private var words: [UInt64] = []
    /// Key + 1 by hash, 0 = free; a power of two, at most half full.
    private var slots = [UInt32](repeating: 0, count: 4096)

    init() {}

    /// Forgets all names but the empty one, and keeps the memory.
    mutating func removeAll() {
        if entries.count * 8 > slots.count {
            for index in slots.indices { slots[index] = 0 }
        } else {
            // Few names, as of a single line: only their own slots are emptied.
            let mask = slots.count - 1
            for key in 1..<max(1, entries.count) {
                var slot = Int(truncatingIfNeeded: entries[key].hash) & mask
                while slots[slot] != UInt32(key) + 1 { slot = (slot + 1) & mask }
                slots[slot] = 0
            }
        }
        words.removeAll(keepingCapacity: true)
        entries.removeSubrange(1...)
    }

    /// The number of names, the empty one included.
    package var count: Int { entries.count }

    /// Adds these names to a log's table in their order; gives the keys they have there.
    package func keys(in table: inout NameTable, into keys: inout [NameKey]) {
        keys.removeAll(keepingCapacity: true)
        keys.append(.none)
        table.intern(
            entries.span.extracting(1..<entries.count), words: words.span, into: &keys)
    }

    /// Adds one name to a log's table; gives the key it has there.
    func key(of key: NameKey, in table: inout NameTable) -> NameKey {
        if key == .none { return .none }
        return table.intern(entries[Int(key.index)], words: words.span)
    }

    /// The hash of a name, which hangs on nothing but its text.
    func hash(_ key: NameKey) -> UInt64 { entries[Int(key.index)].hash }

    /// The text of a name.
    func text(_ key: NameKey) -> String {
        var table = NameTable()
        let own = self.key(of: key, in: &table)
        return table.text(own)
    }

    /// The key of a name of any layout, new or seen before.
    mutating func intern(_ name: Span<UInt8>) -> NameKey {
        var line = PaddedLine()
        return line.scan(name) { intern($0, at: 0, count: name.count) }
    }

    /// The key of a text, new or seen before.
    mutating func intern(_ text: String) -> NameKey { intern(Array(text.utf8).span) }

    /// The key of a name of `count` bytes at `offset`, new or seen before.
    @inline(__always)
    mutating func intern(_ bytes: ScanBytes, at offset: Int, count: Int) -> NameKey {
        guard count <= longestWholeName else { return internLong(bytes, offset, count) }
        if count == 0 { return .none }
        var state = beginNameHash(byteCount: count)
        var low = bytes.word(offset)
        var high: UInt64 = 0
        if count > 8 {
            high = Words.prefix(bytes.word(offset &+ 8), count &- 8)
            state = nameHash(nameHash(state, adding: low), adding: high)
        } else {
            low = Words.prefix(low, count)
            state = nameHash(state, adding: low)
        }
        let hash = finishNameHash(state)
        let packed = high | UInt64(truncatingIfNeeded: count) &<< 56
        let mask = slots.count &- 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while case let key = slots[slot], key != 0 {
            let name = entries[Int(key) &- 1].name
            if name.low == low, name.high == packed { return NameKey(index: key &- 1) }
            slot = (slot &+ 1) & mask
        }
        return add(HashedName(PackedName(whole: low, packed), hash: hash), slot: slot)
    }

    /// The same for a name that is not kept whole in its entry.
    @inline(never)
    private mutating func internLong(_ bytes: ScanBytes, _ offset: Int, _ count: Int) -> NameKey {
        let whole = count &>> 3
        let last = Words.prefix(bytes.word(offset &+ whole &* 8), count & 7)
        var state = beginNameHash(byteCount: count)
        for index in 0..<whole {
            state = nameHash(state, adding: bytes.word(offset &+ index &* 8))
        }
        if count & 7 > 0 { state = nameHash(state, adding: last) }
        let value = finishNameHash(state)
        let name = PackedName(wordsAt: words.count, byteCount: count)
        let mask = slots.count &- 1
        var slot = Int(truncatingIfNeeded: value) & mask
        while case let key = slots[slot], key != 0 {
            let entry = entries[Int(key) &- 1]
            if entry.hash == value, entry.name.high == name.high,
                isSame(entry.name, bytes, offset, count: count, last: last)
            {
                return NameKey(index: key &- 1)
            }
            slot = (slot &+ 1) & mask
        }
        for index in 0..<whole { words.append(bytes.word(offset &+ index &* 8)) }
        if count & 7 > 0 { words.append(last) }
        return add(HashedName(name, hash: value), slot: slot)
    }

    /// Whether a long name of the right length is the one at `offset`.
    @inline(__always)
    private func isSame(
        _ name: PackedName, _ bytes: ScanBytes, _ offset: Int, count: Int, last: UInt64
    ) -> Bool {
        let start = Int(truncatingIfNeeded: name.low)
        let whole = count &>> 3
        for index in 0..<whole
        where words[start &+ index] != bytes.word(offset &+ index &* 8) {
            return false
        }
        return count & 7 == 0 || words[start &+ whole] == last
    }

    private mutating func add(_ name: HashedName, slot: Int) -> NameKey {
        let key = UInt32(entries.count)
        entries.append(name)
        if entries.count &* 2 > slots.count { grow() } else { slots[slot] = key &+ 1 }
        return NameKey(index: key)
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        let mask = slots.count - 1
        for index in 1..<entries.count {
            var slot = Int(truncatingIfNeeded: entries[index].hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(index) + 1
        }
    }
}

/// The names, ids and sources of the lines read together.
package struct LineTables: Sendable {
    package internal(set) var names = ChunkNames()
    /// The names of documents.
    var documents = ChunkNames()
    /// The ids that are no UUIDs.
    var ids = ChunkNames()
    /// The texts of sources.
    var sources = ChunkNames()

    mutating func removeAll() {
        names.removeAll()
        documents.removeAll()
        ids.removeAll()
        sources.removeAll()
    }
}
