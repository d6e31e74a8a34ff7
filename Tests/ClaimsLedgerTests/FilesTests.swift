import ClaimsDomain
import ClaimsLedger
import ClaimsTestSupport
import Foundation
import Testing

@Suite("EvidenceFile")
struct EvidenceFileTests {
    static let contents: [(name: String, bytes: [UInt8], sha256: String)] = [
        ("none", [], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (
            "abc", Array("abc".utf8),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        ),
        // Longer than one piece of reading.
        (
            "long", (0..<(3 << 20) + 7).map { UInt8(($0 * 7 + 3) % 251) },
            "68f3a8890801bb19eec9694519e71f8a1ceb5502fee96d4161069d6e96227645"
        ),
    ]

    @Test("a document is described by its size and SHA-256")
    func contents() throws {
        let scratch = try ScratchFolder()
        for (name, bytes, sha256) in Self.contents {
            try scratch.write(bytes, to: "\(name).pdf")
            let file = try EvidenceFile.describe(scratch.path("\(name).pdf"))
            #expect(file.sha256 == sha256)
            #expect(file.size == Int64(bytes.count))
            #expect(file.filename == "\(name).pdf")
            #expect(file.evidence.text == "EV-\(sha256.prefix(12))")
        }
    }

    static let names: [(name: String, mediaType: String)] = [
        ("invoice.pdf", "application/pdf"), ("SCAN.PDF", "application/pdf"),
        ("photo.JPG", "image/jpeg"), ("photo.jpeg", "image/jpeg"), ("a.b.png", "image/png"),
        ("mail.eml", "message/rfc822"), ("list.csv", "text/csv"), ("video.mp4", "video/mp4"),
        ("file", "application/octet-stream"), ("file.unknown", "application/octet-stream"),
        ("Größe 1.txt", "text/plain"),
    ]

    @Test("the media type is told by the name's ending", arguments: names)
    func mediaType(name: String, mediaType: String) throws {
        let scratch = try ScratchFolder()
        try scratch.makeFolder("in")
        try scratch.write("x", to: "in/\(name)")
        let file = try EvidenceFile.describe(scratch.path("in/\(name)"))
        #expect((file.filename, file.mediaType) == (name, mediaType))
    }

    @Test("what is not there or a folder is told")
    func missing() throws {
        let scratch = try ScratchFolder()
        let missing = ledgerError { _ = try EvidenceFile.describe(scratch.path("a.pdf")) }
        let path = scratch.path("a.pdf")
        #expect(missing?.description.hasPrefix("error: document '\(path)': no such file") == true)
        #expect(missing?.category == .notFound)
        let folder = ledgerError { _ = try EvidenceFile.describe(scratch.path) }
        #expect(
            folder?.description == "error: document '\(scratch.path)': is a folder ('open')")
        #expect(folder?.category == .notFound)
    }
}

@Suite("Zone")
struct ZoneTests {
    static let days: [(zone: String, day: String, start: String, end: String)] = [
        ("UTC", "2020-02-29", "2020-02-29T00:00:00Z", "2020-02-29T23:59:59.999Z"),
        ("Europe/Amsterdam", "2020-01-01", "2019-12-31T23:00:00Z", "2020-01-01T22:59:59.999Z"),
        ("Europe/Amsterdam", "2020-07-01", "2020-06-30T22:00:00Z", "2020-07-01T21:59:59.999Z"),
        // Days of 23 and 25 hours.
        ("Europe/Amsterdam", "2020-03-29", "2020-03-28T23:00:00Z", "2020-03-29T21:59:59.999Z"),
        ("Europe/Amsterdam", "2020-10-25", "2020-10-24T22:00:00Z", "2020-10-25T22:59:59.999Z"),
        (
            "America/Los_Angeles", "2020-03-08", "2020-03-08T08:00:00Z", "2020-03-09T06:59:59.999Z"
        ),
        (
            "America/Los_Angeles", "2020-11-01", "2020-11-01T07:00:00Z", "2020-11-02T07:59:59.999Z"
        ),
        ("Asia/Kolkata", "2020-08-15", "2020-08-14T18:30:00Z", "2020-08-15T18:29:59.999Z"),
        // The clock went from midnight to one: that day has no midnight.
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T01:59:59.999Z"),
        ("America/Sao_Paulo", "2018-11-03", "2018-11-03T03:00:00Z", "2018-11-04T02:59:59.999Z"),
        // It went back at midnight, so the day before lasts an hour longer.
        ("America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00Z", "2018-02-18T02:59:59.999Z"),
        // It went back from one to midnight: the first of two midnights begins the day.
        ("America/Havana", "2020-11-01", "2020-11-01T04:00:00Z", "2020-11-02T04:59:59.999Z"),
        ("America/Havana", "2020-03-08", "2020-03-08T05:00:00Z", "2020-03-09T03:59:59.999Z"),
    ]

