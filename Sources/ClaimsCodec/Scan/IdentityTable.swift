/// Which events a log holds, by id and source: exact, without a text kept for a UUID.
///
/// UUIDs made from the time count up by their moment, and so do the numbers of texts: an id of a
/// later moment than all before stands there for the first time, and one of the same moment is
/// compared with the few of it. The others are strays, found by their hash.
struct IdentityTable: Sendable {
    /// The ids that counted up, in the order of the log.
    private var run: [Identity] = []
    /// Of each: the source's number, and in the lowest bit whether the id is a text.
    private var runSources: [UInt32] = []
    /// Where the run goes on at another sequence than the next one.
    private var jumps: [Jump] = []
    /// Where the last moment of the run begins.
    private var lastStart = 0
    private var strays = StrayTable()
    /// The latest moment of a stray: ids of a later one need not be looked for.
    private var latestStray: UInt64 = 0

    struct Identity: Equatable {
        let high: UInt64
        let low: UInt64

        /// The 48 bits that are the time in a UUID of version 7, or the number of a text.
        @inline(__always)
        var moment: UInt64 {
            // The bytes of a UUID stand in its halves with the first one lowest.
            let first = UInt32(truncatingIfNeeded: high &>> 32).byteSwapped
            let second = UInt32(truncatingIfNeeded: high).byteSwapped
            return high == 0 ? low : UInt64(first) &<< 16 | UInt64(second &>> 16)
        }
    }

    private struct Jump {
        let index: Int
        let sequence: Int64
    }

    /// A run so short may have begun too late, as with an id that was made by hand.
    private static let shortRun = 16
    /// More ids of one moment than it takes to walk through are strays.
    private static let longMoment = 64
    /// From so many strays on, if they are a part of all, the ids do not count up at all.
    private static let manyStrays = 4096
    private static let strayPart = 8

    /// Makes room for so many times as many events.
    mutating func reserve(times factor: Int) {
        guard !strays.hasAll else { return }
        let count = run.count * factor + run.count * factor / 4
        run.reserveCapacity(count)
        runSources.reserveCapacity(count)
    }

    /// Adds an event; gives the sequence of the one that has this identity already instead.
    @inline(__always)
    mutating func insert(
        _ identity: EventIdentity, source: UInt32, sequence: Int64
    ) -> Int64? {
        let id = Identity(high: identity.high, low: identity.low)
        let source = source &<< 1 | (identity.isText ? 1 : 0)
        guard let last = run.last, last.moment <= id.moment else {
            return insertStray(id, source, sequence)
        }
        if latestStray >= id.moment, let known = strays.sequence(of: id, source) { return known }
        if last.moment == id.moment { return insertBeside(id, source, sequence) }
        lastStart = run.count
        append(id, source, sequence)
        return nil
    }

    /// Adds an id of the same moment as the last one of the run.
    private mutating func insertBeside(
        _ id: Identity, _ source: UInt32, _ sequence: Int64
    ) -> Int64? {
        for index in lastStart..<run.count where run[index] == id && runSources[index] == source {
            return self.sequence(of: index)
        }
        if run.count - lastStart < Self.longMoment {
            append(id, source, sequence)
        } else {
            addStray(id, source, sequence)
        }
        return nil
    }

    @inline(__always)
    private mutating func append(_ id: Identity, _ source: UInt32, _ sequence: Int64) {
        if self.sequence(ofNext: run.count) != sequence {
            jumps.append(Jump(index: run.count, sequence: sequence))
        }
        run.append(id)
        runSources.append(source)
    }

    @inline(never)
    private mutating func insertStray(
        _ id: Identity, _ source: UInt32, _ sequence: Int64
    ) -> Int64? {
        if let known = self.sequence(of: id, source) { return known }
        if strays.hasAll {
            strays.insert(id, source, sequence)
        } else if run.count <= Self.shortRun {
            makeStrays()
            append(id, source, sequence)
        } else {
            addStray(id, source, sequence)
            if strays.count > Self.manyStrays, strays.count * Self.strayPart > run.count {
                makeStrays()
                strays.hasAll = true
            }
        }
        return nil
    }

    private mutating func addStray(_ id: Identity, _ source: UInt32, _ sequence: Int64) {
        strays.insert(id, source, sequence)
        latestStray = max(latestStray, id.moment)
    }

