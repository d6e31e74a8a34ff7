import ClaimsLedger
import Foundation
import Testing
import TransparencyLog

@testable import ClaimsExchange

/// Generated ledger folders.
@Suite struct GeneratedLedgerTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "generated-\(UUID().uuidString)").path

    @Test("a folder stopped after any batch is a whole ledger, sealed at the segment's size")
    func stopped() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var new = try GeneratedLedger.make(
            folder, events: 30_000, seed: 5, segmentBytes: 1 << 20)
        #expect(try new.writeNext())
        try new.finish()
        let written = new.eventCount
        #expect(written > 1_000 && written < 30_000)
        #expect(try Ledger.open(folder).verify().faults.isEmpty)
        #expect(try Ledger.open(folder).head() == written)
        let segments = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".jsonl") }
        #expect(segments.count >= 4)
    }

    @Test("identity and key come from size and seed")
    func identity() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let new = try GeneratedLedger.make(folder, events: 300, seed: 9)
        let settings = try #require(new.ledger.settings)
        #expect(settings.ledgerID == "00000000-012c-8000-8000-000000000009")
        let key = try GeneratedLedger.key(events: 300, seed: 9)
        #expect(settings.publicKey == "\(key.verifierKey)")
        #expect(settings.origin == "claims.invalid/\(settings.ledgerID)")
    }

    @Test("a folder that is not empty is left alone")
    func occupied() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let note = "\(folder)/note.txt"
        try Data("mine".utf8).write(to: URL(filePath: note))
        let error = #expect(throws: LedgerError.self) {
            _ = try GeneratedLedger.make(folder, events: 10, seed: 1)
        }
        #expect(
            error?.description
                == "\(folder): error: the folder is not empty\n  fix: name a new folder")
        #expect(error?.category == .cannotCreate)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["note.txt"])
    }
}
