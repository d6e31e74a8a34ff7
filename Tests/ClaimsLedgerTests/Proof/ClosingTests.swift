import ClaimsDomain
import ClaimsLedger
import ClaimsTestSupport
import Testing

@Suite("Closings of periods")
struct ClosingTests {
    @Test("a closing names the tree before it, and shows a change of what came before")
    func closing() throws {
        var ledger = try ProofOffice(events: 6, signedAt: [])
        let head = try ledger.office.ledger.treeHead()
        try ledger.office.submit(
            .closePeriod(
                program: Office.program.id, period: Samples.firstPeriod, treeHead: head),
            by: Samples.reviewer)
        #expect(try ledger.verify().isSound)
        var lines = try ledger.office.lines()
        let text = String(decoding: lines[2], as: UTF8.self)
        lines[2] = Array(text.replacing("\"id\":\"C-", with: "\"id\":\"D-").utf8)
        #expect(lines[2] != Array(text.utf8))
        try ledger.office.setLines(lines)
        let faults = try ledger.verify().faults
        #expect(faults.count == 1)
        let path = ledger.office.scratch.path(Office.segment)
        let what = "the closing of 'FY20-H1' names the root '\(head.rootHash)' over the 6 events"
        #expect(faults.first?.hasPrefix("\(path):7: error: \(what) before it") == true, "\(faults)")
    }
}