    @Test("a day starts and ends by the clocks of its zone", arguments: days)
    func day(zone: String, day: String, start: String, end: String) throws {
        let zone = try #require(Zone(zone))
        #expect(zone.start(of: Samples.day(day)) == Samples.instant(start))
        #expect(zone.end(of: Samples.day(day)) == Samples.instant(end))
    }

    @Test(
        "each day begins where the one before ends, 23 to 25 hours later",
        arguments: ["UTC", "Europe/Amsterdam", "America/Sao_Paulo", "America/Havana"])
    func gapless(name: String) throws {
        let zone = try #require(Zone(name))
        for offset in 0..<731 {
            let day = Samples.day("2018-01-01").adding(days: offset)
            let next = zone.start(of: day.adding(days: 1))
            #expect(zone.end(of: day).adding(milliseconds: 1) == next)
            let length =
                next.millisecondsSince1970 - zone.start(of: day).millisecondsSince1970
            #expect([23, 24, 25].contains(length / 3_600_000), "\(day)")
            #expect(length.isMultiple(of: 3_600_000))
        }
    }

    @Test("a zone nobody knows is none", arguments: ["Mars/Olympus", "", "Europe/Amsterdm"])
    func unknown(name: String) { #expect(Zone(name) == nil) }

    @Test("UTC is UTC")
    func utc() {
        let day = Samples.day("2020-12-31")
        #expect(Zone.utc.start(of: day) == Instant(startOf: day))
        #expect(Zone.utc.end(of: day) == Instant(endOf: day))
    }
}

@Suite("ProgramFile")
struct ProgramFileTests {
    static let text = """
        {
          "id": "coop",
          "name": "Co-op",
          "version": "FY20.1",
          "effectiveFrom": "2019-07-01",
          "currency": "USD",
          "timeZone": "America/Los_Angeles",
          "fundControl": "reserve",
          "coopShare": "0.40",
          "threshold": "10000.00",
          "rounding": "half_up",
          "retentionMonths": 24,
          "usagePeriods": [
            {"label": "FY20-H1", "usageFrom": "2019-07-01", "usageTo": "2019-12-31"},
            {"label": "FY20-H2", "usageFrom": "2020-01-01", "usageTo": "2020-06-30",
             "earnedFrom": "2019-07-01", "earnedTo": "2019-12-31",
             "claimFrom": "2020-02-16", "claimDeadline": "2020-08-15"}
          ]
        }

        """

    @Test("a program is read, its deadlines filled in and its zone resolved")
    func read() throws {
        let scratch = try ScratchFolder()
        try scratch.write(Self.text, to: "coop.json")
        let program = try ProgramFile.read(scratch.path("coop.json"))
        #expect((program.id.text, program.version) == ("coop", "FY20.1"))
        #expect(program.threshold == usd(1_000_000))
        #expect(program.effectiveAt == Samples.instant("2019-07-01T07:00:00Z"))
        try #require(program.usagePeriods.count == 2)
        let (first, second) = (program.usagePeriods[0], program.usagePeriods[1])
        // 45 days after the usage period.
        #expect(first.claimDeadline == Samples.day("2020-02-14"))
        #expect(first.instants.claimBefore == Samples.instant("2020-02-15T08:00:00Z"))
        #expect(first.earned == first.usage)
        #expect(second.claimDeadline == Samples.day("2020-08-15"))
        #expect(second.instants.claimBefore == Samples.instant("2020-08-16T07:00:00Z"))
        #expect(second.instants.usageFrom == Samples.instant("2020-01-01T08:00:00Z"))
        #expect(program.activities.isEmpty)
        #expect(!program.separationOfDuties)
    }