    /// Puts the run among the strays and begins a new one.
    private mutating func makeStrays() {
        for index in run.indices {
            addStray(run[index], runSources[index], self.sequence(of: index))
        }
        run = []
        runSources = []
        jumps = []
        lastStart = 0
    }

    /// What stands where an identity is looked for first.
    @inline(__always)
    func touch(_ identity: EventIdentity) -> UInt64 {
        strays.hasAll ? strays.touch(Identity(high: identity.high, low: identity.low)) : 0
    }

    /// The sequence of an event; nil when there is none.
    ///
    /// O(log n) where ids count up.
    func sequence(of identity: EventIdentity, source: UInt32) -> Int64? {
        sequence(
            of: Identity(high: identity.high, low: identity.low),
            source &<< 1 | (identity.isText ? 1 : 0))
    }

    private func sequence(of id: Identity, _ source: UInt32) -> Int64? {
        var low = 0
        var high = run.count
        while low < high {
            let middle = (low + high) / 2
            if run[middle].moment < id.moment { low = middle + 1 } else { high = middle }
        }
        while low < run.count, run[low].moment == id.moment {
            if run[low] == id, runSources[low] == source { return sequence(of: low) }
            low += 1
        }
        return strays.sequence(of: id, source)
    }

    /// The sequence that the next entry of the run has unless it jumps.
    @inline(__always)
    private func sequence(ofNext index: Int) -> Int64? {
        guard let jump = jumps.last else { return nil }
        return jump.sequence &+ Int64(index &- jump.index)
    }

    private func sequence(of index: Int) -> Int64 {
        var low = 0
        var high = jumps.count
        while low < high {
            let middle = (low + high) / 2
            if jumps[middle].index <= index { low = middle + 1 } else { high = middle }
        }
        let jump = jumps[low - 1]
        return jump.sequence + Int64(index - jump.index)
    }
}

/// The identities that do not count up, by hash.
private struct StrayTable: Sendable {
    /// Whether every identity is here.
    var hasAll = false
    /// In the order they came.
    private var entries: [Entry] = []
    /// Part of the hash above the entry's number + 1, 0 = free; a power of two, at most 3/4 full.
    private var slots = [UInt64](repeating: 0, count: 64)

    private struct Entry {
        let id: IdentityTable.Identity
        let sequence: Int64
        let source: UInt32
    }

    var count: Int { entries.count }

    /// Adds one that is not there.
    mutating func insert(_ id: IdentityTable.Identity, _ source: UInt32, _ sequence: Int64) {
        entries.append(Entry(id: id, sequence: sequence, source: source))
        if entries.count &* 4 > slots.count &* 3 {
            slots = Array(repeating: 0, count: slots.count * 2)
            for number in entries.indices { place(number) }
        } else {
            place(entries.count - 1)
        }
    }

    func touch(_ id: IdentityTable.Identity) -> UInt64 {
        slots[Int(truncatingIfNeeded: Self.hash(id)) & (slots.count &- 1)]
    }

    func sequence(of id: IdentityTable.Identity, _ source: UInt32) -> Int64? {
        let hash = Self.hash(id)
        let mask = slots.count &- 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while case let found = slots[slot], found != 0 {
            let number = Int(found & 0xFFFF_FFFF) &- 1
            if found &>> 32 == hash &>> 32, entries[number].id == id,
                entries[number].source == source
            {
                return entries[number].sequence
            }
            slot = (slot &+ 1) & mask
        }
        return nil
    }

    private mutating func place(_ number: Int) {
        let hash = Self.hash(entries[number].id)
        let mask = slots.count &- 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 { slot = (slot &+ 1) & mask }
        slots[slot] = hash & ~0xFFFF_FFFF | UInt64(number &+ 1)
    }

    private static func hash(_ id: IdentityTable.Identity) -> UInt64 {
        // UUIDs of one moment share their first half: each part is mixed before the next comes.
        // The source is left out, since one id seldom comes from two.
        var hash = id.high &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash &>> 32
        hash = (hash ^ id.low) &* 0xD6E8_FEB8_6659_FD93
        hash ^= hash &>> 32
        return hash &* 0x9E37_79B9_7F4A_7C15
    }
}
