package import ClaimsDomain

/// The names of one chunk of a log: small enough to stay in the processor's cache.
///
/// Threads scan chunks side by side, each with a table of its own, and whoever folds the chunks in
/// order looks each name up in the log's table once a chunk instead of once an event.
package struct ChunkNames: Sendable {
    /// The bytes of each name, eight a word, the last word filled with zeros.
    private var words: [UInt64] = []
    private var entries: [Entry] = [Entry(hash: 0, word: 0, byteCount: 0)]
    /// Key + 1 by hash, 0 = free; a power of two, at most half full.
    private var slots = [UInt32](repeating: 0, count: 4096)

    private struct Entry {
        let hash: UInt64
        let word: Int32
        let byteCount: Int32
    }

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
    package func keys(
        in table: inout NameTable, into keys: inout [NameKey], touching touched: inout [UInt64]
    ) {
        keys.removeAll(keepingCapacity: true)
        keys.append(.none)
        var start = 1
        while start < entries.count {
            let group = start..<min(entries.count, start + Self.groupSize)
            // Passes that only touch what the last one will need, so that the waits overlap.
            touched.removeAll(keepingCapacity: true)
            for index in group { touched.append(table.slot(of: entries[index].hash)) }
            for index in touched.indices { touched[index] = table.place(inSlot: touched[index]) }
            for index in touched.indices { touched[index] = table.touch(touched[index]) }
            for index in group {
                keys.append(key(of: NameKey(index: UInt32(index)), in: &table))
            }
            start = group.upperBound
        }
    }

    /// Few enough names that what was touched is still in the first cache when it is needed.
    private static let groupSize = 64

    /// Adds one name to a log's table; gives the key it has there.
    func key(of key: NameKey, in table: inout NameTable) -> NameKey {
        if key == .none { return .none }
        let entry = entries[Int(key.index)]
        let start = Int(entry.word)
        let count = NameTable.wordCount(Int(entry.byteCount))
        return table.intern(
            words: words.span.extracting(start..<(start + count)),
            byteCount: Int(entry.byteCount), hash: entry.hash)
    }

    /// The hash of a name, which hangs on nothing but its text.
    func hash(_ key: NameKey) -> UInt64 { entries[Int(key.index)].hash }

    /// The text of a name.
    func text(_ key: NameKey) -> String {
        let entry = entries[Int(key.index)]
        let bytes = (0..<Int(entry.byteCount)).map { index in
            UInt8(truncatingIfNeeded: words[Int(entry.word) + index / 8] >> UInt64(index % 8 * 8))
        }
        return String(decoding: bytes, as: UTF8.self)
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
        if count == 0 { return .none }
        let whole = count &>> 3
        let last = Words.prefix(bytes.word(offset &+ whole &* 8), count & 7)
        var hash = NameHash(byteCount: count)
        for index in 0..<whole { hash.add(bytes.word(offset &+ index &* 8)) }
        if count & 7 > 0 { hash.add(last) }
        let value = hash.value
        let mask = slots.count &- 1
        var slot = Int(truncatingIfNeeded: value) & mask
        while case let key = slots[slot], key != 0 {
            let entry = entries[Int(key) &- 1]
            if entry.hash == value,
                isSame(entry, bytes, offset, count: count, last: last)
            {
                return NameKey(index: key &- 1)
            }
            slot = (slot &+ 1) & mask
        }
        return add(bytes, offset, count: count, last: last, hash: value, slot: slot)
    }

    @inline(__always)
    private func isSame(
        _ entry: Entry, _ bytes: ScanBytes, _ offset: Int, count: Int, last: UInt64
    ) -> Bool {
        guard Int(entry.byteCount) == count else { return false }
        let start = Int(entry.word)
        let whole = count &>> 3
        for index in 0..<whole
        where words[start &+ index] != bytes.word(offset &+ index &* 8) {
            return false
        }
        return count & 7 == 0 || words[start &+ whole] == last
    }

    private mutating func add(
        _ bytes: ScanBytes, _ offset: Int, count: Int, last: UInt64, hash: UInt64, slot: Int
    ) -> NameKey {
        let key = UInt32(entries.count)
        entries.append(Entry(hash: hash, word: Int32(words.count), byteCount: Int32(count)))
        for index in 0..<(count / 8) { words.append(bytes.word(offset + index * 8)) }
        if count % 8 > 0 { words.append(last) }
        if entries.count * 2 > slots.count { grow() } else { slots[slot] = key + 1 }
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
    /// The ids that are no UUIDs.
    var ids = ChunkNames()
    /// The texts of sources.
    var sources = ChunkNames()

    mutating func removeAll() {
        names.removeAll()
        ids.removeAll()
        sources.removeAll()
    }
}
