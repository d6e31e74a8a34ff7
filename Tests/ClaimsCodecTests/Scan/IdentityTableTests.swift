import ClaimsDomain
import Testing

@testable import ClaimsCodec

/// Every doubled id is found, however ids are made; the table is held against a dictionary.
@Suite struct IdentityTableTests {
    /// How the ids of a log come about.
    enum Making: CaseIterable {
        /// UUIDs of version 7, one a moment, several of one moment, or a whole import of one.
        case timed, bursts, oneMoment
        /// UUIDs without an order, texts, and all of these in turn.
        case random, texts, mixed
        /// A first id made by hand, far ahead of all others; a clock that steps back.
        case highFirst, backwards
    }

    private struct Maker {
        let making: Making
        var generator: SplitMix
        var texts: UInt32 = 0

        mutating func id(_ number: Int) -> EventIdentity {
            switch making {
            case .timed: uuid(UInt64(number) * 40 + generator.next() % 40)
            case .bursts: uuid(UInt64(number / 7))
            case .oneMoment: uuid(9)
            case .random: uuid(generator.next() >> 16)
            case .texts: text()
            case .mixed:
                number % 3 == 0 ? text() : uuid(number % 5 == 0 ? generator.next() >> 16 : 77)
            case .highFirst: uuid(number == 0 ? 1 << 47 : UInt64(number))
            case .backwards: uuid(UInt64(number % 1_000) + UInt64(number / 2_000))
            }
        }

        private mutating func text() -> EventIdentity {
            texts += 1
            return EventIdentity(text: NameKey(index: texts))
        }

        /// A UUID of a moment of 48 bits, with whatever else stands in it.
        private mutating func uuid(_ moment: UInt64) -> EventIdentity {
            func digits(_ number: UInt64, _ count: Int) -> String {
                let text = String(number, radix: 16)
                return String(repeating: "0", count: count - text.count) + text
            }
            let first = digits(moment, 12)
            let last = digits(generator.next(), 16)
            let text =
                "\(first.prefix(8))-\(first.suffix(4))-7abc-\(last.prefix(4))-\(last.suffix(12))"
            var none = ChunkNames()
            return EventIdentity([UInt8](text).span, texts: &none)
        }
    }

    private struct Key: Hashable {
        let identity: EventIdentity
        let source: UInt32
    }

    @Test("a doubled id is told with its first place", arguments: Making.allCases)
    func doubles(making: Making) {
        var maker = Maker(making: making, generator: SplitMix(seed: 11))
        var generator = SplitMix(seed: 12)
        var table = IdentityTable()
        var known: [Key: Int64] = [:]
        var keys: [Key] = []
        var sequence: Int64 = 0
        var doubles = 0
        for number in 0..<12_000 {
            if number == 300 { table.reserve(times: 40) }
            // Now and then a place is left out, or an id comes again, from its source or another.
            sequence += number % 97 == 0 ? 3 : 1
            var key = Key(identity: maker.id(number), source: UInt32(number % 5))
            if number % 13 == 5, let old = keys.randomElement(using: &generator) {
                let isOther = number % 2 == 0
                key = Key(identity: old.identity, source: old.source + (isOther ? 5 : 0))
            }
            let found = table.insert(key.identity, source: key.source, sequence: sequence)
            #expect(found == known[key])
            if found != nil { doubles += 1 } else { known[key] = sequence }
            keys.append(key)
        }
        #expect(doubles > 100)
        for (key, sequence) in known {
            #expect(table.sequence(of: key.identity, source: key.source) == sequence)
        }
        for _ in 0..<100 {
            let other = Key(identity: maker.id(1 << 30), source: 99)
            #expect(table.sequence(of: other.identity, source: 99) == nil)
        }
    }

    @Test("an id that differs in any digit is another one", arguments: 0..<36)
    func digits(place: Int) {
        let text = [UInt8]("0192f3c2-7d3e-7c11-8a55-0b8f1e2d3c4b")
        var changed = text
        changed[place] = text[place] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
        var names = ChunkNames()
        var table = IdentityTable()
        for (number, id) in [text, changed].enumerated() {
            let identity = EventIdentity(id.span, texts: &names)
            #expect(table.insert(identity, source: 1, sequence: Int64(number) + 1) == nil)
        }
        for (number, id) in [text, changed].enumerated() {
            let identity = EventIdentity(id.span, texts: &names)
            #expect(table.insert(identity, source: 1, sequence: 3) == Int64(number) + 1)
        }
    }
}
