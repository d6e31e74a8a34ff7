import ClaimsDomain
import Testing

@testable import ClaimsCodec

/// Eight bytes at once say what they say one by one.
@Suite struct WordsTests {
    private static func word(_ bytes: [UInt8]) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func words(_ seed: UInt64) -> [[UInt8]] {
        var generator = SplitMix(seed: seed)
        let likely =
            [UInt8]("\"\\\u{1F} 09:;af`g!~") + [0x7F, 0x80, 0xFF, 0x00, 0x21, 0x23, 0x5B, 0x5D]
        return (0..<4_000).map { _ in
            (0..<8).map { _ in
                Bool.random(using: &generator)
                    ? likely[Int.random(in: 0..<likely.count, using: &generator)]
                    : UInt8.random(in: 0...255, using: &generator)
            }
        }
    }

    @Test("the first byte that ends a plain run is found", arguments: UInt64(0)..<4)
    func stops(seed: UInt64) {
        for bytes in Self.words(seed) {
            func isStop(_ byte: UInt8) -> Bool {
                byte == 0x22 || byte == 0x5C || byte < 0x20 || byte >= 0x80
            }
            let marks = Words.stops(Self.word(bytes))
            #expect((marks == 0 ? nil : Words.first(marks)) == bytes.firstIndex(where: isStop))
            let idMarks = Words.identifierStops(Self.word(bytes))
            #expect(
                (idMarks == 0 ? nil : Words.first(idMarks))
                    == bytes.firstIndex { isStop($0) || $0 == 0x7F })
        }
    }

    @Test("hexadecimal digits are told from all other bytes")
    func hexadecimal() {
        for place in 0..<8 {
            for byte in UInt8.min...UInt8.max {
                var bytes = [UInt8]("0af9e1b7".utf8)
                bytes[place] = byte
                let isDigit = (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
                #expect((Words.hexValues(Self.word(bytes)) != nil) == isDigit)
            }
        }
    }

    @Test("digits above nine are told in every byte", arguments: UInt64(0)..<4)
    func digits(seed: UInt64) {
        for bytes in Self.words(seed) {
            let marks = Words.aboveNine(Self.word(bytes))
            for place in 0..<8 {
                #expect((marks >> UInt64(place * 8 + 7) & 1 == 1) == (bytes[place] > 9))
            }
        }
        #expect(Words.number(Self.word([1, 2, 3, 4, 5, 6, 7, 8])) == 12_345_678)
        #expect(Words.number(Self.word([0, 0, 0, 0, 0, 0, 0, 9])) == 9)
        #expect(Words.number(Self.word([9, 9, 9, 9, 9, 9, 9, 9])) == 99_999_999)
    }

    @Test("a literal stands where all its bytes are", arguments: [1, 7, 8, 9, 16, 17, 24, 31, 32])
    func literals(count: Int) {
        let text = String("{\"specversion\":\"1.0\",\"id\":\"abcdefghij".prefix(count))
        let literal = Literal(text)
        var padded = PaddedLine()
        #expect(padded.scan([UInt8](text).span) { literal.stands(in: $0, at: 0) })
        for place in 0..<count {
            var bytes = [UInt8](text)
            bytes[place] ^= 1
            #expect(!padded.scan(bytes.span) { literal.stands(in: $0, at: 0) })
        }
    }

    @Test("two UUIDs that differ in one digit differ packed")
    func uuids() {
        let text = "0192f3c2-7d3e-7c11-8a55-0b8f1e2d3c4b"
        var tables = ChunkNames()
        let packed = EventIdentity([UInt8](text).span, texts: &tables)
        #expect(!packed.isText)
        for place in 0..<36 {
            var bytes = [UInt8](text)
            bytes[place] = bytes[place] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
            let other = EventIdentity(bytes.span, texts: &tables)
            #expect(other != packed)
            #expect(other.isText == [8, 13, 18, 23].contains(place))
        }
        #expect(EventIdentity([UInt8](text.uppercased()).span, texts: &tables).isText)
    }
}
