import ClaimsCodec
import ClaimsDomain
import ClaimsLedger
import Testing

@testable import ClaimsExchange

/// Lines in the form of this ledger are taken over as they stand: the log has to be the one that
/// reading them into events and writing these gives.
@Suite("Importing lines of a ledger")
struct TakenOverLinesTests {
    /// Imports one event after the other, each read and written anew.
    private static func importSingly(
        _ lines: [[UInt8]], into desk: ImportDesk
    ) throws -> [LedgerWriter.ImportOutcome] {
        var writer = try desk.ledger.openWriter()
        var reader = ForeignEventReader(defaultActor: nil)
        let outcomes = try lines.map { line in
            try writer.record(try reader.read(line.span), now: ImportDesk.now)
        }
        try writer.flush()
        return outcomes
    }

    private static func generated(_ events: Int64) throws -> [[UInt8]] {
        var generator = LedgerGenerator(events: events, seed: 11)
        var lines: [UInt8] = []
        while try generator.next(bytes: 1 << 20, { lines += $0 }) {}
        return lines.split(separator: 0x0A).map(Array.init)
    }

    private static func expectSame(_ lines: [[UInt8]]) throws {
        let (desk, other) = (try ImportDesk(), try ImportDesk())
        try desk.write(Array(lines.map { $0 + [0x0A] }.joined()), to: "in.jsonl")
        let summary = try desk.importEvents("in.jsonl")
        let outcomes = try importSingly(lines, into: other)
        #expect(try desk.log() == other.log())
        #expect(summary.taken == outcomes.count { $0 == .appended })
        #expect(summary.repeated == outcomes.count { $0 == .repeated })
        #expect(try desk.ledger.verify().faults == [])
        // Once more: all of it is known, line by line.
        let again = try desk.importEvents("in.jsonl")
        #expect((again.taken, again.repeated) == (0, summary.taken + summary.repeated))
    }

    @Test("a generated ledger comes out as if each event were written anew")
    func generatedLedger() throws { try Self.expectSame(try Self.generated(4_000)) }

    /// What the canonical reader lets through and this ledger writes otherwise.
    static let odd: [(name: String, from: String, to: String)] = [
        ("an escaped slash", #""text":""#, #""text":"a\/b "#),
        ("an escaped quote", #""text":""#, #""text":"\"a\" "#),
        ("a percent sign in a text", #""text":""#, #""text":"5 % "#),
        ("milliseconds that are zero", #":00Z","recordedtime""#, #":00.000Z","recordedtime""#),
        ("an encoded source", "/partners/", "/partners/%41"),
        ("an id in capitals", #""id":"01"#, #""id":"AB"#),
        ("a long sequence", #""sequence":"0000"#, #""sequence":"1230000"#),
        ("white space", #"","type""#, #"", "type""#),
        ("a member of its own", #","data":{"#, #","shade":"\u0062lue","data":{"#),
        ("data of its own", #""data":{"#, #""data":{"Mood":[1, 2],"#),
        ("another place of role", #""data":{"role":"partner"}"#, #""data":{ "role":"partner" }"#),
        ("an umlaut", #""text":""#, #""text":"über "#),
    ]

    @Test("other layouts of the same are written in our form", arguments: odd)
    func oddLines(name: String, from: String, to: String) throws {
        var changes = 0
        let lines = try Self.generated(2_500).enumerated().map { number, line in
            let text = String(decoding: line, as: UTF8.self)
            // A partner's enrolment names it twice.
            guard number.isMultiple(of: 2), text.contains(from),
                !text.contains("\"partner.enrolled\"")
            else { return line }
            changes += 1
            return Array(text.replacing(from, with: to).utf8)
        }
        if name != "milliseconds that are zero" { #expect(changes > 3, "\(name)") }
        try Self.expectSame(lines)
    }

    private static func line(
        _ id: Int, amount: String, kind: String = "funds.adjusted", more: String = ""
    ) -> [UInt8] {
        let digits = String(id)
        let id = "0192f3c2-7d3e-7c11-8a55-" + String(repeating: "0", count: 12 - digits.count)
        let reason = kind == "funds.adjusted" ? #","reasonCode":"x","reason":"y""# : more
        return Array(
            (#"{"specversion":"1.0","id":"\#(id)\#(digits)","source":"/programs/coop/partners/7","#
                + #""type":"\#(kind)","subject":"FY20-H1","time":"2020-01-01T00:00:00Z","#
                + #""recordedtime":"2020-01-01T00:00:00Z","sequence":"000000000001","#
                + #""authtype":"user","authid":"u-7","#
                + #""data":{"amountMinor":\#(amount),"currency":"USD"\#(reason)}}"#).utf8)
    }

    @Test("signed amounts, minus zero among them")
    func signed() throws {
        let amounts = ["0", "-0", "-5", "12", "-9007199254740991"]
        try Self.expectSame(amounts.enumerated().map { Self.line($0, amount: $1) })
    }

    @Test("an event whose totals leave 64 bits is listed, those behind it are taken")
    func overflow() throws {
        let desk = try ImportDesk()
        let most = "9007199254740991"
        var lines = (1...1_025).map { Self.line($0, amount: most) }
        lines.append(Self.line(9_000, amount: "-\(most)"))
        lines.append(Self.line(9_001, amount: "7"))
        try desk.write(Array(lines.map { $0 + [0x0A] }.joined()), to: "in.jsonl")
        let summary = try desk.importEvents("in.jsonl")
        #expect(summary.taken == 1_026)
        let listed = try #require(summary.listedTexts.first)
        #expect(summary.listed.count == 1)
        #expect(
            listed.hasPrefix(
                "line 1025 | event '0192f3c2-7d3e-7c11-8a55-000000001025' | "
                    + "error: the event cannot be recorded: "), "\(listed)")
        #expect(try desk.ledger.head() == 1_026)
        #expect(try desk.ledger.verify().faults == [])
    }

    @Test("what is said of each record stands in the order of the input, at its place")
    func listed() throws {
        let desk = try ImportDesk()
        var lines = try Self.generated(1_200)
        let text = String(decoding: lines[700], as: UTF8.self)
        lines[700] = Array(text.replacing("\"authid\":\"", with: "\"authid\":\"x").utf8)
        lines.insert(lines[700], at: 900)
        lines[901] = Array("{}".utf8)
        lines[300] = Array("[]".utf8)
        lines.append(Array(text.utf8))
        try desk.write(Array(lines.map { $0 + [0x0A] }.joined()), to: "in.jsonl")
        let summary = try desk.importEvents("in.jsonl")
        #expect((summary.records, summary.repeated) == (1_202, 1))
        #expect(summary.listed.map(\.place) == ["line 301", "line 902", "line 1202"])
        #expect(summary.listed.last?.reason.contains("authid: recorded") == true)
    }
}
