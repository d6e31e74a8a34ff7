import ClaimsDomain

/// The id of an event in sixteen bytes: a UUID's own, or the key of any other text.
///
/// Ids are compared as texts: only a UUID in lower case, as this ledger writes it, is packed.
package struct EventIdentity: Hashable, Sendable {
    /// The 128 bits of a UUID, or a key.
    var high: UInt64
    var low: UInt64
    /// Whether `low` is the key of a text in the table that the reader kept.
    var isText: Bool

    static let byteCount = 36

    /// The UUID that is written at `offset`, if one in lower case stands there.
    @inline(__always)
    init?(uuid bytes: ScanBytes, at offset: Int) {
        let dash = UInt8(ascii: "-")
        guard bytes.byte(offset &+ 8) == dash, bytes.byte(offset &+ 13) == dash,
            bytes.byte(offset &+ 18) == dash, bytes.byte(offset &+ 23) == dash
        else { return nil }
        func pair(_ first: Int, _ second: Int) -> UInt64 {
            UInt64(bytes.half(offset &+ first)) | UInt64(bytes.half(offset &+ second)) &<< 32
        }
        guard let first = Words.hexValues(bytes.word(offset)),
            let second = Words.hexValues(pair(9, 14)),
            let third = Words.hexValues(pair(19, 24)),
            let fourth = Words.hexValues(bytes.word(offset &+ 28))
        else { return nil }
        high = Words.nibbles(first) &<< 32 | Words.nibbles(second)
        low = Words.nibbles(third) &<< 32 | Words.nibbles(fourth)
        isText = false
    }

    init(text key: NameKey) {
        high = 0
        low = UInt64(key.index)
        isText = true
    }

    /// The id of a text, interned in `texts` unless it is a UUID.
    init(_ id: Span<UInt8>, texts: inout ChunkNames) {
        self = Self(uuid: id) ?? Self(text: texts.intern(id))
    }

    /// The id of a text; nil when it is no UUID and was never seen.
    init?(known id: Span<UInt8>, texts: NameTable) {
        if let uuid = Self(uuid: id) {
            self = uuid
        } else if let key = texts.key(of: id) {
            self.init(text: key)
        } else {
            return nil
        }
    }

    private init?(uuid id: Span<UInt8>) {
        guard id.count == Self.byteCount else { return nil }
        var line = PaddedLine()
        guard let uuid = line.scan(id, { Self(uuid: $0, at: 0) }) else { return nil }
        self = uuid
    }
}

/// Which events a log holds, by id and source: exact, without a text kept for a UUID.
struct IdentityTable: Sendable {
    /// Each event's identity, in the order of the log.
    private var entries: [Entry] = []
    /// Part of the hash above the entry's number + 1, 0 = free; a power of two, at most 3/4 full.
    private var slots: [UInt64]

    /// 24 bytes an event: what a log of millions may take.
    private struct Entry: Equatable {
        let high: UInt64
        let low: UInt64
        /// The source's number, and in the lowest bit whether the id is a text.
        let source: UInt32
        let sequenceGap: UInt32
    }

    /// The sequence of the first entry; entries follow it without gap but for `sequenceGap`.
    private var firstSequence: Int64 = 1

    init() { slots = Array(repeating: 0, count: 1024) }

    /// Adds an event; gives the sequence of the one that has this identity already instead.
    @inline(__always)
    mutating func insert(
        _ identity: EventIdentity, source: UInt32, sequence: Int64
    ) -> Int64? {
        if entries.isEmpty { firstSequence = sequence }
        let entry = entry(identity, source, sequence)
        let hash = Self.hash(entry.high, entry.low)
        let mask = slots.count &- 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        let tag = hash &>> 32
        while case let found = slots[slot], found != 0 {
            if found &>> 32 == tag {
                let number = Int(found & 0xFFFF_FFFF) &- 1
                if isSame(entries[number], entry) { return self.sequence(of: number) }
            }
            slot = (slot &+ 1) & mask
        }
        entries.append(entry)
        slots[slot] = tag &<< 32 | UInt64(entries.count)
        if entries.count &* 4 > slots.count &* 3 { grow() }
        return nil
    }

    /// What stands where an identity is looked for first.
    @inline(__always)
    func touch(_ identity: EventIdentity) -> UInt64 {
        slots[Int(truncatingIfNeeded: Self.hash(identity.high, identity.low)) & (slots.count &- 1)]
    }

    /// The sequence of an event; nil when there is none.
    func sequence(of identity: EventIdentity, source: UInt32) -> Int64? {
        let entry = entry(identity, source, firstSequence)
        let hash = Self.hash(entry.high, entry.low)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while case let found = slots[slot], found != 0 {
            let number = Int(found & 0xFFFF_FFFF) - 1
            if found >> 32 == hash >> 32, isSame(entries[number], entry) {
                return sequence(of: number)
            }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private func entry(
        _ identity: EventIdentity, _ source: UInt32, _ sequence: Int64
    ) -> Entry {
        let expected = firstSequence &+ Int64(entries.count)
        return Entry(
            high: identity.high, low: identity.low,
            source: source &<< 1 | (identity.isText ? 1 : 0),
            sequenceGap: UInt32(clamping: sequence &- expected))
    }

    private func sequence(of number: Int) -> Int64 {
        firstSequence + Int64(number) + Int64(entries[number].sequenceGap)
    }

    @inline(__always)
    private func isSame(_ one: Entry, _ other: Entry) -> Bool {
        one.high == other.high && one.low == other.low && one.source == other.source
    }

    @inline(__always)
    private static func hash(_ high: UInt64, _ low: UInt64) -> UInt64 {
        // UUIDs of one moment share their first half: each part is mixed before the next comes.
        // The source is left out, since one id seldom comes from two.
        var hash = high &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash &>> 32
        hash = (hash ^ low) &* 0xD6E8_FEB8_6659_FD93
        hash ^= hash &>> 32
        return hash &* 0x9E37_79B9_7F4A_7C15
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        let mask = slots.count - 1
        for number in entries.indices {
            let hash = Self.hash(entries[number].high, entries[number].low)
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = (hash >> 32) << 32 | UInt64(number + 1)
        }
    }
}
