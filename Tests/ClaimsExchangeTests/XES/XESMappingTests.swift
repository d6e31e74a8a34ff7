import ClaimsDomain
import ClaimsExchange
import Foundation
import Testing

@Suite("XES mapping")
struct XESMappingTests {
    @Test("a template finds attributes in the event, then in the trace")
    func templates() throws {
        var (event, trace) = (XESAttributes(), XESAttributes())
        for (key, text) in [("a", "1"), ("both", "event"), ("empty", "")] {
            _ = event.add(XESValue(type: .string, text: text), for: key)
        }
        for (key, text) in [("b", "2"), ("both", "trace")] {
            _ = trace.add(XESValue(type: .string, text: text), for: key)
        }
        let one = XESEvent(attributes: event, ordinal: 1, line: 1)
        let whole = XESTrace(attributes: trace, events: [one], ordinal: 1, line: 1)
        let cases: [(String, String?)] = [
            ("", ""), ("x", "x"), ("${a}-${b}", "1-2"), ("${both}", "event"),
            ("${trace:both}", "trace"), ("${event:b}", nil), ("${trace:a}", nil), ("${c}", nil),
            ("${empty}", nil), ("$${a}", "${a}"), ("$a}", "$a}"),
        ]
        for (text, expected) in cases {
            let template = try #require(XESTemplate(text))
            #expect((try? template.text(one, of: whole)) == expected, "\(text)")
        }
        for text in ["${a", "${}", "${trace:}", "x ${"] { #expect(XESTemplate(text) == nil) }
    }

    @Test("a table gives other words, and `otherwise` what neither it nor the log has")
    func tables() throws {
        let mapping = try XESSamples.read(
            XESSamples.mapping.replacing(
                "\"actor\": \"${org:role}\"",
                with: """
                    "actor": {"value": "${who}", "table": {"1": "one"}, "otherwise": "nobody"}
                    """))
        func actor(_ who: String?) throws -> String {
            var attributes = XESAttributes()
            if let who { _ = attributes.add(XESValue(type: .string, text: who), for: "who") }
            let event = XESEvent(attributes: attributes, ordinal: 1, line: 1)
            let trace = XESTrace(attributes: XESAttributes(), events: [], ordinal: 1, line: 1)
            return try mapping.event.actor.text(event, of: trace)
        }
        #expect(try actor("1") == "one")
        #expect(try actor("2") == "nobody")
        #expect(try actor(nil) == "nobody")
    }

    @Test("what a mapping leaves out has a documented standard")
    func standards() throws {
        let mapping = try XESSamples.read(XESSamples.mapping)
        #expect(mapping.usesGlobalDefaults)
        #expect(mapping.claim.rounding == .halfUp)
        #expect(mapping.claim.period == nil)
        #expect(mapping.event.activity == XESTemplate("${event:concept:name}"))
        #expect(mapping.event.time == XESTemplate("${event:time:timestamp}"))
        #expect(mapping.event.actorKind == XESTemplate("user"))
        #expect(mapping.otherwise == nil)
        #expect(mapping.programs.map(\.id.text) == ["travel"])
        #expect(
            mapping.programs[0].usagePeriods[1].instants.usageFrom
                == Instant("2019-12-31T23:00:00Z"))
    }

