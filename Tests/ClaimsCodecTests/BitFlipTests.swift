import ClaimsDomain
import Testing

@testable import ClaimsCodec

/// Damage to a log is noticed or changes what is read; none passes unseen in what we interpret.
@Suite struct BitFlipTests {
    private static let foreignMembers = (
        attribute: "\"trace\":{ \"v\" : 1.5e3 }", field: "\"extra\":[1 ,\"x\"]"
    )

    /// Three lines with their LFs; the last has members of a foreign producer.
    private static let log: [UInt8] = {
        let head = plainLine.replacing("e-1", by: "e-0")
            .replacing("claim.submitted", by: "claim.amended")
            .replacing(
                "600000,\"currency\":\"USD\"", by: "1,\"currency\":\"EUR\",\"title\":\"\u{E9}\\n\"")
        let tail = plainLine.replacing("000000000001", by: "000000000003")
            .replacing("e-1", by: "e-2")
            .replacing(",\"data\":", by: ",\(foreignMembers.attribute),\"data\":")
            .replacing("\"USD\"}", by: "\"USD\",\(foreignMembers.field)}")
        let middle = plainLine.replacing("000000000001", by: "000000000002")
        return [UInt8]([head, middle, tail].map { $0 + "\n" }.joined())
    }()

    /// The events of a log in order; nil when a line is none or stands wrong.
    private static func events(_ log: [UInt8]) -> [Event]? {
        guard log.last == 0x0A else { return nil }
        var order = LogOrder()
        var facts = FactReader()
        var state = LedgerState()
        var events: [Event] = []
        for slice in log.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false) {
            let bytes = Array(slice)
            do throws(LineProblem) {
                let event = try read(bytes)
                _ = try facts.read(bytes.span, into: &state)
                try order.accept(facts, bytes.span)
                events.append(event)
            } catch {
                guard (0...bytes.count).contains(error.offset) else {
                    Issue.record("offset \(error.offset) of \(bytes.text)")
                    return nil
                }
                return nil
            }
        }
        return events
    }

    private static func range(of text: String) -> Range<Int> {
        let wanted = [UInt8](text)
        let start = log.indices.first { log[$0...].starts(with: wanted) } ?? 0
        return start..<(start + wanted.count)
    }

    private static func withoutForeign(_ events: [Event]) -> [Event] {
        events.map { event in
            var event = event
            event.content.extensions = []
            event.content.foreignData = []
            return event
        }
    }

    /// Where RFC 3339 lets a letter be of either case: the T and the Z of the times.
    private static let timeLetters: Set<Int> = Set(
        log.indices.filter { index in
            guard index > 5, [0x54, 0x5A].contains(log[index]) else { return false }
            return (0x30...0x39).contains(log[index - 1]) && log[index - 3] != 0x2F
        })

    @Test("each flipped bit is refused, or shows in what is read", arguments: 0..<8)
    func flips(bit: Int) throws {
        let original = try #require(Self.events(Self.log))
        let foreign = [Self.foreignMembers.attribute, Self.foreignMembers.field].map(Self.range)
        var counts = (refused: 0, changed: 0, foreign: 0, spelling: 0)
        for index in Self.log.indices {
            var bytes = Self.log
            bytes[index] ^= 1 << UInt8(bit)
            guard let events = Self.events(bytes) else {
                counts.refused += 1
                continue
            }
            if events == original {
                #expect(bit == 5 && Self.timeLetters.contains(index), "bit \(bit) of byte \(index)")
                counts.spelling += 1
            } else if Self.withoutForeign(events) == Self.withoutForeign(original) {
                #expect(foreign.contains { $0.contains(index) }, "bit \(bit) of byte \(index)")
                counts.foreign += 1
            } else {
                #expect(events.map(line) != original.map(line))
                counts.changed += 1
            }
        }
        #expect(Self.timeLetters.count == 12)
        #expect(counts.spelling == (bit == 5 ? 12 : 0))
        #expect(counts.refused > Self.log.count / 2)
        #expect(bit == 7 || counts.foreign > 0)
        #expect(bit == 7 ? counts.changed == 0 : counts.changed > 20)
    }

    @Test("no part of a line is an event", arguments: EventKind.allCases)
    func truncations(kind: EventKind) {
        for event in SampleEvents.of(kind) {
            let bytes = EventWriter.line(event)
            for length in 0..<bytes.count {
                let problem = lineProblem(Array(bytes[..<length]))
                #expect(problem != nil, "\(length) bytes of \(kind.rawValue)")
                #expect((0...length).contains(problem?.offset ?? -1))
            }
        }
    }

    @Test("a line without its first bytes is no event", arguments: EventKind.allCases)
    func beheaded(kind: EventKind) {
        for event in SampleEvents.of(kind) {
            let bytes = EventWriter.line(event)
            for start in 1...bytes.count { #expect(lineProblem(Array(bytes[start...])) != nil) }
        }
    }
}
