import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import Foundation
import Testing

@testable import ClaimsExchange

@Suite("What all exports have in common")
struct ExportLawTests {
    private static let desk = Result { try ExportDesk(events: 3_000, seed: 11) }

    @Test(
        "the same ledger gives the same bytes on any number of threads", arguments: ExportDesk.forms
    )
    func deterministic(_ form: String) throws {
        var ledger = try Self.desk.get().ledger
        ledger.scanThreads = 1
        let first = try ExportDesk.text(form, of: ledger)
        ledger.scanThreads = 4
        #expect(try ExportDesk.text(form, of: ledger) == first)
        #expect(first.utf8.count > 1_000)
    }

    @Test(
        "what was known at a sequence is what a log of that length gives",
        arguments: ExportDesk.forms)
    func knownAt(_ form: String) throws {
        let ledger = try Self.desk.get().ledger
        let then = try ExportDesk.text(
            form, of: ledger, at: Viewpoint(knownAt: .sequence(1_200)))
        let short = try ExportDesk.text(form, of: ledger.limited(to: 1_200))
        // The books and the script say what was asked for.
        func rest(_ text: String) -> [Substring] {
            text.split(separator: "\n").filter {
                !$0.hasPrefix("; As of") && !$0.hasPrefix("(NULL,")
            }
        }
        #expect(rest(then) == rest(short))
    }

    @Test("a batch is the stored lines with commas between")
    func batch() throws {
        let ledger = try Self.desk.get().ledger
        var lines: [String] = []
        _ = try ledger.lines(Selection(), at: Viewpoint()) { span in
            lines.append(String(decoding: span.indices.map { span[$0] }, as: UTF8.self))
        }
        let text = try ExportDesk.text("cloudevents", of: ledger)
        #expect(text == "[\n" + lines.joined(separator: ",\n") + "\n]\n")
        let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
        #expect(parsed?.count == 3_000)
    }

    @Test("an output that cannot take a piece fails with what that threw, and goes on failing")
    func failing() throws {
        struct Full: Error {}
        let output = ExportOutput { _ in throw Full() }
        #expect(throws: (any Error).self) {
            try FundJournal(.hledger).write(
                try Self.desk.get().ledger, at: Viewpoint(), to: output)
        }
        #expect(output.failure is Full)
        #expect(throws: Full.self) { try output.finish() }
    }
}

@Suite("Gathering pieces by subject")
struct SubjectSpillTests {
    @Test("pieces come back whole, by subject, in order, from memory and from the file")
    func sorted() throws {
        var spill = SubjectSpill()
        var wanted: [[String]] = []
        var random = UInt64(7)
        for number in 0..<60_000 {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let isNew = wanted.isEmpty || random >> 60 == 0
            let subject = isNew ? spill.add() : Int(random >> 33) % wanted.count
            if isNew { wanted.append([]) }
            let piece = String(repeating: "\(number);", count: Int(random >> 50) % 12)
            wanted[subject].append(piece)
            try spill.append(Array(piece.utf8), to: subject)
        }
        #expect(wanted.count > 2_048)
        var found: [[String]] = []
        try spill.eachSubject { subject, pieces in
            #expect(subject == found.count)
            found.append(pieces.map { String(decoding: $0, as: UTF8.self) })
        }
        #expect(found == wanted)
    }

    @Test("nothing was gathered")
    func empty() throws {
        try SubjectSpill().eachSubject { _, _ in Issue.record("there is no subject") }
    }
}
