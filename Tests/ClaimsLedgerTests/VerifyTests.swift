import ClaimsCodec
import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import ClaimsTestSupport
import Foundation
import Testing

@Suite("Verifying a ledger")
struct VerifyTests {
    /// Nine events: a program, funds, a claim approved, a draft, an association.
    static func office() throws -> Office {
        var office = try Office()
        try office.submit(Office.create("CLM-1", usd(500)))
        try office.submit(Office.claim("CLM-1", .submit(amount: nil)))
        try office.submit(Office.claim("CLM-1", .startReview), by: Samples.reviewer)
        try office.submit(
            Office.claim("CLM-1", .approve(amount: usd(400), reason: "a part")),
            by: Samples.reviewer)
        try office.submit(Office.create("CLM-2", usd(10)))
        try office.submit(Samples.command(for: AssociationAction.create))
        try office.submit(Office.earn(usd(7), partner: Samples.otherPartner), by: Samples.reviewer)
        return office
    }

    @Test("a ledger as written is sound")
    func sound() throws {
        let office = try Self.office()
        let verification = try office.ledger.verify()
        #expect(verification.isSound)
        #expect(verification.faults.isEmpty)
        #expect(verification.findings.isEmpty)
        #expect(verification.events == 9)
        #expect(verification.bytes == Int64(try office.log().count))
        #expect(verification.accounts == 2)
        #expect(verification.rootHash == (try office.ledger.treeHead().rootHash))
    }

    @Test("an empty ledger is not sound: nothing was checked")
    func empty() throws {
        let office = try Office(publishes: false)
        let verification = try office.ledger.verify()
        #expect(verification.faults.isEmpty)
        #expect(verification.events == 0)
        #expect(!verification.isSound)
    }

    @Test("rules that history broke are told, and are no faults")
    func findings() throws {
        let ledger = try randomBrokenHistory(seed: 3)
        let office = try Office(lines: ledger.entries.map(\.line))
        let verification = try office.ledger.verify()
        #expect(verification.isSound)
        let expected = Dictionary(grouping: ledger.state.findings, by: \.code.rawValue)
            .mapValues(\.count)
        #expect(!expected.isEmpty)
        #expect(verification.findings == expected)
    }

    typealias Corruption = (
        name: String, change: @Sendable (inout [String]) -> Void, line: Int, what: String
    )

    private static func replacing(
        _ line: Int, _ from: String, _ to: String
    ) -> @Sendable (inout [String]) -> Void {
        { lines in
            precondition(lines[line - 1].contains(from), "no '\(from)' in \(lines[line - 1])")
            lines[line - 1] = lines[line - 1].replacingOccurrences(of: from, with: to)
        }
    }

