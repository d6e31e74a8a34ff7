import ClaimsDomain
import Testing

@testable import ClaimsCodec

/// Which fields differ between an event and another of the same id.
@Suite struct EventDifferenceTests {
    @Test("an event does not differ from itself", arguments: SampleEvents.all)
    func same(event: Event) {
        #expect(EventDifference.between(event.content, event.content).isEmpty)
    }

    static let changes: [(from: String, to: String, differences: [String])] = [
        ("\"C-1\"", "\"C-2\"", ["subject: recorded \"C-1\", given \"C-2\""]),
        ("600000", "600001", ["data.amountMinor: recorded 600000, given 600001"]),
        (
            "03T09:15:00Z", "03T09:14:59.999Z",
            [
                "time: recorded \"2020-02-03T09:15:00Z\", given \"2020-02-03T09:14:59.999Z\""
            ]
        ),
        (
            "\"u-1\"", "\"u-1\",\"correlationid\":\"c\",\"x\":[1 ]",
            ["correlationid: recorded nothing, given \"c\"", "x: recorded nothing, given [1]"]
        ),
        (
            "\"USD\"", "\"EUR\",\"role\":\"r\",\"zz\":{\"a\": 1.0}",
            [
                "data.currency: recorded \"USD\", given \"EUR\"",
                "data.role: recorded nothing, given \"r\"",
                "data.zz: recorded nothing, given {\"a\":1.0}",
            ]
        ),
        (
            "claim.submitted", "claim.payment_requested",
            ["type: recorded \"claim.submitted\", given \"claim.payment_requested\""]
        ),
        ("09:15:02Z", "10:00:00Z", []), ("000000000001", "000000000009", []),
        ("09:15:00Z", "11:15:00+02:00", []), ("\"C-1\"", "\"\\u0043-1\"", []),
        (
            "\"C-1\"", "\"\u{E9}\"", ["subject: recorded \"C-1\", given \"\u{E9}\""]
        ),
    ]

    @Test("the differing fields are told in the order written, both ways", arguments: changes)
    func differences(from: String, to: String, differences: [String]) throws {
        let recorded = try read(plainLine).content
        let proposed = try read(plainLine.replacing(from, by: to)).content
        let found = EventDifference.between(recorded, proposed)
        #expect(found.map(\.description) == differences)
        let back = EventDifference.between(proposed, recorded)
        #expect(Set(back.map(\.field)) == Set(found.map(\.field)))
        for difference in back {
            let other = found.first { $0.field == difference.field }
            #expect(other?.recorded == difference.proposed)
            #expect(other?.proposed == difference.recorded)
        }
    }

    @Test("what only looks the same differs")
    func canonicalEquivalents() throws {
        let composed = try read(plainLine.replacing("\"C-1\"", by: "\"\u{E9}\"")).content
        let decomposed = try read(plainLine.replacing("\"C-1\"", by: "\"e\u{301}\"")).content
        #expect(EventDifference.between(composed, decomposed).map(\.field) == ["subject"])
    }
}
