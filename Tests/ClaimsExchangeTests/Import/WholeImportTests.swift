import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsProjections
import Foundation
import Testing

/// A file is imported as a whole or not at all, unless what can be taken is asked for.
@Suite("Importing a file as a whole")
struct WholeImportTests {
    private static func event(_ number: Int, type: String = "claim.comment_added") -> String {
        #"{"specversion":"1.0","id":"E-\#(number)","source":"/programs/coop/partners/42","#
            + #""type":"\#(type)","subject":"CLM-1","time":"2020-03-02T10:00:00Z","#
            + #""authtype":"user","authid":"u-7","data":{"text":"number \#(number)"}}"#
    }

    private static func lines(_ events: [String]) -> String {
        events.map { $0 + "\n" }.joined()
    }

    @Test("one event that cannot be taken keeps all others out, and is listed with its line")
    func refused() throws {
        let desk = try ImportDesk()
        try desk.write(Self.lines([Self.event(1)]), to: "first.jsonl")
        #expect(try desk.importEvents("first.jsonl", isPartial: false).taken == 1)
        let (log, names) = (try desk.log(), try Self.names(desk))
        let events = [Self.event(2), Self.event(1), Self.event(3, type: "claim.born")]
        try desk.write(Self.lines(events + [Self.event(2)]), to: "in.jsonl")
        let summary = try desk.importEvents("in.jsonl", isPartial: false, rejects: "left.csv")
        #expect(summary.isRefused)
        #expect((summary.records, summary.taken, summary.repeated) == (4, 0, 2))
        #expect(summary.appended.isEmpty)
        #expect(summary.listed.map(\.place) == ["line 3"])
        #expect(try desk.log() == log)
        #expect(try Self.names(desk) == names)
        let rejects = String(
            decoding: try Data(contentsOf: URL(fileURLWithPath: desk.path("left.csv"))),
            as: UTF8.self)
        #expect(rejects.hasPrefix("rejectLine,rejectReason,record\n3,"), "\(rejects)")
        #expect(rejects.contains("event type 'claim.born' is unknown"))
        // The same with what can be taken.
        let partial = try desk.importEvents("in.jsonl")
        #expect((partial.taken, partial.isRefused, partial.listedCount) == (1, false, 1))
        #expect(try desk.ledger.head() == 2)
    }

