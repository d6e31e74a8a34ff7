import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import ClaimsTestSupport
import Foundation
import Testing

@Suite("A torn tail")
struct TornTailTests {
    private static let tail = "{\"specversion\":\"1.0\",\"id\":\"C-4\u{7}"

    /// Three events and the beginning of a fourth.
    private static func office() throws -> Office {
        var office = try Office()
        try office.submit(Office.create("CLM-1"))
        try office.setLog(try office.log() + Array(tail.utf8))
        return office
    }

    @Test("questions are answered from the whole lines, with a warning")
    func warning() throws {
        let office = try Self.office()
        let answer = try office.ledger.claims()
        #expect(answer.value.rows.map(\.claim.text) == ["CLM-1"])
        #expect(answer.lastSequence == 3)
        let path = office.scratch.path(Office.segment)
        let start = try office.log().count - Self.tail.utf8.count
        let warning = """
            \(path):4: error: last record ends after 31 bytes without a line feed
              at byte \(start)
              fix: run 'claims repair'
            """
        #expect(answer.warning == warning)
        #expect(try office.ledger.balances().warning == warning)
        #expect(try office.ledger.history(of: ClaimID("CLM-1")).map { $0.row }.warning == warning)
        #expect(try office.ledger.verify().faults == [warning])
        #expect(ledgerError { _ = try office.ledger.openWriter() }?.description == warning)
        #expect(ledgerError { _ = try office.ledger.openWriter() }?.category == .badData)
        #expect(try office.ledger.head() == 3)
        let whole = try Office()
        #expect(try whole.ledger.claims().warning == nil)
    }

    @Test("repair shows it, sets it aside byte for byte, and the log goes on")
    func repair() throws {
        var office = try Self.office()
        let whole = try office.log().dropLast(Self.tail.utf8.count)
        let notice = try #require(try office.ledger.tornTail())
        #expect(notice.file == office.scratch.path(Office.segment))
        #expect(notice.byteOffset == whole.count)
        #expect(notice.byteCount == 31)
        #expect(notice.excerpt.hasPrefix("{\"specversion\":\"1.0\""))
        // What it holds reaches a terminal as dots at most.
        #expect(notice.excerpt.unicodeScalars.allSatisfy { $0.value >= 0x20 })
        // To look at it changes nothing.
        #expect(try office.log().count == whole.count + 31)
        let aside = try office.ledger.setAsideTornTail()
        #expect(try office.log() == Array(whole))
        let kept = try Data(contentsOf: URL(fileURLWithPath: aside))
        #expect(Array(kept) == Array(Self.tail.utf8))
        #expect(try office.ledger.verify().isSound)
        #expect(try office.ledger.tornTail() == nil)
        #expect(try office.submit(Office.create("CLM-2")).sequence == 4)
    }

    @Test("without a tail there is nothing to repair")
    func nothing() throws {
        let office = try Office()
        let log = try office.log()
        #expect(try office.ledger.tornTail() == nil)
        let error = ledgerError { _ = try office.ledger.setAsideTornTail() }
        #expect(error?.description == "error: there is no torn tail any more")
        #expect(error?.category == .notFound)
        #expect(try office.log() == log)
    }

    @Test("while a writer is at work nothing is set aside, and its line is no torn tail")
    func writerAtWork() throws {
        var office = try Office()
        var writer = try office.ledger.openWriter()
        let log = try office.log()
        try office.setLog(log + Array("{\"half".utf8))
        #expect(try office.ledger.tornTail() == nil)
        #expect(try office.ledger.claims().warning == nil)
        #expect(try office.ledger.verify().faults.isEmpty)
        #expect(ledgerError { _ = try office.ledger.setAsideTornTail() }?.category == .locked)
        try office.setLog(log)
        #expect(try writer.submit(Office.create("CLM-1"), office.context()).sequence == 3)
    }

    @Test("a plain file has nothing to repair")
    func plainFile() throws {
        let office = try Self.office()
        let ledger = try Ledger.open(office.scratch.path(Office.segment))
        for work in [{ _ = try ledger.tornTail() }, { _ = try ledger.setAsideTornTail() }] {
            let error = ledgerError(work)
            #expect(
                error?.description == """
                    \(ledger.name): error: only a ledger folder or a shared ledger can be repaired
                      fix: name the ledger with --ledger
                    """)
        }
    }

    @Test("a log cut at any byte gives its whole lines or nothing else", arguments: [0, 1, 2])
    func everyCut(rest: Int) throws {
        let office = try VerifyTests.office()
        let log = try office.log()
        for cut in stride(from: rest, to: log.count, by: 3) {
            try office.setLog(Array(log[..<cut]))
            let lines = Int64(log[..<cut].count { $0 == 0x0A })
            let answer = try office.ledger.claims()
            let isClean = cut == 0 || log[cut - 1] == 0x0A
            #expect(answer.lastSequence == lines)
            #expect((answer.warning == nil) == isClean, "cut at \(cut)")
        }
    }
}
