import ClaimsDomain
import ClaimsLedger
import ClaimsTestSupport
import EventLog
import Testing

@Suite("a copy of a ledger with its documents")
struct CopyDocumentsTests {
    /// A ledger whose events refer to documents, and a place for its copy.
    private struct Place {
        var ledger: ProofOffice
        var scratch: ScratchFolder { ledger.office.scratch }
        var origin: Ledger { ledger.office.ledger }

        /// Ten events, of which 4, 7 and 10 attach a document.
        init() throws { ledger = try ProofOffice(events: 10, signedAt: []) }

        func store(_ bytes: [UInt8]) throws {
            try scratch.write(bytes, to: "incoming")
            _ = try origin.vault().store(
                scratch.path("incoming"), sha256: ProofOffice.sha256(bytes))
        }

        /// Attaches a document to a claim and keeps it.
        mutating func attach(_ bytes: [UInt8], evidence: String) throws {
            try store(bytes)
            let document = EvidenceAttached(
                evidence: EvidenceID(evidence), kind: .other, filename: "scan.pdf",
                mediaType: "application/pdf", size: Int64(bytes.count),
                sha256: ProofOffice.sha256(bytes))
            try ledger.office.submit(Office.claim("CLM-3", .attach(document)))
        }

        func copied(
            shouldStop: () -> Bool = { false }
        ) throws -> (copy: Ledger, receipt: CopyReceipt) {
            let copy = try origin.openCopy(scratch.path("copy"))
            return (copy, try origin.copy(to: copy, documents: true, shouldStop: shouldStop))
        }
    }

    private func name(_ number: Int) -> String {
        ProofOffice.sha256(ProofOffice.document(number))
    }

    private func counts(_ documents: CopiedDocuments?) -> [Int]? {
        documents.map { [$0.copied, $0.found, $0.notHeld, $0.refused.count] }
    }

    @Test("has those that the lines refer to and the vault holds, and once")
    func folders() throws {
        let place = try Place()
        #expect(try place.origin.copy(to: place.copied().copy).documents == nil)
        for number in [4, 7, 99] { try place.store(ProofOffice.document(number)) }
        let (copy, receipt) = try place.copied()
        #expect(counts(receipt.documents) == [2, 0, 1, 0])
        #expect(try place.scratch.names("copy/evidence") == [name(4), name(7)].sorted())
        let verified = try copy.verify()
        #expect(verified.isSound && verified.documents?.found == 2)
        try place.store(ProofOffice.document(10))
        #expect(try counts(place.copied().receipt.documents) == [1, 2, 0, 0])
        #expect(try counts(place.copied().receipt.documents) == [0, 3, 0, 0])
    }

    @Test("leaves out one that is changed or cannot be read, names it, and goes on")
    func damaged() throws {
        let place = try Place()
        for number in [4, 10] { try place.store(ProofOffice.document(number)) }
        try place.scratch.write("scan-x", to: "ledger/evidence/\(name(4))")
        try place.scratch.makeFolder("ledger/evidence/\(name(7))")
        let documents = try place.copied().receipt.documents
        #expect(counts(documents) == [1, 0, 0, 2])
        let vault = place.scratch.path("ledger/evidence")
        #expect(
            documents?.refused == [
                """
                \(vault)/\(name(4)): error: the document is changed: its SHA-256 is \
                \(ProofOffice.sha256(Array("scan-x".utf8))), expected \(name(4))
                  fix: restore the file from a backup
                """,
                """
                \(vault)/\(name(7)): error: the document cannot be read
                  fix: look at the disk
                """,
            ])
        #expect(try place.scratch.names("copy/evidence") == [name(10)])
    }

    @Test("stopped in the middle of one leaves nothing of it, and goes on", arguments: 1...12)
    func stopped(after looks: Int) throws {
        var place = try Place()
        try place.store(ProofOffice.document(4))
        try place.attach([UInt8](repeating: 7, count: 4 * LogLimits.blockBytes), evidence: "EV-9")
        var count = 0
        let first = try place.copied {
            count += 1
            return count >= looks
        }
        #expect(first.receipt.isInterrupted == (looks < 12))
        let kept = (try? place.scratch.names("copy/evidence")) ?? []
        #expect(kept.count == first.receipt.documents?.copied ?? 0)
        #expect(kept.allSatisfy { !$0.hasSuffix(".new") })
        let (copy, receipt) = try place.copied()
        #expect(!receipt.isInterrupted && receipt.size == 11)
        #expect(counts(receipt.documents) == [2 - kept.count, kept.count, 2, 0])
        #expect(try copy.verify().faults == [])
    }

    @Test("goes from and to servers the same way")
    func shared() throws {
        let place = try Place()
        let settings = try #require(place.origin.settings)
        let servers = [MemorySharedStore(), MemorySharedStore()]
        var ledgers = [place.origin]
        for server in servers { ledgers.append(Ledger.shared(server, settings)) }
        ledgers.append(try place.origin.openCopy(place.scratch.path("copy")))
        for number in [4, 7] { try place.store(ProofOffice.document(number)) }
        for (from, to) in zip(ledgers, ledgers.dropFirst()) {
            #expect(try counts(from.copy(to: to, documents: true).documents) == [2, 0, 1, 0])
            #expect(try counts(from.copy(to: to, documents: true).documents) == [0, 2, 1, 0])
            #expect(try to.verify().documents?.found == 2)
        }
        #expect(servers[1].documents() == [name(4), name(7)].sorted())
    }

    @Test("that follows has a document before the event that refers to it")
    func following() throws {
        var place = try Place()
        let (copy, _) = try place.copied()
        try place.attach(Array("later".utf8), evidence: "EV-9")
        var heads: [Int64] = []
        var found: [[Int]?] = []
        try place.origin.keepCopying(
            to: copy, documents: true, pollMilliseconds: 1, shouldStop: { heads.count == 2 },
            copied: { part in
                if case .documents(let documents) = part { found.append(counts(documents)) }
                heads.append((try? copy.head()) ?? -1)
            })
        #expect(found == [[1, 0, 0, 0]])
        #expect(heads == [10, 11])
        #expect(try copy.verify().documents?.found == 1)
    }
}
