import ClaimsDomain

/// Event types by their text: one look at the hash of the first words.
@safe
struct EventTypeTable: @unchecked Sendable {
    static let shared = EventTypeTable()

    /// Lives as long as the process.
    private let slots: UnsafePointer<Slot>

    private struct Slot {
        var words: (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)
        var kind = EventKind.programPublished
        var byteCount = 0
    }

    private init() {
        var slots = [Slot](repeating: Slot(), count: 128)
        for kind in EventKind.allCases {
            let bytes = Array(kind.rawValue.utf8)
            precondition(bytes.count <= 40, "a type has at most five words")
            func word(_ index: Int) -> UInt64 {
                bytes.dropFirst(index * 8).prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
            }
            let words = (word(0), word(1), word(2), word(3), word(4))
            var place = Self.place(words.0, words.1, bytes.count)
            while slots[place].byteCount > 0 { place = (place + 1) & 127 }
            slots[place] = Slot(words: words, kind: kind, byteCount: bytes.count)
        }
        let memory = UnsafeMutablePointer<Slot>.allocate(capacity: slots.count)
        unsafe memory.initialize(from: slots, count: slots.count)
        unsafe self.slots = UnsafePointer(memory)
    }

    @inline(__always)
    private static func place(_ first: UInt64, _ second: UInt64, _ count: Int) -> Int {
        let mixed = first ^ second &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(count)
        return Int((mixed &* 0xD6E8_FEB8_6659_FD93) &>> 57)
    }

    /// The type that is written at `start` and ended by a quote.
    @inline(__always)
    func kind(_ bytes: ScanBytes, _ start: Int) -> (kind: EventKind, byteCount: Int)? {
        var words: (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)
        var count = 0
        guard Self.take(bytes, start, &count, &words.0), Self.take(bytes, start, &count, &words.1),
            Self.take(bytes, start, &count, &words.2), Self.take(bytes, start, &count, &words.3),
            Self.take(bytes, start, &count, &words.4)
        else { return found(words, count) }
        return nil
    }

    /// Takes the next word; false when the text ended in it.
    @inline(__always)
    private static func take(
        _ bytes: ScanBytes, _ start: Int, _ count: inout Int, _ word: inout UInt64
    ) -> Bool {
        let loaded = bytes.word(start &+ count)
        let stops = Words.stops(loaded)
        guard stops != 0 else {
            word = loaded
            count &+= 8
            return true
        }
        let rest = Words.first(stops)
        word = Words.prefix(loaded, rest)
        count &+= rest
        return false
    }

    @inline(__always)
    private func found(
        _ words: (UInt64, UInt64, UInt64, UInt64, UInt64), _ count: Int
    ) -> (kind: EventKind, byteCount: Int)? {
        var place = Self.place(words.0, words.1, count)
        while true {
            let slot = unsafe slots[place]
            if slot.byteCount == 0 { return nil }
            if slot.byteCount == count, slot.words == words { return (slot.kind, count) }
            place = (place &+ 1) & 127
        }
    }
}

/// A few words that a value may be, each ended by a quote.
@safe
struct LiteralTable: @unchecked Sendable {
    static let actorKinds = LiteralTable(Actor.Kind.allCases.map(\.rawValue))
    static let evidenceKinds = LiteralTable(EvidenceKind.allCases.map(\.rawValue))

    /// Lives as long as the process.
    private let literals: UnsafePointer<Literal>
    private let count: Int

    private init(_ words: [String]) {
        let memory = UnsafeMutablePointer<Literal>.allocate(capacity: words.count)
        unsafe memory.initialize(from: words.map { Literal("\($0)\"") }, count: words.count)
        unsafe literals = UnsafePointer(memory)
        count = words.count
    }

    /// Which of the words is written at `start`, and its length without the quote.
    @inline(__always)
    func place(in bytes: ScanBytes, at start: Int) -> (index: Int, byteCount: Int)? {
        for index in 0..<count where unsafe literals[index].stands(in: bytes, at: start) {
            return (index, unsafe literals[index].count &- 1)
        }
        return nil
    }
}