    static let faults: [(from: String, to: String, line: Int, what: String)] = [
        (
            "\"coop\"", "7", 2,
            "'id' is the number 7, expected a string of 1 to 256 bytes without control characters"
        ),
        ("\"name\": \"Co-op\",\n", "", 1, "'the program' has no 'name'"),
        (
            "2019-07-01\",\n  \"cur", "2019-06-31\",\n  \"cur", 5,
            "'effectiveFrom' is '2019-06-31', expected a date such as '2020-02-29'"
        ),
        (
            "\"USD\"", "\"USX\"", 6,
            "'currency' is 'USX', expected an ISO 4217 currency code such as 'USD'"
        ),
        (
            "America/Los_Angeles", "America/Los_Angels", 7,
            "found 'America/Los_Angels', expected an IANA time zone such as 'Europe/Amsterdam'"
        ),
        (
            "\"reserve\"", "\"reserved\"", 8,
            "'fundControl' is 'reserved', expected one of 'reserve', 'none'"
        ),
        (
            "\"0.40\"", "0.40", 9,
            "'coopShare' is the number 0.40, expected a decimal number in a string such as '0.40'"
        ),
        ("10000.00", "10000.001", 10, "found '10000.001', expected a decimal amount of USD"),
        (
            "24,", "24.5,", 12,
            "'retentionMonths' is the number 24.5, expected a whole number from 0 to 1200"
        ),
        (
            "\"usageTo\": \"2019-12-31\"", "\"usageTo\": \"2019-06-30\"", 14,
            "found 'usageTo' 2019-06-30, expected 2019-07-01 or a later day"
        ),
        (
            "\"claimDeadline\": \"2020-08-15\"", "\"claimDeadline\": \"2020-02-15\"", 17,
            "found 'claimDeadline' 2020-02-15, expected 2020-02-16 or a later day"
        ),
        ("\"label\": \"FY20-H2\", ", "", 15, "'usagePeriods' has no 'label'"),
        ("\n}\n", "\n", 19, "the text ends, expected ','"),
        (
            "{\n  \"id\"", "{\n  \"id\": \"x\",\n  \"id\"", 3,
            "member 'id' stands twice in one object"
        ),
        ("\n}\n", "\n}\n}\n", 20, "found '}' after the end of the value"),
    ]

    @Test("a fault is told with line, byte, excerpt and fix", arguments: faults)
    func fault(from: String, to: String, line: Int, what: String) throws {
        let scratch = try ScratchFolder()
        try #require(Self.text.contains(from))
        let range = try #require(Self.text.firstRange(of: from))
        try scratch.write(Self.text.replacingCharacters(in: range, with: to), to: "coop.json")
        let path = scratch.path("coop.json")
        let error = try #require(ledgerError { _ = try ProgramFile.read(path) })
        let lines = error.description.split(separator: "\n").map(String.init)
        #expect(lines.first == "\(path):\(line): error: \(what)")
        #expect(lines.count == 5)
        #expect(lines.last == "  fix: correct the program file; its fields are in events/README.md")
        #expect(error.category == .badData)
    }

    @Test("a fault in full")
    func faultInFull() throws {
        let scratch = try ScratchFolder()
        let range = try #require(Self.text.firstRange(of: "\"half_up\""))
        try scratch.write(
            Self.text.replacingCharacters(in: range, with: "\"up\""), to: "coop.json")
        let path = scratch.path("coop.json")
        #expect(
            ledgerError { _ = try ProgramFile.read(path) }?.description == """
                \(path):11: error: 'rounding' is 'up', expected one of 'half_up', 'half_even', \
                'down'
                  at byte 243
                    "rounding": "up",
                                ^
                  fix: correct the program file; its fields are in events/README.md
                """)
    }

    @Test("a file that is not there is told")
    func missing() throws {
        let scratch = try ScratchFolder()
        let error = ledgerError { _ = try ProgramFile.read(scratch.path("no.json")) }
        let path = scratch.path("no.json")
        #expect(
            error?.description
                == "error: program file '\(path)': no such file or folder ('open')")
        #expect(error?.category == .notFound)
    }

    @Test("a program that was read is published and read back the same")
    func published() throws {
        var office = try Office(publishes: false)
        try office.scratch.write(Self.text, to: "coop.json")
        let program = try ProgramFile.read(office.scratch.path("coop.json"))
        try office.submit(.publish(program), by: Samples.reviewer)
        #expect(try office.ledger.programs().value.map(\.rules) == [program])
        #expect(try office.ledger.rules(of: program.id, at: office.now) == program)
    }
}