    private static func names(_ desk: ImportDesk) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: desk.path("ledger")).sorted()
    }

    @Test("as a whole the log is what taking one by one gives")
    func same() throws {
        let (whole, partial) = (try ImportDesk(), try ImportDesk())
        for (desk, isPartial) in [(whole, false), (partial, true)] {
            try desk.write(Self.lines((1...40).map { Self.event($0) }), to: "in.jsonl")
            let summary = try desk.importEvents("in.jsonl", isPartial: isPartial)
            #expect((summary.taken, summary.isRefused) == (40, false))
        }
        #expect(try whole.log() == partial.log())
        #expect(try whole.ledger.verify().isSound)
        #expect(try whole.importEvents("in.jsonl", isPartial: false).repeated == 40)
    }

    @Test("a rehearsal says what a real import says, and leaves nothing", arguments: [true, false])
    func rehearsal(isPartial: Bool) throws {
        let desk = try ImportDesk()
        let bad = isPartial ? [Self.event(9, type: "claim.born")] : []
        try desk.write(Self.lines([Self.event(1), Self.event(2)] + bad), to: "in.jsonl")
        var rehearsed = try desk.importEvents(
            "in.jsonl", isPartial: isPartial, isRehearsal: true)
        #expect(rehearsed.isRehearsal)
        #expect(try desk.log().isEmpty)
        rehearsed.isRehearsal = false
        #expect(try desk.importEvents("in.jsonl", isPartial: isPartial) == rehearsed)
        #expect(rehearsed.taken == 2)
    }

    @Test("interrupted, or broken off in the midst, nothing is recorded")
    func brokenOff() throws {
        let desk = try ImportDesk()
        let text = Self.lines((1...9).map { Self.event($0) })
        try desk.write(text, to: "in.jsonl")
        try desk.write(String(text.dropLast()), to: "torn.jsonl")
        let summary = try desk.importEvents("in.jsonl", limit: 4, isPartial: false)
        #expect((summary.isInterrupted, summary.taken) == (true, 0))
        #expect(throws: LedgerError.self) {
            try desk.importEvents("torn.jsonl", isPartial: false)
        }
        #expect(try desk.log().isEmpty)
        #expect(try desk.importEvents("in.jsonl", isPartial: false).taken == 9)
    }

    static let oddBatches: [(text: String, line: Int, what: String)] = [
        ("[\n\(event(1))\n\(event(2))]", 3, "found '{', expected ',' or ']'"),
        ("[\(event(1)),]", 1, "found ']', expected a value"),
        ("[\(event(1))", 1, "the text ends, expected ',' or ']'"),
        ("[\n{\"id\": \"]", 2, "the text ends, expected the end of an element"),
        ("[\(event(1))]\n\n[]", 3, "found '[' after the end of the value"),
        ("[", 1, "the text ends, expected a value or ']'"),
    ]

    @Test(
        "an array that is none is a fault with its place, and nothing is recorded",
        arguments: oddBatches)
    func batchFaults(text: String, line: Int, what: String) throws {
        let desk = try ImportDesk()
        try desk.write(text, to: "in.json")
        let error = #expect(throws: LedgerError.self) {
            try desk.importEvents("in.json", isPartial: false)
        }
        let first = error?.description.split(separator: "\n").first.map(String.init)
        #expect(first == "\(desk.path("in.json")):\(line): error: \(what)")
        #expect(try desk.log().isEmpty)
    }

    @Test("a batch larger than one read is taken element by element, whatever its values hold")
    func largeBatch() throws {
        let (desk, other) = (try ImportDesk(), try ImportDesk())
        let events = (1...6_000).map { number in
            Self.event(number).replacing(
                "number \(number)",
                with: #"a \"quote\", [brackets], {braces} \\ \#(number)"#)
        }
        try desk.write("[" + events.joined(separator: ", \n") + "]", to: "in.json")
        try other.write(Self.lines(events), to: "in.jsonl")
        #expect(try desk.importEvents("in.json", isPartial: false).taken == 6_000)
        #expect(try other.importEvents("in.jsonl").taken == 6_000)
        #expect(try desk.log() == other.log())
    }

    @Test("a closing of another log says so, is sound here, and comes back as what it was")
    func closing() throws {
        let (desk, other) = (try ImportDesk(), try ImportDesk())
        let text =
            #"{"specversion":"1.0","id":"K-1","source":"/programs/coop","type":"period.closed","#
            + #""subject":"FY20-H1","time":"2020-03-02T10:00:00Z","authtype":"user","#
            + #""authid":"u-7","data":{"balances":[],"treeSize":1,"rootHash":"cm9vdA=="}}"#
        try desk.write(Self.lines([Self.event(1), text]), to: "in.jsonl")
        #expect(try desk.importEvents("in.jsonl", isPartial: false).taken == 2)
        let line = try #require(try desk.lines().last)
        #expect(line.hasSuffix(#""treeSize":1,"rootHash":"cm9vdA==","imported":true}}"#))
        #expect(try desk.ledger.verify().faults == [])
        #expect(try desk.importEvents("in.jsonl", isPartial: false).repeated == 2)
        try other.write(try desk.log(), to: "in.jsonl")
        #expect(try other.importEvents("in.jsonl", isPartial: false).taken == 2)
        #expect(try other.ledger.verify().faults == [])
        // Without the mark it claims to be one of this log.
        let path = URL(fileURLWithPath: desk.path("ledger/000000000001.jsonl"))
        let log = String(decoding: try desk.log(), as: UTF8.self)
        try Data(log.replacing(#","imported":true"#, with: "").utf8).write(to: path)
        #expect(try desk.ledger.verify().faults.first?.contains("the closing of") == true)
    }

    @Test("a member inside one of ours that nobody knows is not lost silently")
    func nested() throws {
        let desk = try ImportDesk()
        let data =
            #""data":{"balances":[],"treeSize":1,"rootHash":"cm9vdA==","colour":{"a":1}}"#
        let text =
            #"{"specversion":"1.0","id":"K-1","source":"/programs/coop","type":"period.closed","#
            + #""subject":"FY20-H1","time":"2020-03-02T10:00:00Z","authtype":"user","#
            + #""authid":"u-7",\#(data)}"#
        let zeros =
            ["earned", "adjusted", "rolledIn", "rolledOut", "converted", "reserved"]
            + ["approved", "paid", "unclaimed"]
        let balance =
            #"{"currency":"USD","accounts":1,"#
            + zeros.map { #""\#($0)Minor":0"# }
            .joined(separator: ",") + #","colour":"blue"}"#
        let lossy = text.replacing("[]", with: "[\(balance)]").replacing("K-1", with: "K-2")
        try desk.write(Self.lines([text, lossy]), to: "in.jsonl")
        let summary = try desk.importEvents("in.jsonl")
        #expect(summary.taken == 1)
        #expect(
            summary.listed.map(\.reason) == [
                "'balances' has a member 'colour' that would be lost; what another producer adds "
                    + "is kept in 'data' and beside it"
            ])
        #expect(try desk.lines().last?.contains(#""colour":{"a":1}"#) == true)
    }
}
