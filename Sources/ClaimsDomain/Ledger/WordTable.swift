/// Places by a key of 64 bits: two names, or what else fits a word.
///
/// Open addressing with a fixed hash: a look-up is one access to memory, and no seed shows. A fold
/// asks it once an event, which a general dictionary is several times too slow for.
struct WordTable: Sendable {
    private struct Slot {
        var key: UInt64 = 0
        /// The place + 1; 0 = free.
        var place: UInt32 = 0
    }

    /// A power of two, at most 3/4 full.
    private var slots = [Slot](repeating: Slot(), count: 64)
    private(set) var count = 0

    /// Makes room for so many keys, so that it need not be made step by step.
    mutating func reserve(_ count: Int) {
        var size = slots.count
        while count * 4 > size * 3 { size *= 2 }
        if size > slots.count { grow(to: size) }
    }

    /// The place of a key; nil when it has none.
    func place(of key: UInt64) -> Int? {
        let slot = slots[slot(of: key)]
        return slot.place == 0 ? nil : Int(slot.place) - 1
    }

    /// The place of a key; `count` for a new one, which from then on has that place.
    mutating func placeOrAdd(_ key: UInt64) -> Int {
        let found = slot(of: key)
        if slots[found].place != 0 { return Int(slots[found].place) - 1 }
        slots[found] = Slot(key: key, place: UInt32(count) + 1)
        count += 1
        if count * 4 > slots.count * 3 { grow(to: slots.count * 2) }
        return count - 1
    }

    /// What stands where a key is looked for first.
    func touch(_ key: UInt64) -> UInt64 { slots[Self.hash(key) & (slots.count - 1)].key }

    /// The slot that holds the key, or the free one where it would be.
    private func slot(of key: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Self.hash(key) & mask
        while slots[slot].place != 0, slots[slot].key != key { slot = (slot + 1) & mask }
        return slot
    }

    private static func hash(_ key: UInt64) -> Int {
        let mixed = (key ^ key >> 32) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed ^ mixed >> 32)
    }

    private mutating func grow(to size: Int) {
        let old = slots
        slots = [Slot](repeating: Slot(), count: size)
        for entry in old where entry.place != 0 { slots[slot(of: entry.key)] = entry }
    }
}

extension WordTable {
    /// Two names of documents as one key.
    static func key(_ first: DocumentKey, _ second: DocumentKey) -> UInt64 {
        key(first.name, second.name)
    }

    /// Two names as one key.
    static func key(_ first: NameKey, _ second: NameKey) -> UInt64 {
        UInt64(first.index) << 32 | UInt64(second.index)
    }
}

/// Places by name: as fast as an array, because it is one.
///
/// For things that a large part of all names name; four bytes a name. Of few things a `WordTable`
/// takes less.
struct NamePlaces: Sendable {
    /// The place + 1 by the name's number; 0 = none.
    private var places: [UInt32] = []
    private static let step = 1024

    /// Makes room for the places of so many names.
    mutating func reserve(_ count: Int) { places.reserveCapacity(count) }

    /// The place of a name; nil when it has none.
    subscript(name: NameKey) -> Int? {
        let index = Int(name.index)
        guard index < places.count, places[index] != 0 else { return nil }
        return Int(places[index]) - 1
    }

    /// Gives a name a place.
    mutating func set(_ name: NameKey, to place: Int) {
        let index = Int(name.index)
        if index >= places.count {
            // A few more at once; the array itself makes room for many.
            let size = index + 1 + Self.step
            places.append(contentsOf: repeatElement(0, count: size - places.count))
        }
        places[index] = UInt32(place) + 1
    }
}