    static let corruptions: [Corruption] = [
        (
            "deleted", { $0.remove(at: 3) }, 4,
            "'sequence' jumps to 5, expected 4: events are missing"
        ),
        (
            "repeated", { $0.insert($0[3], at: 4) }, 5,
            "'sequence' is 4 again, expected 5: events are repeated"
        ),
        ("swapped", { $0.swapAt(3, 4) }, 4, "'sequence' jumps to 5, expected 4"),
        ("first cut off", { $0.removeFirst() }, 1, "'sequence' jumps to 2, expected 1"),
        ("emptied", { $0[4] = "" }, 5, "the line is empty, expected an event"),
        ("cut short", { $0[4] = String($0[4].dropLast(3)) }, 5, "the text ends"),
        ("joined", { $0[4] += $0.remove(at: 5) }, 5, "found '{' after the end of the value"),
        ("garbage", { $0[4] = "\u{1}" + $0[4] }, 5, "found byte 0x01, expected '{'"),
        ("no object", { $0[4] = "17" }, 5, "found '1', expected '{'"),
        (
            "a member twice", replacing(5, "\"subject\"", "\"id\":\"x\",\"subject\""), 5,
            "member 'id' stands twice in one object"
        ),
        (
            "an unknown type", replacing(5, "claim.review_started", "claim.review_startled"), 5,
            "event type 'claim.review_startled' is unknown; the nearest known one is "
                + "'claim.review_started'"
        ),
        ("no source", replacing(5, "\"source\"", "\"sauce\""), 5, "the event has no 'source'"),
        ("no amount", replacing(4, "amountMinor", "amount"), 4, "has no 'amountMinor'"),
        ("an unknown currency", replacing(4, "\"USD\"", "\"USX\""), 4, "'currency' is 'USX'"),
        (
            "an amount out of range", replacing(4, "Minor\":500", "Minor\":9007199254740992"), 4,
            "'amountMinor' is the number 9007199254740992"
        ),
        ("a fraction", replacing(4, "Minor\":500", "Minor\":5.0"), 4, "the number 5.0"),
        (
            "a time without a zone", replacing(5, "Z\",\"sequence", "\",\"sequence"), 5,
            "'recordedtime' is '2020-03-02T09:04:00'"
        ),
        (
            "recorded before the event before it",
            {
                replacing(5, "2020-03-02T09:04", "2020-03-01T09:04")(&$0)
            }, 5, "'recordedtime' 2020-03-01T09:04:00Z is before the previous event's"
        ),
        (
            "recorded before it happened",
            replacing(5, "\"recordedtime\":\"2020-03-02", "\"recordedtime\":\"2020-03-01"), 5,
            "'recordedtime' 2020-03-01T09:04:00Z is before 'time' 2020-03-02T09:04:00Z"
        ),
        (
            "an id twice", replacing(5, "\"id\":\"C-5\"", "\"id\":\"C-4\""), 5,
            "id 'C-4' of source '/programs/csp-indirect/partners/4567890' stands already at "
                + "sequence 4"
        ),
        ("a short sequence", replacing(5, "000000000005", "5"), 5, "'sequence' is '5'"),
        ("another version", replacing(5, "\"1.0\"", "\"1.1\""), 5, "'specversion' is '1.1'"),
        (
            "over the limit", { $0[4] = String(repeating: "x", count: 65_536) }, 5,
            "the limit is 65535"
        ),
    ]

    @Test("each kind of corruption is a fault at its line", arguments: corruptions)
    func corruption(_ corruption: Corruption) throws {
        let office = try Self.office()
        var lines = try office.lines().map { String(decoding: $0, as: UTF8.self) }
        corruption.change(&lines)
        try office.setLines(lines.map { Array($0.utf8) })
        let verification = try office.ledger.verify()
        #expect(!verification.isSound)
        let first = try #require(verification.faults.first, "\(corruption.name)")
        let path = office.scratch.path(Office.segment)
        #expect(first.hasPrefix("\(path):\(corruption.line): error: "), "\(first)")
        #expect(first.contains(corruption.what), "\(first)")
        #expect(first.contains("\n  fix: "))
        // A question stops at the same place with the same words.
        let error = try #require(ledgerError { _ = try office.ledger.claims() })
        #expect(error.description == first)
        #expect(error.category == .badData)
        // And no writer adds to it.
        #expect(ledgerError { _ = try office.ledger.openWriter() }?.description == first)
    }

    @Test("bytes that are no UTF-8 are a fault")
    func invalidUTF8() throws {
        let office = try Self.office()
        var log = try office.log()
        let place = try #require(log.firstRange(of: Array("CLM-1".utf8))?.lowerBound)
        log[place] = 0xFF
        try office.setLog(log)
        let faults = try office.ledger.verify().faults
        #expect(faults.first?.contains(":3: error: the bytes are not valid UTF-8") == true)
        #expect(faults.first?.contains("at byte \(place), sequence 3") == true)
    }

