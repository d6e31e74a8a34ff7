import ClaimsDomain
import ClaimsIndex
import ClaimsLedger
import ClaimsProjections
import ClaimsTestSupport
import Testing
import TransparencyLog

@Suite("Verify and the index")
struct VerifyIndexTests {
    private static func empty() throws -> IndexDesk {
        let history = try randomBrokenHistory(seed: 3, events: 60)
        let desk = try IndexDesk(history.entries.map(\.line), layout: IndexLayout())
        // One whose key verify can read.
        let key = SigningKey.generate(name: try KeyName("law.example")).verifierKey
        var settings = try #require(desk.indexed.settings)
        settings.publicKey = "\(key)"
        try desk.scratch.write(settings.text, to: "ledger/ledger.json")
        return try desk.reopened()
    }

    private static func desk() throws -> IndexDesk {
        let desk = try empty()
        _ = try desk.indexed.balances()
        #expect(try !desk.files().isEmpty)
        return desk
    }

    private static func notices(_ desk: IndexDesk) throws -> [String] {
        let result = try desk.indexed.verify()
        #expect(result.faults.isEmpty, "\(result.faults)")
        return result.notices
    }

    @Test("an index of this log is passed over in silence, and so is none")
    func sound() throws {
        let desk = try Self.desk()
        #expect(try Self.notices(desk) == [])
        #expect(try !desk.files().isEmpty)
        let none = try Self.empty()
        #expect(try Self.notices(none) == [])
        #expect(try none.files().isEmpty)
    }

    @Test("a byte of any page that is another is told, and the index set aside", arguments: 0..<5)
    func damaged(part: Int) throws {
        let desk = try Self.desk()
        let file = "ledger/cache/index/\(try #require(try desk.files().first))"
        var bytes = try desk.scratch.bytes(of: file)
        bytes[(bytes.count - 1) * part / 4] ^= 4
        try desk.scratch.write(bytes, to: file)
        let notices = try Self.notices(desk)
        #expect(notices.count == 1)
        #expect(
            notices.first?.hasPrefix(desk.scratch.path("ledger/cache/index: warning: '")) == true)
        #expect(
            notices.first?.hasSuffix(
                "the index is derived: it is set aside, and written anew by a question") == true)
        #expect(try desk.files().isEmpty)
        #expect(try Self.notices(desk) == [])
    }

    /// As if the fold had learnt a rule since the index was written.
    @Test("an index of another history of the same size is told")
    func otherFold() throws {
        let desk = try Self.desk()
        let store = try #require(desk.indexed.indexStore)
        let opened = try LogIndex.open(store)
        let index = try #require(opened)
        let findings = try desk.replayed.replay().replay.state.findings
        #expect(findings.count > 1)
        #expect(throws: IndexProblem.self) { try index.check(Array(findings.dropLast())) }
        #expect(throws: IndexProblem.self) { try index.check(Array(findings.dropFirst())) }
        #expect(throws: Never.self) { try index.check(findings) }
    }
}
