import ClaimsDomain
import Foundation
import Testing

@testable import ClaimsCodec

/// Every problem of a line in its exact words, with place, excerpt, caret and fix.
@Suite struct LineFaultTests {
    private static func fault(_ bytes: [UInt8], _ problem: LineProblem) -> LineFault {
        LineFault(
            file: "events/000000000001.jsonl", line: 7, lineOffset: 3_000, sequence: 42,
            problem: problem, bytes: bytes.span)
    }

    private static func described(_ name: String, _ bytes: [UInt8]) -> String {
        guard let problem = lineProblem(bytes) else { return "== \(name)\nACCEPTED\n" }
        return "== \(name)\n\(fault(bytes, problem).description)\n"
    }

    private static func golden(_ parts: [String], _ name: String) throws {
        #expect(!parts.contains { $0.contains("ACCEPTED") })
        #expect(Set(parts).count == parts.count)
        try Golden.check(
            parts.joined(separator: "\n"), Golden.tests.appending(path: "Golden/\(name).txt"))
    }

    static let tables: [(name: String, cases: [LineFaultCases.Case])] = [
        ("faults-envelope", LineFaultCases.envelope), ("faults-times", LineFaultCases.times),
        ("faults-data", LineFaultCases.data), ("faults-json", LineFaultCases.json),
    ]

    @Test("a line with one thing wrong is told word for word", arguments: tables)
    func changed(name: String, cases: [LineFaultCases.Case]) throws {
        #expect(lineProblem(plainLine) == nil)
        try Self.golden(
            cases.map { Self.described($0.name, [UInt8](plainLine.replacing($0.from, by: $0.to))) },
            name)
    }

    @Test("a line that is no line of ours is told word for word")
    func whole() throws {
        try Self.golden(
            LineFaultCases.whole.map { Self.described($0.name, $0.bytes) }, "faults-whole")
    }

    @Test("a wrong field of any type is told word for word")
    func others() throws {
        let parts = try LineFaultCases.others.map { entry in
            let text = try #require(SampleEvents.of(entry.kind).map(line).prefix(2).last)
            #expect(lineProblem(text) == nil)
            return Self.described(
                "\(entry.kind.rawValue): \(entry.name)",
                [UInt8](text.replacing(entry.from, by: entry.to)))
        }
        try Self.golden(parts, "faults-others")
    }

    static let kinds: [(kind: LineProblem.Kind, what: String, fix: String)] = [
        (
            .totalOutOfRange(
                account: FundAccount(
                    program: ProgramID("p"), partner: PartnerID("q"),
                    period: PeriodLabel("FY20-H2"), currency: currency("USD"))),
            "the totals of fund p/q/FY20-H2/USD leave 64 bits",
            "look for a wrong amount among the fund's events"
        ),
        (
            .tooLong(bytes: 65_536, limit: 65_535),
            "the line is 65536 bytes long, expected at most 65535",
            """
            the line is not one this ledger wrote; restore the file from a backup, \
            or correct the producer and import again
            """
        ),
    ]

    @Test("what others find out about a line has its words too", arguments: kinds)
    func words(kind: LineProblem.Kind, what: String, fix: String) {
        let problem = LineProblem(kind, at: 0)
        #expect(problem.what == what)
        #expect(problem.fix == fix)
    }

    @Test("every required attribute and field is missed", arguments: SampleEvents.all)
    func missing(event: Event) throws {
        let bytes = EventWriter.line(event)
        let tree = try JSONNode(parsing: bytes.span)
        for attribute in Attribute.allCases {
            let text = Self.text(tree, without: attribute.rawValue, in: nil)
            let problem = lineProblem(text)
            let expected = LineProblem(
                .missing(member: attribute.rawValue, of: "the event"), at: 0)
            #expect(problem == (attribute.isRequired ? expected : nil), "\(attribute)")
        }
        for field in EventSchema.fields(of: event.kind) where field.isRequired {
            let text = Self.text(tree, without: field.name, in: "data")
            guard
                case .missing(field.name, "'data' of \(event.kind.rawValue)") = lineProblem(text)?
                    .kind
            else {
                Issue.record("\(field.name): \(String(describing: lineProblem(text)))")
                continue
            }
        }
    }

    private static func text(_ node: JSONNode, without name: String, in owner: String?) -> [UInt8] {
        var writer = JSONWriter()
        guard case .object(let members) = node.value else { return [] }
        writer.beginObject()
        for member in members where owner != nil || member.name != name {
            writer.name(member.name)
            if member.name == owner {
                writer.raw(text(member.node, without: name, in: nil))
            } else {
                writer.node(member.node)
            }
        }
        writer.endObject()
        return writer.bytes
    }

    static let excerpts: [(length: Int, offset: Int, text: String, column: Int)] = [
        (0, 0, "", 0), (5, 0, "01234", 0), (5, 4, "01234", 4), (5, 5, "01234", 5),
        (70, 0, "012345678901234567890123456789...", 0), (70, 40, digits(0..<70), 40),
        (71, 40, digits(0..<70) + "...", 40), (71, 41, "..." + digits(1..<71), 43),
        (200, 100, "..." + digits(60..<130) + "...", 43), (200, 200, "..." + digits(160..<200), 43),
        (200, 500, "..." + digits(160..<200), 43),
    ]

    private static func digits(_ range: Range<Int>) -> String {
        range.map { String($0 % 10) }.joined()
    }

    @Test("an excerpt fits a narrow terminal, its column is under the byte", arguments: excerpts)
    func excerpt(length: Int, offset: Int, text: String, column: Int) {
        let bytes = [UInt8](Self.digits(0..<length))
        let excerpt = Excerpt(of: bytes.span, around: offset)
        #expect(excerpt.text == text)
        #expect(excerpt.column == column)
    }

    @Test("what is not printable shows as one dot a byte, so that the caret stays in place")
    func dots() {
        let bytes = [UInt8]("a\u{E9}\t\u{1B}[31m\u{7F}~")
        let excerpt = Excerpt(of: bytes.span, around: 3)
        #expect(excerpt.text == "a\u{B7}\u{B7}\u{B7}\u{B7}[31m\u{B7}~")
        #expect(excerpt.column == 3)
    }
}
