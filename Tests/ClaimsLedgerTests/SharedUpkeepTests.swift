import ClaimsDomain
import ClaimsLedger
import ClaimsTestSupport
import EventLog
import Testing
import TransparencyLog

@Suite("What is kept beside the lines of a shared ledger")
struct SharedUpkeepTests {
    /// A shared ledger with the lines of an office's folder.
    private func shared(_ office: Office) throws -> (ledger: Ledger, store: MemorySharedStore) {
        let store = MemorySharedStore()
        let settings = try #require(office.ledger.settings)
        let ledger = Ledger.shared(store, settings)
        _ = try office.ledger.copy(to: ledger)
        return (ledger, store)
    }

    private func key(_ office: Office) -> KeyFile {
        KeyFile(path: office.scratch.path("keys/ledger.key"))
    }

    @Test("a head is signed once, kept, and held against the lines; it goes along with a copy")
    func checkpoint() throws {
        let office = try Office()
        let (ledger, store) = try shared(office)
        let first = try ledger.makeCheckpoint(key: key(office))
        #expect(first.isNew && first.file.path == "memory (claims_checkpoint, size 2)")
        let again = try ledger.makeCheckpoint(key: key(office))
        #expect(!again.isNew && again.file.note == first.file.note)
        #expect(try ledger.newestCheckpoint(covering: 2)?.note == first.file.note)
        #expect(try ledger.newestCheckpoint(covering: 3) == nil)
        let result = try ledger.verify()
        #expect(result.faults == [] && result.keptCheckpoints == 1)
        #expect(try ledger.copy(to: office.ledger).checkpointsCopied == 1)
        #expect(try office.ledger.storedCheckpoints() == store.checkpoints())
    }

    @Test("a proof leads to the checkpoint, and a note that is none is told by its row")
    func proof() throws {
        let office = try Office()
        let (ledger, store) = try shared(office)
        let kept = try ledger.makeCheckpoint(key: key(office))
        let bundle = try ledger.prove(.event(2), upTo: kept.file)
        #expect(try bundle.check(BundleCheckOptions()).isSound)
        _ = store.keep(StoredCheckpoint(size: 1, note: Array("no note".utf8)))
        let faults = try ledger.verify().faults
        #expect(faults.count == 1)
        #expect(faults.first?.hasPrefix("memory (claims_checkpoint, size 1):") == true)
    }

    @Test("the lines are read once for a proof, also where a head has to be signed for it")
    func oneReading() throws {
        var office = try Office()
        let (ledger, store) = try shared(office)
        for isSigned in [false, true] {
            store.readCount = 0
            let material = try ledger.proofMaterial(named: "2")
            let kept =
                try ledger.newestCheckpoint(covering: material.lastSequence)
                ?? ledger.makeCheckpoint(key: key(office), of: material.record).file
            let bundle = try ledger.prove(material, upTo: kept)
            #expect(try bundle.check(BundleCheckOptions()).isSound)
            #expect(store.readCount == 1 && kept.checkpoint.size == 2, "signed before: \(isSigned)")
        }
        // What was appended meanwhile, and is covered, belongs to the claim that is proved.
        var writer = try ledger.openWriter()
        _ = try writer.submit(Office.create("CLM-1"), office.context())
        let early = try ledger.proofMaterial(named: "CLM-1")
        _ = try writer.submit(Office.claim("CLM-1", .comment(text: "x")), office.context())
        let late = try ledger.makeCheckpoint(key: key(office)).file
        #expect(try ledger.prove(early, upTo: late).entries.count == 2)
        // A head that somebody signed in between is held against the log, not what was read.
        #expect(try !ledger.makeCheckpoint(key: key(office), of: early.record).isNew)
    }

    @Test("a note with more signatures is kept beside the one before it, and copied over it")
    func signatures() throws {
        let office = try Office()
        let (ledger, store) = try shared(office)
        let signed = try ledger.makeCheckpoint(key: key(office)).file.note
        #expect(try ledger.copy(to: office.ledger).checkpointsCopied == 1)
        let (other, _) = try KeyFile(path: office.scratch.path("keys/other.key"))
            .readOrGenerate(origin: "witness.example/w1")
        let more = Array(try signed.signed(by: other).description.utf8)
        #expect(store.keep(StoredCheckpoint(size: 2, version: 2, note: more)))
        #expect(!store.keep(StoredCheckpoint(size: 2, version: 2, note: [])))
        #expect(store.checkpoints().map(\.note) == [more])
        #expect(try ledger.verify().faults == [])
        #expect(try ledger.copy(to: office.ledger).checkpointsCopied == 1)
        #expect(try office.ledger.storedCheckpoints().map(\.note) == [more])
        // One with fewer signatures goes nowhere.
        let (fresh, _) = try shared(office)
        #expect(try fresh.storedCheckpoints().map(\.note) == [more])
        #expect(try office.ledger.copy(to: fresh).checkpointsCopied == 0)
    }

    @Test("documents are kept once by their SHA-256, empty ones too, and hashed by verify")
    func documents() throws {
        let office = try Office()
        let (ledger, _) = try shared(office)
        let vault = try ledger.vault()
        #expect(try !vault.exists() && !vault.canDiscard)
        for text in ["an invoice", ""] {
            try office.scratch.write(text, to: "document.txt")
            let path = office.scratch.path("document.txt")
            let document = try EvidenceFile.describe(path)
            #expect(try vault.store(path, sha256: document.sha256))
            #expect(try !vault.store(path, sha256: document.sha256))
            #expect(try vault.contents()(document.sha256))
            #expect(try vault.sha256(of: document.sha256) == document.sha256)
        }
        let path = office.scratch.path("document.txt")
        let error = ledgerError { _ = try vault.store(path, sha256: "another") }
        #expect(
            error?.description == """
                \(path): error: the document was changed while it was copied
                  fix: try again when nobody writes to it
                """)
        let result = try ledger.verify()
        #expect(result.faults == [] && result.documents?.unreferenced == 2)
        #expect(
            result.notices.first?.hasPrefix("memory (claims_document)/") == true)
    }

    @Test("its server is looked at, and nothing of it is to be repaired")
    func health() throws {
        let office = try Office()
        let (ledger, _) = try shared(office)
        let checks = try ledger.examine(now: office.now, keyFile: nil)
        #expect(checks.map(\.name) == ["log", "clock", "server", "checkpoints"])
        #expect(try ledger.tornTail() == nil)
        let error = ledgerError { _ = try ledger.setAsideTornTail() }
        #expect(error?.description == "error: there is no torn tail any more")
    }
}
