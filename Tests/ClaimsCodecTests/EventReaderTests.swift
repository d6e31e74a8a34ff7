import ClaimsDomain
import Testing

@testable import ClaimsCodec

/// Lines of foreign producers: other order, spare white space, members we do not know.
@Suite struct EventReaderTests {
    static let rawValues = [
        "1.0e5", "-0", "0.10", "[1 ,  2]", "{ \"a\" : \"b\\/c\" }", "\"\\u0041\\t\"", "null",
        "true", "123456789012345678901234567890", "[ ]", "\"\u{E9} \u{1F600}\"", "\"\"",
        "{\"a\":{\"b\":[{\"c\":null}]}}",
    ]

    @Test("foreign members are kept byte for byte, in their order", arguments: rawValues)
    func foreign(raw: String) throws {
        let members = "\"traceparent\":\(raw),\"data_base64\":\(raw),\"x y\":\(raw)"
        for kind in EventKind.allCases {
            let lines = SampleEvents.of(kind).map(line)
            let text =
                try #require(lines.last)
                .replacing(",\"data\":{", by: ",\(members),\"data\":{")
                .dropLast(2) + ",\"zz\":\(raw),\"aa\":\(raw)}}"
            let event = try read(String(text))
            #expect([UInt8](line(event)) == [UInt8](String(text)))
            #expect(event.content.extensions.map(\.name) == ["traceparent", "data_base64", "x y"])
            #expect(event.content.foreignData.map(\.name) == ["zz", "aa"])
            #expect(event.content.foreignData.map(\.rawValue.text) == [raw, raw])
            var plain = event
            plain.content.extensions = []
            plain.content.foreignData = []
            #expect(plain == SampleEvents.of(kind).last)
        }
    }

    @Test("members in any order and with white space read the same", arguments: UInt64(0)..<8)
    func shuffled(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        for event in SampleEvents.all {
            let bytes = EventWriter.line(event)
            let text = Self.scrambled(try JSONNode(parsing: bytes.span), &generator)
            #expect(try read(text) == event, "\(text)")
        }
    }

    /// The tree written with its members shuffled and white space wherever it may stand.
    private static func scrambled(_ node: JSONNode, _ generator: inout SplitMix) -> String {
        let space = { (generator: inout SplitMix) in
            ["", " ", "\t", "\n ", "\r\n"][Int.random(in: 0..<5, using: &generator)]
        }
        var text = space(&generator)
        switch node.value {
        case .object(let members):
            let parts = members.shuffled(using: &generator).map { member in
                space(&generator) + json(member.name) + space(&generator) + ":"
                    + scrambled(member.node, &generator)
            }
            text += "{" + parts.joined(separator: ",") + space(&generator) + "}"
        case .array(let elements):
            let parts = elements.map { scrambled($0, &generator) }
            text += "[" + parts.joined(separator: ",") + space(&generator) + "]"
        case .string(let string): text += json(string)
        case .number(let number): text += number
        case .bool(let flag): text += flag ? "true" : "false"
        case .null: text += "null"
        }
        return text + space(&generator)
    }

    private static func json(_ text: String) -> String {
        var writer = JSONWriter()
        writer.string(text)
        return writer.bytes.text
    }

    static let spellings: [(from: String, to: String)] = [
        ("09:15:00Z", "09:15:00z"), ("03T09:15:00Z", "03t09:15:00Z"),
        ("09:15:00Z", "09:15:00.000Z"),
        ("09:15:00Z", "09:15:00.0009Z"), ("09:15:00Z", "11:15:00+02:00"),
        ("03T09:15:00Z", "02T23:45:00-09:30"), ("09:15:00Z", "09:15:00-00:00"),
        ("\"e-1\"", "\"\\u0065-1\""), ("\"user\"", "\"\\u0075ser\""),
        ("\"claim.submitted\"", "\"claim\\u002esubmitted\""), ("\"1.0\"", "\"\\u0031.0\""),
        ("\"data\"", "\"d\\u0061ta\""), ("\"currency\"", "\"\\u0063urrency\""),
        ("/programs/p/partners/q", "/programs/%70/partners/%71"),
        ("/programs/p/partners/q", "\\/programs\\/p\\/partners\\/q"),
    ]

    @Test("another spelling of the same values reads as the same event", arguments: spellings)
    func spelling(from: String, to: String) throws {
        #expect(try read(plainLine.replacing(from, by: to)) == read(plainLine))
    }

    static let limits: [(length: Int, unit: String, isText: Bool, fits: Bool)] = [
        (8_192, "a", true, true), (8_193, "a", true, false), (4_096, "\u{E9}", true, true),
        (4_097, "\u{E9}", true, false), (8_192, "\\n", true, true), (8_193, "\\n", true, false),
        (4_096, "\\u00e9", true, true), (4_097, "\\u00e9", true, false), (0, "a", true, true),
        (256, "a", false, true), (257, "a", false, false), (128, "\u{E9}", false, true),
        (129, "\u{E9}", false, false), (256, "\\\"", false, true), (257, "\\\"", false, false),
        (64, "\\uD83D\\uDE00", false, true), (65, "\\uD83D\\uDE00", false, false),
        (0, "a", false, false), (1, "\\n", false, false), (1, "\\u007f", false, false),
        (1, "\u{7F}", false, false), (1, "\\u001F", false, false), (1, " ", false, true),
    ]

    @Test("limits count the bytes of the text, however it is written", arguments: limits)
    func limit(length: Int, unit: String, isText: Bool, fits: Bool) throws {
        let value = String(repeating: unit, count: length)
        let text =
            isText
            ? plainLine.replacing("claim.submitted", by: "claim.comment_added")
                .replacing(
                    "\"amountMinor\":600000,\"currency\":\"USD\"", by: "\"text\":\"\(value)\"")
            : plainLine.replacing("\"C-1\"", by: "\"\(value)\"")
        #expect((lineProblem(text) == nil) == fits)
        if fits { #expect(try read(line(read(text))) == read(text)) }
    }
}