    static let slips: [(find: String, put: String, message: String)] = [
        (
            "\"EUR\"\n", "\"XYZ\"\n",
            "15: error: 'currency' is 'XYZ', expected an ISO 4217 currency code such as 'USD'"
        ),
        (
            "\"claim\": {", "\"clam\": {",
            "13: error: the mapping has no member 'clam'; did you mean 'claim'?"
        ),
        ("\"partner\": \"${budget}\",", "", "13: error: 'claim' needs 'partner'"),
        (
            "\"${budget}\"", "\"${budget\"",
            "14: error: 'partner' is '${budget', expected each '${' closed as in '${concept:name}'"
        ),
        ("\"${budget}\"", "7", "14: error: 'partner' is the number 7, expected a string"),
        (
            "\"${budget}\"", "{\"valeu\": \"x\"}",
            "14: error: 'partner' has no member 'valeu'; did you mean 'value'?"
        ),
        (
            "\"claim.submitted\"", "\"claim.submited\"",
            """
            19: error: 'type' is 'claim.submited', expected an event type that an import may \
            write; did you mean 'claim.submitted'?
            """
        ),
        (
            "\"claim.submitted\"", "\"program.published\"",
            """
            19: error: 'type' is 'program.published', expected an event type that an import may write
            """
        ),
        (
            "\"ifNoClaim\"", "\"ifnoclaim\"",
            "19: error: 'when' is 'ifnoclaim', expected one of 'always', 'ifClaim', 'ifNoClaim'"
        ),
        (
            "\"fields\": {\"paymentReference\": \"${reference}\"}", "\"fields\": {}",
            "27: error: the data of 'claim.reimbursed' needs 'paymentReference'"
        ),
        (
            ", \"fields\": {\"paymentReference\": \"${reference}\"}", "",
            "27: error: the data of 'claim.reimbursed' needs 'paymentReference'"
        ),
        (
            "{\"paymentReference\"", "{\"paymentRefrence\"",
            """
            27: error: the data of 'claim.reimbursed' has no member 'paymentRefrence'; \
            did you mean 'paymentReference'?
            """
        ),
        (
            "{\"paymentReference\"", "{\"amountMinor\": \"1\", \"paymentReference\"",
            "27: error: the data of 'claim.reimbursed' has no member 'amountMinor'"
        ),
        (
            "\"kind\": \"other\"", "\"kind\": \"letter\"",
            """
            23: error: 'kind' is 'letter', expected one of 'core_requirement', \
            'third_party_invoice', 'certification_statement', 'proof_of_execution', 'metrics', 'other'
            """
        ),
        ("\"kind\": \"other\", ", "", "23: error: 'items' needs 'kind'"),
        (
            "[{\"kind\": \"other\", \"reason\": \"returned by ${org:role}\"}]", "[]",
            "23: error: 'items' is an empty array, expected an array that is not empty"
        ),
        (
            "{\"ignore\": \"the archive is no part of a claim\"}", "[]",
            """
            29: error: 'archive' is an empty array, \
            expected at least one event, or {"ignore": "why"}
            """
        ),
        (
            "{\"ignore\": \"the archive is no part of a claim\"}", "\"no\"",
            "29: error: found 'no', expected an array of events, or {\"ignore\": \"why\"}"
        ),
        (
            "\"Europe/Amsterdam\"", "\"Europe/Atlantis\"",
            """
            5: error: found 'Europe/Atlantis', \
            expected an IANA time zone such as 'Europe/Amsterdam'
            """
        ),
        (
            "\"half_up\"", "\"up\"",
            "6: error: 'rounding' is 'up', expected one of 'half_up', 'half_even', 'down'"
        ),
        ("\"event\": {", "\"event\": {,", "17: error: found ',', expected a member name"),
    ]

    @Test("each slip is told once, with its line and what was expected", arguments: slips)
    func slip(find: String, put: String, message: String) {
        let text = XESSamples.mapping.replacing(find, with: put, maxReplacements: 1)
        #expect(text != XESSamples.mapping)
        let fault = #expect(throws: XESFault.self) { _ = try XESSamples.read(text) }
        #expect(
            fault?.description.split(separator: "\n").first.map(String.init)
                == "map.json:\(message)")
    }

    @Test("a fault of a mapping shows place, bytes and remedy")
    func layout() {
        let text = "{\"claim\": {},\n \"event\": {}, \"activities\": []}"
        let fault = #expect(throws: XESFault.self) { _ = try XESSamples.read(text) }
        #expect(
            fault?.description == """
                map.json:2: error: found an array, expected an object
                  at column 29, byte 42
                  ...claim": {},\u{B7} "event": {}, "activities": []}
                                                             ^
                  fix: correct the mapping file; tools/xes/domestic-declarations.json is a whole example
                """)
    }
}