    @Test("every fault is listed, not only the first")
    func allFaults() throws {
        let office = try Self.office()
        var lines = try office.lines().map { String(decoding: $0, as: UTF8.self) }
        for change in [
            Self.replacing(2, "\"USD\"", "\"USX\""), Self.replacing(4, "Minor\":500", "Minor\":-1"),
            Self.replacing(5, "\"id\":\"C-5\"", "\"id\":\"C-1\""),
            Self.replacing(8, "association.created", "association.crated"),
        ] { change(&lines) }
        try office.setLines(lines.map { Array($0.utf8) })
        try office.setLog(try office.log() + Array("{\"torn".utf8))
        let faults = try office.ledger.verify().faults
        let path = office.scratch.path(Office.segment)
        let places = faults.compactMap { $0.split(separator: " ").first.map(String.init) }
        // 'C-1' was the id of a program's event: of another source it is no duplicate.
        #expect(places == [2, 4, 8, 10].map { "\(path):\($0):" })
        #expect(faults.last?.contains("last record ends after 6 bytes") == true)
    }

    @Test("totals that leave 64 bits are a fault, in questions too")
    func overflow() throws {
        var ledger = try TestLedger(publishing: [Office.program], earned: nil)
        for _ in 0..<1_025 { try ledger.earn(usd(Money.largestMinorUnits), in: Office.program) }
        let office = try Office(lines: ledger.entries.map(\.line))
        let faults = try office.ledger.verify().faults
        let what = "the totals of fund csp-indirect/4567890/FY20-H1/USD leave 64 bits"
        #expect(faults.first?.contains(":1026: error: \(what)") == true)
        let error = ledgerError { _ = try office.ledger.balances() }
        #expect(error?.description.contains(what) == true)
        // The one before it still fits.
        let fits = try Office(lines: ledger.entries.dropLast().map(\.line))
        #expect(try fits.ledger.verify().isSound)
    }

    @Test("a missing or misnamed segment is a fault")
    func segments() throws {
        var office = try Office(segmentBytes: 900)
        for number in 1...6 { try office.submit(Office.create("CLM-\(number)", usd(1))) }
        let names = try office.scratch.names("ledger").filter { $0.hasSuffix(".jsonl") }
        try #require(names.count >= 3)
        #expect(try office.ledger.verify().isSound)
        let middle = office.scratch.path("ledger/\(names[1])")
        try FileManager.default.moveItem(atPath: middle, toPath: office.scratch.path("away"))
        #expect(try office.ledger.verify().faults.contains { $0.contains("segment starts at") })
        try FileManager.default.moveItem(
            atPath: office.scratch.path("away"), toPath: office.scratch.path("ledger/2.jsonl"))
        #expect(try office.ledger.verify().faults.contains { $0.contains("segment name is odd") })
    }

    /// A ledger of three short lines.
    private static func smallOffice() throws -> Office {
        var program = Office.program
        program.usagePeriods.removeLast()
        program.holidays = []
        program.targets = Targets()
        var ledger = try TestLedger(publishing: [program], earned: nil)
        let source = Source(program: program.id, partner: Samples.partner)
        let earned = FundsEarned(amount: usd(700), earnedOn: Samples.day("2019-12-31"))
        try ledger.record(.fundsEarned(earned), subject: "FY20-H1", source: source)
        try ledger.record(.claimSubmitted(amount: usd(600)), subject: "CLM-1", source: source)
        return try Office(lines: ledger.entries.map(\.line))
    }

    @Test("any bit flipped is a fault or another root", arguments: 0..<8)
    func bitFlips(bit: Int) throws {
        let office = try Self.smallOffice()
        let log = try office.log()
        let root = try office.ledger.verify().rootHash
        var (faulty, moved) = (0, 0)
        for place in log.indices {
            var flipped = log
            flipped[place] ^= 1 << UInt8(bit)
            try office.setLog(flipped)
            let verification = try office.ledger.verify()
            if verification.isSound { moved += 1 } else { faulty += 1 }
            if verification.isSound, verification.rootHash == root {
                Issue.record("byte \(place), bit \(bit) went unseen")
            }
        }
        #expect(faulty > log.count / 4)
        #expect(faulty + moved == log.count)
    }
}
