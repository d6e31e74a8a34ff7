import EventLog
import Testing

@Suite("line feeds are found and counted")
struct LineFeedsTests {
    @Test("at each place of each length, as byte by byte", arguments: 0..<40)
    func everyPlace(length: Int) {
        for place in 0..<max(length, 1) {
            var bytes = [UInt8](repeating: 0x0B, count: length)
            if length > 0 { bytes[place] = 0x0A }
            let expected = bytes.firstIndex(of: 0x0A)
            #expect(LineFeeds.first(in: bytes.span, from: 0) == expected)
            #expect(LineFeeds.last(in: bytes.span, 0..<length) == expected)
            #expect(LineFeeds.count(in: bytes.span) == (expected == nil ? 0 : 1))
            #expect(LineFeeds.first(in: bytes.span, from: place + 1) == nil)
            #expect(LineFeeds.last(in: bytes.span, 0..<min(place, length)) == nil)
        }
    }

    @Test("among all other bytes, and in numbers that overflow a byte")
    func allBytes() {
        let every = (0..<3).flatMap { _ in (UInt8.min...UInt8.max).map { $0 } }
        #expect(LineFeeds.count(in: every.span) == 3)
        for count in [2_039, 2_040, 2_041, 2_048, 5_003] {
            let feeds = [UInt8](repeating: 0x0A, count: count)
            #expect(LineFeeds.count(in: feeds.span) == count)
        }
    }
}
