import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsProjections
import Testing

@Suite("Importing events of another producer")
struct EventsImportTests {
    /// An event as another producer writes it: members in another order, spare white space.
    private static func event(
        _ id: String, _ type: String, _ data: String, subject: String = "CLM-1",
        time: String = "2020-03-02T10:00:00+01:00", actor: String? = "u-7", more: String = ""
    ) -> String {
        let who = actor.map { #""authtype": "user", "authid": "\#($0)", "# } ?? ""
        return #"{"type": "\#(type)", "id": "\#(id)", "# + who
            + #""source": "https://portal.example/programs/coop/partners/42", "#
            + #""subject": "\#(subject)", "time": "\#(time)", "#
            + #""specversion": "1.0"\#(more), "data": {\#(data)}}"#
    }

    private static let created = event(
        "E-1", "claim.created",
        #""period": "FY20-H1", "activity": "flyer", "amountMinor": 500, "currency": "USD", "#
            + #""activityDate": "2020-02-29""#)
    private static let submitted = event(
        "E-2", "claim.submitted", #""amountMinor": 500, "currency": "USD""#,
        time: "2020-03-02T11:00:00Z")
    private static let commented = event(
        "E-3", "claim.comment_added", #""text": "hello""#, time: "2020-03-02T12:00:00Z")

    @Test("lines are appended with a place of their own, in our form")
    func lines() throws {
        let desk = try ImportDesk()
        try desk.write("\(Self.created)\n\(Self.submitted)\n\(Self.commented)\n", to: "in.jsonl")
        let summary = try desk.importEvents("in.jsonl")
        #expect((summary.records, summary.taken, summary.repeated) == (3, 3, 0))
        #expect(
            summary.appended == [.claimCreated: 1, .claimSubmitted: 1, .claimCommentAdded: 1])
        #expect(summary.appendedCount == 3)
        #expect(summary.listed.isEmpty)
        #expect(!summary.isInterrupted)
        #expect(
            try desk.lines().first == #"{"specversion":"1.0","id":"E-1","#
                + #""source":"https://portal.example/programs/coop/partners/42","#
                + #""type":"claim.created","subject":"CLM-1","time":"2020-03-02T09:00:00Z","#
                + #""recordedtime":"2022-01-08T00:00:00Z","sequence":"000000000001","#
                + #""authtype":"user","authid":"u-7","data":{"period":"FY20-H1","#
                + #""activity":"flyer","amountMinor":500,"currency":"USD","#
                + #""activityDate":"2020-02-29"}}"#)
        #expect(try desk.ledger.verify().isSound)
        let row = try #require(try desk.ledger.claims().value.rows.first)
        #expect((row.status, row.amount, row.events) == ("submitted", 500, 3))
        #expect((row.program.text, row.partner.text) == ("coop", "42"))
    }

    static let batches: [(name: String, opening: String, between: String, ending: String)] = [
        ("plain", "[", ",", "]"), ("with white space", " \r\n\t[\n  ", " ,\n\n  ", "\n]\n"),
    ]

    @Test("a batch is taken like lines", arguments: batches)
    func batch(name: String, opening: String, between: String, ending: String) throws {
        let (desk, other) = (try ImportDesk(), try ImportDesk())
        let events = [Self.created, Self.submitted, Self.commented]
        try desk.write(opening + events.joined(separator: between) + ending, to: "in.json")
        try other.write(events.joined(separator: "\n") + "\n", to: "in.jsonl")
        let summary = try desk.importEvents("in.json")
        #expect(summary == (try other.importEvents("in.jsonl")))
        #expect(try desk.log() == other.log())
    }

    @Test("an empty batch holds nothing; one that is no JSON is a located fault")
    func oddBatches() throws {
        let desk = try ImportDesk()
        try desk.write("[]", to: "in.json")
        #expect(try desk.importEvents("in.json") == ImportSummary())
        try desk.write("[\n\(Self.created),\n}\n", to: "bad.json")
        let error = #expect(throws: LedgerError.self) { try desk.importEvents("bad.json") }
        let lines = error?.description.split(separator: "\n").map(String.init) ?? []
        #expect(lines.first?.hasPrefix("\(desk.path("bad.json")):3: error: found '}'") == true)
        #expect(lines.last == "  fix: a batch is one JSON array of events")
        #expect(error?.category == .badData)
        #expect(try desk.log().isEmpty)
    }

    @Test("members nobody knows are kept byte for byte, where they stood")
    func foreignMembers() throws {
        let desk = try ImportDesk()
        let foreign = #", "traceparent": "00-\u0061b", "weight": 1.50e+1, "x": [ 1,  {"y":null} ]"#
        let event = Self.event(
            "E-1", "claim.comment_added",
            #""text": "h\u00e9", "Mood": "\u0067ood", "nested": { "b":2,"a": 1.0 }"#,
            more: foreign)
        try desk.write(event + "\n", to: "in.jsonl")
        #expect(try desk.importEvents("in.jsonl").taken == 1)
        let line = try #require(try desk.lines().first)
        #expect(
            line.contains(
                #""authid":"u-7","traceparent":"00-\u0061b","weight":1.50e+1,"#
                    + #""x":[ 1,  {"y":null} ],"data":{"#))
        #expect(
            line.hasSuffix(
                #""data":{"text":"hé","Mood":"\u0067ood","nested":{ "b":2,"a": 1.0 }}}"#))
        // The same again is the same content.
        #expect(try desk.importEvents("in.jsonl").repeated == 1)
    }

    @Test("the sequence and recorded time of another log are not taken over")
    func otherPlace() throws {
        let desk = try ImportDesk()
        let place = #", "sequence": "000000000077", "recordedtime": "2020-05-05T05:05:05Z""#
        let event = Self.event(
            "E-1", "claim.comment_added", #""text": "hello""#, more: place)
        try desk.write(event + "\n", to: "in.jsonl")
        #expect(try desk.importEvents("in.jsonl").taken == 1)
        let line = try #require(try desk.lines().first)
        #expect(line.contains(#""recordedtime":"2022-01-08T00:00:00Z","sequence":"000000000001""#))
        #expect(!line.contains("2020-05-05"))
    }

    static let actors: [(given: String?, standIn: Actor?, found: String?)] = [
        ("u-7", nil, #""authtype":"user","authid":"u-7""#),
        ("u-7", Actor(kind: .system, id: "importer"), #""authtype":"user","authid":"u-7""#),
        (
            nil, Actor(kind: .system, id: "importer"),
            #""authtype":"system","authid":"importer""#
        ),
        (nil, nil, nil),
    ]

    @Test("who did it is the event's own, else the default, else it is listed", arguments: actors)
    func actor(given: String?, standIn: Actor?, found: String?) throws {
        let desk = try ImportDesk()
        let event = Self.event(
            "E-1", "claim.comment_added", #""text": "hello""#, actor: given)
        try desk.write(event + "\n", to: "in.jsonl")
        let summary = try desk.importEvents("in.jsonl", defaultActor: standIn)
        guard let found else {
            #expect(summary.taken == 0)
            #expect(summary.listedTexts == ["line 1 | event | the event has no 'authtype'"])
            #expect(try desk.log().isEmpty)
            return
        }
        #expect(summary.taken == 1)
        #expect(try desk.lines().first?.contains(found) == true)
    }

    @Test("importing again, and a file twice over, appends nothing")
    func again() throws {
        let desk = try ImportDesk()
        let text = "\(Self.created)\n\(Self.submitted)\n\(Self.commented)\n"
        try desk.write(text + text, to: "in.jsonl")
        let first = try desk.importEvents("in.jsonl")
        #expect((first.records, first.taken, first.repeated) == (6, 3, 3))
        let log = try desk.log()
        let later = ImportDesk.now.adding(milliseconds: 86_400_000)
        let second = try desk.importEvents("in.jsonl", now: later)
        #expect((second.records, second.taken, second.repeated) == (6, 0, 6))
        #expect(second.appended.isEmpty)
        #expect(second.listed.isEmpty)
        #expect(try desk.log() == log)
    }

    @Test("an id that stands with other content is listed with what differs")
    func conflict() throws {
        let desk = try ImportDesk()
        let other = Self.event(
            "E-1", "claim.comment_added", #""text": "hello""#, time: "2020-03-02T12:00:00Z")
        try desk.write("\(Self.created)\n\(other)\n\(Self.submitted)\n", to: "in.jsonl")
        let summary = try desk.importEvents("in.jsonl")
        #expect((summary.records, summary.taken, summary.repeated) == (3, 2, 0))
        let listed = try #require(summary.listedTexts.first)
        #expect(
            listed.hasPrefix(
                "line 2 | event 'E-1' | its id stands at sequence 1 with other content: "
                    + #"type: recorded "claim.created", given "claim.comment_added"; "#
                    + #"time: recorded "2020-03-02T09:00:00Z", given "2020-03-02T12:00:00Z"; "#),
            "\(listed)")
        #expect(listed.hasSuffix(#"data.text: recorded nothing, given "hello""#), "\(listed)")
        #expect(try desk.ledger.verify().isSound)
        #expect(try desk.ledger.head() == 2)
    }

    static let garbageLines: [(name: String, line: String, what: String)] = [
        ("no JSON", "hello", "found 'h', expected '{'"),
        ("cut", String(created.dropLast(5)), "the text ends"),
        (
            "an unknown type", created.replacing("claim.created", with: "claim.born"),
            "event type 'claim.born' is unknown"
        ),
        ("an unknown currency", created.replacing("USD", with: "USX"), "'currency' is 'USX'"),
        ("a fraction", created.replacing("500", with: "5.5"), "'amountMinor' is the number 5.5"),
        (
            "no such day", created.replacing("02-29", with: "02-30"),
            "'activityDate' is '2020-02-30'"
        ),
        ("no zone", created.replacing("+01:00", with: ""), "'time' is '2020-03-02T10:00:00'"),
        ("no program", created.replacing("/programs/", with: "/other/"), "'source' is"),
        (
            "twice", created.replacing(#""id""#, with: #""id": "x", "id""#),
            "member 'id' stands twice"
        ),
        (
            "another version", created.replacing(#""1.0""#, with: #""0.3""#),
            "'specversion' is '0.3'"
        ),
        ("no data", created.replacing(#""data""#, with: #""dota""#), "the event has no 'data'"),
    ]

    @Test(
        "a line that is no event is listed with its number, the others are taken",
        arguments: garbageLines)
    func garbage(name: String, line: String, what: String) throws {
        let desk = try ImportDesk()
        try desk.write("\(Self.commented)\n\n\(line)\n\(Self.submitted)\n", to: "in.jsonl")
        let summary = try desk.importEvents("in.jsonl")
        // The empty line is no record.
        #expect((summary.records, summary.taken) == (3, 2), "\(name)")
        let listed = try #require(summary.listedTexts.first)
        #expect(listed.hasPrefix("line 3 | event | \(what)"), "\(listed)")
        #expect(try desk.ledger.head() == 2)
        #expect(try desk.ledger.verify().isSound)
    }

    @Test("a batch lists its elements by number")
    func listedElement() throws {
        let desk = try ImportDesk()
        try desk.write("[\(Self.created), 17, \(Self.submitted)]", to: "in.json")
        let summary = try desk.importEvents("in.json")
        #expect((summary.records, summary.taken) == (3, 2))
        #expect(summary.listedTexts.first?.hasPrefix("element 2 | event | found '1'") == true)
    }

    static let times: [(time: String, isTaken: Bool)] = [
        ("2022-01-08T00:00:00Z", true), ("2022-01-08T00:00:00.001Z", false),
        ("2022-01-08T01:00:00+01:00", true), ("2099-01-01T00:00:00Z", false),
    ]

    @Test("what is said to happen after the import is listed", arguments: times)
    func future(time: String, isTaken: Bool) throws {
        let desk = try ImportDesk()
        let event = Self.event(
            "E-1", "claim.comment_added", #""text": "hello""#, time: time)
        try desk.write("\(event)\n\(Self.created.replacing("E-1", with: "E-9"))\n", to: "in.jsonl")
        let summary = try desk.importEvents("in.jsonl")
        #expect(summary.taken == (isTaken ? 2 : 1))
        let listed = "line 1 | event 'E-1' | its time \(time) is in the future"
        #expect(summary.listedTexts == (isTaken ? [] : [listed]))
    }

    @Test("so it is in lines laid out as ours", arguments: times)
    func futureInOurLayout(time: String, isTaken: Bool) throws {
        let origin = try ImportDesk()
        try origin.write("\(Self.commented)\n\(Self.created)\n", to: "in.jsonl")
        _ = try origin.importEvents("in.jsonl")
        let lines = try origin.lines()
        // Recorded later by its own ledger, whose clock is ahead.
        let later = lines[0].replacing("2022-01-08T00:00:00Z", with: "2099-12-31T00:00:00Z")
            .replacing("2020-03-02T12:00:00Z", with: time)
        #expect(later.contains(time) && later.contains("2099-12-31"))
        let desk = try ImportDesk()
        try desk.write("\(later)\n\(lines[1])\n", to: "in.jsonl")
        let summary = try desk.importEvents("in.jsonl")
        #expect(summary.taken == (isTaken ? 2 : 1))
        let listed = "line 1 | event 'E-3' | its time \(time) is in the future"
        #expect(summary.listedTexts == (isTaken ? [] : [listed]))
    }

    @Test("rules do not refuse history: what it broke is a finding")
    func findings() throws {
        let desk = try ImportDesk()
        let approved = Self.event(
            "E-5", "claim.approved", #""amountMinor": 900, "currency": "USD""#)
        try desk.write("\(approved)\n", to: "in.jsonl")
        #expect(try desk.importEvents("in.jsonl").taken == 1)
        let findings = try desk.ledger.verify().findings
        #expect(findings["out_of_order"] == 1)
        #expect(findings["approved_over_submitted"] == 1)
    }

    @Test("it stops between records, and going on takes the rest", arguments: 1...3)
    func stop(after limit: Int) throws {
        let desk = try ImportDesk()
        let events = [Self.created, Self.submitted, Self.commented]
        try desk.write(events.joined(separator: "\n") + "\n", to: "in.jsonl")
        try desk.write("[" + events.joined(separator: ",") + "]", to: "in.json")
        let summary = try desk.importEvents("in.jsonl", limit: limit)
        #expect(summary.isInterrupted)
        #expect((summary.records, summary.taken) == (limit, limit))
        #expect(try desk.ledger.head() == Int64(limit))
        #expect(try desk.ledger.verify().isSound)
        let rest = try desk.importEvents("in.json")
        #expect(!rest.isInterrupted)
        #expect((rest.taken, rest.repeated) == (3 - limit, limit))
        #expect(try desk.ledger.head() == 3)
    }

    @Test("a file that is not there, or ends inside a line, is told")
    func unreadable() throws {
        let desk = try ImportDesk()
        let missing = #expect(throws: LedgerError.self) { try desk.importEvents("none.jsonl") }
        #expect(missing?.description.contains("no such file") == true)
        try desk.write("\(Self.created)\n\(Self.submitted)", to: "torn.jsonl")
        let torn = #expect(throws: LedgerError.self) { try desk.importEvents("torn.jsonl") }
        #expect(torn?.description.contains(":2: error: last line ends after") == true)
        #expect(torn?.category == .badData)
    }
}
