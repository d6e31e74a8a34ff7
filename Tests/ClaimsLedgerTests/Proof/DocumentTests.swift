import ClaimsDomain
import ClaimsLedger
import ClaimsTestSupport
import Foundation
import Testing

@Suite("Documents beside the log")
struct DocumentTests {
    /// Six events, of which the fourth attaches `scan-4.pdf`.
    private static func ledger() throws -> ProofOffice { try ProofOffice(events: 6, signedAt: []) }

    private static func store(_ ledger: ProofOffice, _ bytes: [UInt8]) throws -> Bool {
        try ledger.office.scratch.write(bytes, to: "incoming")
        return try ledger.office.ledger.vault().store(
            ledger.office.scratch.path("incoming"), sha256: ProofOffice.sha256(bytes))
    }

    @Test("the vault keeps a document once, under its hash, and verify hashes it")
    func vault() throws {
        let ledger = try Self.ledger()
        #expect(try ledger.verify().documents == nil)
        #expect(try Self.store(ledger, ProofOffice.document(4)))
        #expect(try !Self.store(ledger, ProofOffice.document(4)))
        let name = ProofOffice.sha256(ProofOffice.document(4))
        #expect(try ledger.office.scratch.names("ledger/evidence") == [name])
        let result = try ledger.verify()
        #expect(result.isSound)
        #expect(result.documents?.referenced == 1 && result.documents?.found == 1)
        try ledger.office.scratch.write("scan-x", to: "ledger/evidence/\(name)")
        let changed = try ledger.verify()
        #expect(changed.faults.count == 1)
        #expect(changed.faults[0].contains("the document is changed: its SHA-256 is"))
        #expect(changed.faults[0].hasPrefix(ledger.office.scratch.path("ledger/evidence/\(name)")))
    }

    @Test("a file in the vault that no event refers to is told, and is no fault")
    func unreferenced() throws {
        let ledger = try Self.ledger()
        #expect(try Self.store(ledger, Array("other".utf8)))
        let result = try ledger.verify()
        #expect(result.isSound && result.documents?.unreferenced == 1)
        #expect(result.notices.first?.contains("no event refers to this file") == true)
    }

    @Test("a document of another hash than promised is not kept")
    func otherHash() throws {
        let ledger = try Self.ledger()
        try ledger.office.scratch.write("one", to: "incoming")
        let error = ledgerError {
            _ = try ledger.office.ledger.vault().store(
                ledger.office.scratch.path("incoming"),
                sha256: ProofOffice.sha256(Array("two".utf8)))
        }
        #expect(error?.description.contains("was changed while it was copied") == true)
        #expect(try ledger.office.scratch.names("ledger/evidence") == [])
    }

    @Test("with a folder named, a document in neither is missing, one of its name changed")
    func folder() throws {
        let ledger = try Self.ledger()
        try ledger.office.scratch.makeFolder("scans/2020")
        let scans = ledger.office.scratch.path("scans")
        let missing = try ledger.verify { $0.evidence = scans }
        #expect(missing.faults.count == 1)
        #expect(
            missing.faults[0].hasPrefix(
                "error: document 'EV-1' of 'CLM-1', attached at event 4 as 'scan-4.pdf', is "
                    + "missing: SHA-256 "))
        try ledger.office.scratch.write("scan-x", to: "scans/2020/scan-4.pdf")
        let changed = try ledger.verify { $0.evidence = scans }
        #expect(
            changed.faults.first?.contains(
                "scans/2020/scan-4.pdf: error: document 'EV-1' of 'CLM-1' is changed since event 4")
                == true)
        try ledger.office.scratch.write(ProofOffice.document(4), to: "scans/2020/scan-4.pdf")
        try ledger.office.scratch.write("x", to: "scans/notes.txt")
        let found = try ledger.verify { $0.evidence = scans }
        #expect(found.isSound && found.documents?.found == 1)
        #expect(found.documents?.unreferenced == 1)
        #expect(ledgerError { _ = try ledger.verify { $0.evidence = scans + "-not" } } != nil)
    }
}
