import ClaimsDomain
import ClaimsLedger
import ClaimsTestSupport
import Testing

@Suite("a copy of a ledger")
struct CopyTests {
    private func copied(_ office: Office) throws -> (copy: Ledger, receipt: CopyReceipt) {
        let copy = try office.ledger.openCopy(office.scratch.path("copy"))
        return (copy, try office.ledger.copy(to: copy))
    }

    @Test("has the same bytes, the same head and the same identity")
    func same() throws {
        let office = try Office()
        let (copy, receipt) = try copied(office)
        #expect(receipt.eventsFound == 0)
        #expect(receipt.eventsCopied == 2)
        #expect(copy.settings == office.ledger.settings)
        #expect(try copy.treeHead() == office.ledger.treeHead())
        #expect(receipt.rootHash == (try office.ledger.treeHead()).rootHash)
        let name = "000000000001.jsonl"
        #expect(
            try office.scratch.bytes(of: "copy/\(name)")
                == office.scratch.bytes(of: "ledger/\(name)"))
    }

    @Test("goes on where it ended, and a copy of a whole one copies nothing")
    func resumed() throws {
        var office = try Office()
        _ = try copied(office)
        var writer = try office.ledger.openWriter()
        _ = try writer.submit(
            Office.create("CLM-1"), office.context(by: Samples.reviewer))
        let (_, receipt) = try copied(office)
        #expect(receipt.eventsFound == 2)
        #expect(receipt.eventsCopied == 1)
        #expect(try copied(office).receipt.eventsCopied == 0)
    }

    @Test("is refused over another ledger, and over one that differs or is ahead")
    func others() throws {
        let office = try Office()
        let other = try Office()
        #expect(throws: LedgerError.self) {
            _ = try office.ledger.openCopy(other.scratch.path("ledger"))
        }
        let (copy, _) = try copied(office)
        let log = "copy/000000000001.jsonl"
        var bytes = try office.scratch.bytes(of: log)
        bytes[bytes.count / 2] ^= 1
        try office.scratch.write(bytes, to: log)
        #expect(throws: LedgerError.self) { _ = try office.ledger.copy(to: copy) }
        try office.scratch.write([], to: Office.segment)
        #expect(throws: LedgerError.self) { _ = try office.ledger.copy(to: copy) }
    }

    @Test("carries the checkpoints along, once")
    func checkpoints() throws {
        let office = try Office()
        let key = KeyFile(path: office.scratch.path("keys/ledger.key"))
        _ = try office.ledger.makeCheckpoint(key: key)
        let (copy, receipt) = try copied(office)
        #expect(receipt.checkpointsCopied == 1)
        #expect(try copy.storedCheckpoints() == office.ledger.storedCheckpoints())
        #expect(try copied(office).receipt.checkpointsCopied == 0)
    }

    @Test("of a ledger on a server needs a program that was built for one")
    func server() throws {
        #if !PostgreSQL
            do {
                _ = try Ledger.open("postgresql://u:secret@h/db")
                Issue.record("this program knows no servers")
            } catch {
                #expect(
                    error.description == """
                        postgresql://u@h/db: error: this program was built without PostgreSQL
                          fix: build it with 'swift build -c release --traits PostgreSQL' \
                        (needs libpq-dev)
                        """)
                #expect(error.category == .notFound)
            }
        #endif
    }
}
