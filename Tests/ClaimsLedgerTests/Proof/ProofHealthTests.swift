import ClaimsLedger
import Testing

@Suite("Examining checkpoints and tiles")
struct ProofHealthTests {
    private static func checks(_ ledger: ProofOffice) throws -> [String: HealthCheck] {
        let checks = try ledger.office.ledger.examine(now: ledger.office.now, keyFile: nil)
        return Dictionary(uniqueKeysWithValues: checks.map { ($0.name, $0) })
    }

    @Test("what is signed and kept is told with how far it goes")
    func well() throws {
        let ledger = try ProofOffice(events: 9, signedAt: [5, 8])
        _ = try ledger.office.ledger.tree()
        let checks = try Self.checks(ledger)
        #expect(checks["checkpoints"]?.detail == "2 signed, the latest of 8 events of 9")
        #expect(checks["tiles"]?.detail == "the tree of 9 events")
        #expect(checks["checkpoints"]?.isWell == true && checks["tiles"]?.isWell == true)
    }

    @Test("a checkpoint that was changed, or is beyond the log, needs attention")
    func checkpoints() throws {
        let ledger = try ProofOffice(events: 9, signedAt: [5, 8])
        try ledger.office.setLines(Array(try ledger.office.lines().prefix(7)))
        let cut = try #require(try Self.checks(ledger)["checkpoints"])
        #expect(!cut.isWell)
        #expect(
            cut.detail
                == "2 signed, of up to 8 events; the log ends at 7: run 'claims verify'")
        let name = "ledger/checkpoints/000000000005.checkpoint"
        var bytes = try ledger.office.scratch.bytes(of: name)
        bytes[bytes.count - 10] ^= 1
        try ledger.office.scratch.write(bytes, to: name)
        let changed = try #require(try Self.checks(ledger)["checkpoints"])
        #expect(!changed.isWell)
        #expect(changed.detail.hasPrefix("\(ledger.office.scratch.path(name))"))
        #expect(changed.detail.hasSuffix("; run 'claims verify'"))
    }

    @Test("tiles that do not fit need attention, until verify has made them anew")
    func tiles() throws {
        let ledger = try ProofOffice(events: 9, signedAt: [5, 8])
        _ = try ledger.office.ledger.tree()
        let head = "ledger/cache/tree"
        var bytes = try ledger.office.scratch.bytes(of: head)
        bytes[20] ^= 1
        try ledger.office.scratch.write(bytes, to: head)
        let tiles = try #require(try Self.checks(ledger)["tiles"])
        #expect(!tiles.isWell)
        #expect(
            tiles.detail
                == "'\(ledger.office.scratch.path(head))' is damaged; "
                + "run 'claims verify', which makes it anew")
        _ = try ledger.verify()
        #expect(try Self.checks(ledger)["tiles"]?.isWell == true)
    }
}
