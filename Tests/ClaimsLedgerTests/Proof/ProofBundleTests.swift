import ClaimsDomain
import ClaimsLedger
import ClaimsTestSupport
import Foundation
import Testing
import TransparencyLog

@Suite("Offline proofs")
struct ProofBundleTests {
    private static func bundle(
        _ ledger: ProofOffice, _ request: ProofRequest, upTo size: Int64 = 40
    ) throws -> ProofBundle {
        let file = try #require(try ledger.office.ledger.newestCheckpoint(covering: size))
        return try ledger.office.ledger.prove(request, upTo: file)
    }

    private static func options(_ ledger: ProofOffice) throws -> BundleCheckOptions {
        var options = BundleCheckOptions()
        options.key = try VerifierKey(
            text: try #require(ledger.office.ledger.settings?.publicKey))
        return options
    }

    @Test("an event, a claim and a partner's period are proved without the ledger")
    func proved() throws {
        let ledger = try ProofOffice()
        let requests: [(ProofRequest, [Int64])] = [
            (.event(1), [1]), (.event(40), [40]), (.claim(ClaimID("CLM-5")), [15, 16, 17]),
            (.account(Samples.partner, Samples.firstPeriod), Array(2...40)),
        ]
        for (request, sequences) in requests {
            let bundle = try Self.bundle(ledger, request)
            #expect(bundle.entries.map(\.sequence) == sequences)
            let read = try ProofBundle(parsing: bundle.bytes)
            #expect(read.bytes == bundle.bytes)
            var options = try Self.options(ledger)
            let result = try read.check(options)
            #expect(result.isSound, "\(result.faults)")
            #expect(result.isComplete == nil && result.isKeyFromOutside && result.size == 40)
            options.log = ledger.office.ledger
            #expect(try read.check(options).isComplete == true)
            #expect(try !read.check(BundleCheckOptions()).isKeyFromOutside)
        }
    }

    @Test("the .tlog-proof of each event stands for itself")
    func single() throws {
        let ledger = try ProofOffice()
        let bundle = try Self.bundle(ledger, .claim(ClaimID("CLM-5")))
        let key = try VerifierKey(text: bundle.publicKey)
        for entry in bundle.entries {
            let proof = try LoggedProof(bytes: Array(entry.proof.text.utf8))
            let checkpoint = try proof.verify(
                leafHash: TreeHash(leaf: entry.line), signedBy: key)
            #expect(checkpoint.size == 40)
        }
    }

    @Test("any bit of a bundle turned is an error or a fault", arguments: 0..<8)
    func bits(bit: Int) throws {
        let ledger = try ProofOffice(events: 5, signedAt: [5])
        let bytes = try Self.bundle(ledger, .event(4), upTo: 5).bytes
        let options = try Self.options(ledger)
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 1 << UInt8(bit)
            guard let bundle = try? ProofBundle(parsing: changed) else { continue }
            #expect(try !bundle.check(options).isSound, "byte \(place)")
        }
    }

    @Test("what is left out shows beside a copy of the log, and what is foreign always")
    func changed() throws {
        let ledger = try ProofOffice()
        let whole = try Self.bundle(ledger, .claim(ClaimID("CLM-5")))
        let other = try Self.bundle(ledger, .claim(ClaimID("CLM-6")))
        func made(_ entries: [ProofBundle.Entry]) -> ProofBundle {
            ProofBundle(
                subject: whole.subject, publicKey: whole.publicKey, checkpoint: whole.checkpoint,
                entries: entries, documents: whole.documents)
        }
        var options = try Self.options(ledger)
        let short = made(Array(whole.entries.prefix(2)))
        #expect(try short.check(options).isSound)
        options.log = ledger.office.ledger
        let result = try short.check(options)
        #expect(result.isComplete == false)
        #expect(result.faults == ["event 17 of the log is left out of the bundle"])
        let mixed = try made(whole.entries + other.entries.suffix(1)).check(options)
        #expect(mixed.faults.contains("event 20: it is not of claim 'CLM-5'"))
        #expect(try !made([]).check(options).isSound)
        #expect(
            try made(whole.entries.reversed()).check(options).faults.first
                == "event 16 is out of order")
        try ledger.office.setLines(Array(try ledger.office.lines().prefix(30)))
        #expect(
            try whole.check(options).faults
                == ["the copy of the log is not the log of the checkpoint: it ends at event 30"])
    }

    @Test("the documents are found by their hash, or missed")
    func documents() throws {
        let ledger = try ProofOffice()
        let bundle = try Self.bundle(ledger, .claim(ClaimID("CLM-5")))
        #expect(bundle.documents.map(\.filename) == ["scan-16.pdf"])
        var options = try Self.options(ledger)
        options.evidence = ledger.office.scratch.path("scans")
        try ledger.office.scratch.makeFolder("scans")
        #expect(try bundle.check(options).faults.first?.contains("is in no file of") == true)
        try ledger.office.scratch.write(ProofOffice.document(16), to: "scans/any-name")
        let result = try bundle.check(options)
        #expect(result.isSound && result.documents.found == 1)
    }

    @Test("what cannot be proved is told")
    func refused() throws {
        let ledger = try ProofOffice(events: 20, signedAt: [13])
        let file = try #require(try ledger.office.ledger.newestCheckpoint(covering: 13))
        #expect(try ledger.office.ledger.newestCheckpoint(covering: 14) == nil)
        let late = ledgerError { _ = try ledger.office.ledger.prove(.event(14), upTo: file) }
        #expect(late?.description.contains("covers 13 events, event 14 comes after it") == true)
        let none = ledgerError { _ = try ledger.office.ledger.prove(.event(99), upTo: file) }
        #expect(none?.category == .notFound)
        let unknown = ledgerError {
            _ = try ledger.office.ledger.prove(.claim(ClaimID("CLM-99")), upTo: file)
        }
        #expect(unknown?.category == .notFound)
        let office = ledger.office.ledger
        let named: [(String, ProofRequest)] = [
            ("CLM-3", .claim(ClaimID("CLM-3"))), ("7", .event(7)), ("C-9", .event(9)),
        ]
        for (word, request) in named {
            #expect(try office.proofMaterial(named: word).request == request)
        }
        for word in ["X-1", "99"] {
            let error = ledgerError { _ = try office.proofMaterial(named: word) }
            #expect(error?.category == .notFound)
        }
    }
}
