import ClaimsDomain
import ClaimsLedger
import ClaimsTestSupport
import EventLog
import Foundation
import Testing

@Suite("Examining where a ledger is")
struct HealthFilesTests {
    private static func check(_ name: String, _ office: Office) throws -> HealthCheck {
        let checks = try office.ledger.examine(now: office.now, keyFile: nil)
        return try #require(checks.first { $0.name == name })
    }

    /// The check of a ledger on a simulated disk.
    private static func check(
        _ name: String, on prepare: (SimulatedFileSystem) -> Void
    ) throws -> HealthCheck {
        var office = try DiskOffice()
        try office.create()
        prepare(office.disk)
        let checks = try DiskOffice.open(office.disk).examine(now: Samples.start, keyFile: nil)
        return try #require(checks.first { $0.name == name })
    }

    @Test("a network file system is told by its name", arguments: ["nfs", "cifs"])
    func network(name: String) throws {
        let check = try Self.check("filesystem") {
            $0.become(.network(name), grantingEveryLock: false)
        }
        #expect(!check.isWell)
        #expect(
            check.detail
                == "a network file system ('\(name)'), which may keep no lock between machines: "
                + "write from one machine only")
    }

    @Test("a file system that grants every lock is told")
    func grantsEveryLock() throws {
        let check = try Self.check("lock") { $0.become(.local, grantingEveryLock: true) }
        #expect(!check.isWell)
        #expect(
            check.detail
                == "two writers were let in at once: this file system does not lock; move the "
                + "ledger to a disk of this machine")
    }

    @Test("a file system that has no locks is told, and so is one that cannot say what it is")
    func noLocks() throws {
        let fail = { (name: String) in
            { (disk: SimulatedFileSystem) in
                disk.onCall { $0.name == name ? .fail(.other(95)) : nil }
            }
        }
        let lock = try Self.check("lock", on: fail("tryLock"))
        #expect(!lock.isWell)
        #expect(
            lock.detail == """
                \(DiskOffice.folder)/lock: error: cannot be written: system error '95' ('tryLock')
                  fix: check the path and the disk, then try again
                """)
        let medium = try Self.check("filesystem", on: fail("medium"))
        #expect(!medium.isWell)
        #expect(medium.detail == "'\(DiskOffice.folder)': system error '95' ('medium')")
    }

    @Test("a segment, and a folder in it, that others may write to are told by name")
    func writableByOthers() throws {
        let office = try Office()
        try office.scratch.setMode(0o666, of: Office.segment)
        let segment = office.scratch.path(Office.segment)
        let file = try Self.check("permissions", office)
        #expect(!file.isWell)
        #expect(file.detail == "others may write to '\(segment)'; run 'chmod go-w'")
        try office.scratch.setMode(0o644, of: Office.segment)
        try office.scratch.makeFolder("ledger/evidence")
        try office.scratch.setMode(0o777, of: "ledger/evidence")
        let folder = try Self.check("permissions", office)
        let path = office.scratch.path("ledger/evidence")
        #expect(folder.detail == "others may write to '\(path)'; run 'chmod go-w'")
        try office.scratch.setMode(0o755, of: "ledger/evidence")
        #expect(try Self.check("permissions", office).isWell)
    }

    @Test("symbolic links in the folder are told, however deep")
    func links() throws {
        let office = try Office()
        let folder = office.scratch.path("ledger")
        try office.scratch.makeFolder("ledger/checkpoints")
        let files = FileManager.default
        try files.createSymbolicLink(
            atPath: "\(folder)/checkpoints/x", withDestinationPath: "/etc/passwd")
        let one = try Self.check("links", office)
        #expect(!one.isWell)
        #expect(
            one.detail
                == "'checkpoints/x' leads out of the folder; put what it names in its place")
        try files.createSymbolicLink(atPath: "\(folder)/evidence", withDestinationPath: "/tmp")
        let two = try Self.check("links", office)
        #expect(
            two.detail == "'checkpoints/x' and 1 more leads out of the folder; put what it names "
                + "in its place")
    }

    @Test("settings, checkpoints and documents are not read through a symbolic link")
    func linksAreNotFollowed() throws {
        let office = try Office()
        let folder = office.scratch.path("ledger")
        let files = FileManager.default
        // A checkpoint.
        try office.scratch.makeFolder("ledger/checkpoints")
        let checkpoint = "\(folder)/checkpoints/000000000001.checkpoint"
        try files.createSymbolicLink(atPath: checkpoint, withDestinationPath: "/etc/passwd")
        let faults = try office.ledger.verify().faults
        #expect(faults == ["error: '\(checkpoint)': is a symbolic link ('open')"])
        try files.removeItem(atPath: checkpoint)
        // A document, which counts as not kept and is put in place as itself.
        try office.scratch.write("an invoice", to: "invoice.txt")
        let invoice = office.scratch.path("invoice.txt")
        let document = try EvidenceFile.describe(invoice)
        let vault = try office.ledger.vault()
        try office.scratch.makeFolder("ledger/evidence")
        try files.createSymbolicLink(
            atPath: "\(vault.path)/\(document.sha256)", withDestinationPath: invoice)
        #expect(try !vault.contents()(document.sha256))
        #expect(try vault.store(invoice, sha256: document.sha256))
        #expect(try vault.contents()(document.sha256))
        #expect(try Self.check("links", office).isWell)
        // The settings.
        try files.moveItem(atPath: "\(folder)/ledger.json", toPath: "\(folder)/moved.json")
        try files.createSymbolicLink(
            atPath: "\(folder)/ledger.json", withDestinationPath: "\(folder)/moved.json")
        let error = ledgerError { _ = try Ledger.open(folder) }
        #expect(
            error?.description
                == "\(folder)/ledger.json: error: '\(folder)/ledger.json': is a symbolic link "
                + "('open')")
    }

    static let ids: [(id: String, isOne: Bool)] = [
        ("11111111-2222-3333-4444-555555555555", true), ("L_1.a", true),
        (String(repeating: "x", count: 64), true), (String(repeating: "x", count: 65), false),
        ("", false), (".", false), ("..", false), ("../../key", false), ("a/b", false),
        ("a b", false), ("a\u{0}b", false), ("caf\u{E9}", false),
    ]

    @Test("a ledger's id, by which its key's file is named, leads out of no folder", arguments: ids)
    func ledgerID(id: String, isOne: Bool) throws {
        #expect(LedgerSettings.isLedgerID(id) == isOne)
        let scratch = try ScratchFolder()
        let error = ledgerError {
            _ = try Ledger.create(
                scratch.path("ledger"),
                NewLedger(
                    ledgerID: id, origin: "ids.example/one", keyFile: scratch.path("key")))
        }
        let expected =
            "error: the ledger's id is '\(id)', expected 1 to 64 letters, digits, '-', '_' and "
            + "'.', not beginning with '.'"
        #expect(error?.description == (isOne ? nil : expected))
        #expect(try scratch.names() == (isOne ? ["key", "ledger"] : []))
    }

    @Test("a settings file with such an id is refused at its place")
    func ledgerIDRead() throws {
        let office = try Office()
        let settings = try office.scratch.text(of: "ledger/ledger.json")
        let id = try #require(office.ledger.settings?.ledgerID)
        try office.scratch.write(
            settings.replacing(id, with: "../../up"), to: "ledger/ledger.json")
        let error = ledgerError { _ = try Ledger.open(office.scratch.path("ledger")) }
        #expect(error?.description.contains("expected 1 to 64 letters, digits") == true)
        #expect(error?.category == .badData)
    }

    @Test("a file without an end is no settings, key or proof file")
    func endless() throws {
        let scratch = try ScratchFolder()
        try scratch.write("0123456789", to: "file")
        let path = scratch.path("file")
        #expect(try WholeFile.read(path, most: 10).count == 10)
        #expect(throws: SystemError(call: "read", path: path, reason: .tooLarge)) {
            try WholeFile.read(path, most: 9)
        }
    }
}
