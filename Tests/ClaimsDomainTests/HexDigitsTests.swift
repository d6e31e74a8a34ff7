import ClaimsTestSupport
import Testing

@testable import ClaimsDomain

/// Digits and the bytes they say are the same thing in two forms.
@Suite struct HexDigitsTests {
    private func words(_ text: [UInt8]) -> (UInt64, UInt64) {
        func word(_ start: Int) -> UInt64 {
            text[start..<(start + 8)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        return (word(0), word(8))
    }

    @Test("sixteen digits give eight bytes and come back", arguments: UInt64(0)..<50)
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let digits = [UInt8]("0123456789abcdef".utf8)
        let text = (0..<16).map { _ in digits[Int(generator.next() % 16)] }
        let (first, second) = words(text)
        let bytes = try #require(HexDigits.bytes(first, second))
        let value = text.reduce(UInt64(0)) { $0 << 4 | UInt64(digits.firstIndex(of: $1) ?? 0) }
        #expect(bytes == value.byteSwapped)
        #expect(HexDigits.digits(bytes) == (first, second))
    }

    @Test("every other byte at every place is refused", arguments: 0..<16)
    func others(place: Int) {
        let digits = Set("0123456789abcdef".utf8)
        for byte in UInt8.min...UInt8.max {
            var text = [UInt8]("0f1e2d3c4b5a6978".utf8)
            text[place] = byte
            let (first, second) = words(text)
            #expect((HexDigits.bytes(first, second) != nil) == digits.contains(byte))
        }
    }
}
