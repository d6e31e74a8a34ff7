import ClaimsDomain
import ClaimsLedger
import ClaimsTestSupport
import Testing

@Suite("Examining a ledger")
struct HealthTests {
    private static func checks(
        _ office: Office, now: Instant? = nil, keyFile: String? = nil
    ) throws -> [String: HealthCheck] {
        let checks = try office.ledger.examine(now: now ?? office.now, keyFile: keyFile)
        return Dictionary(uniqueKeysWithValues: checks.map { ($0.name, $0) })
    }

    @Test("a ledger in order is well in every respect")
    func well() throws {
        let office = try Office()
        let key = office.scratch.path("keys/ledger.key")
        let checks = try office.ledger.examine(now: office.now, keyFile: key)
        #expect(
            checks.map(\.name) == [
                "log", "tail", "clock", "lock", "checkpoints", "tiles", "disk", "filesystem",
                "permissions", "links", "cache", "key",
            ])
        #expect(checks.filter { !$0.isWell }.map(\.name) == [])
        let details = Dictionary(uniqueKeysWithValues: checks.map { ($0.name, $0.detail) })
        #expect(details["log"] == "2 events, \(try office.log().count) bytes")
        #expect(details["tail"] == "the log ends with a whole line")
        #expect(details["clock"] == "\(office.now), after the last event")
        #expect(details["lock"] == "free")
        #expect(details["permissions"] == "only the owner may write to the folder")
        #expect(details["filesystem"] == "no network file system")
        #expect(details["links"] == "no symbolic link")
        #expect(details["cache"] == "none")
        #expect(details["checkpoints"] == "none; make one with 'claims checkpoint'")
        #expect(details["tiles"] == "none; the first proof or stamp makes them")
        #expect(details["key"] == "'\(key)', readable by its owner only")
    }

    @Test("a held lock is told with its holder, and is no illness")
    func heldLock() throws {
        var office = try Office()
        var writer = try office.ledger.openWriter()
        let lock = try #require(try Self.checks(office)["lock"])
        #expect(lock.isWell)
        #expect(lock.detail.contains("holds the lock for writing"))
        _ = try writer.submit(Office.create("CLM-1"), office.context())
    }

    static let clocks: [(behind: Int64, isWell: Bool)] = [
        (0, true), (-1, true), (1, false), (86_400_000, false),
    ]

    @Test("a clock behind the last event is told", arguments: clocks)
    func clock(behind: Int64, isWell: Bool) throws {
        var office = try Office()
        let last = try office.submit(Office.create("CLM-1")).event.recordedAt
        let now = last.adding(milliseconds: -behind)
        let clock = try #require(try Self.checks(office, now: now)["clock"])
        #expect(clock.isWell == isWell)
        let told = "the clock says \(now), the last event was recorded at \(last)"
        #expect((clock.detail == told) == !isWell)
    }

    static let modes: [(mode: Int, isWell: Bool)] = [
        (0o700, true), (0o755, true), (0o775, false), (0o702, false), (0o777, false),
    ]

    @Test("a folder others may write to is told", arguments: modes)
    func permissions(mode: Int, isWell: Bool) throws {
        let office = try Office()
        try office.scratch.setMode(mode, of: "ledger")
        let check = try #require(try Self.checks(office)["permissions"])
        #expect(check.isWell == isWell)
        #expect(check.detail.contains("run 'chmod go-w'") == !isWell)
    }

    static let keys: [(mode: Int, isWell: Bool)] = [
        (0o600, true), (0o400, true), (0o640, false), (0o604, false), (0o644, false),
    ]

    @Test("a private key others may read is told", arguments: keys)
    func key(mode: Int, isWell: Bool) throws {
        let office = try Office()
        try office.scratch.setMode(mode, of: "keys/ledger.key")
        let path = office.scratch.path("keys/ledger.key")
        let check = try #require(try Self.checks(office, keyFile: path)["key"])
        #expect(check.isWell == isWell)
        #expect(check.detail.contains("run 'chmod 600'") == !isWell)
    }

    @Test("a machine without the key cannot sign, which is no illness; not asked, not told")
    func noKey() throws {
        let office = try Office()
        let path = office.scratch.path("keys/other.key")
        let check = try #require(try Self.checks(office, keyFile: path)["key"])
        #expect(check.isWell)
        #expect(check.detail.hasPrefix("no private key at '\(path)'"))
        #expect(try Self.checks(office)["key"] == nil)
    }

    @Test("a torn tail is told with what to do")
    func tornTail() throws {
        let office = try Office()
        try office.setLog(try office.log() + Array("{\"half".utf8))
        let checks = try Self.checks(office)
        #expect(checks["tail"]?.isWell == false)
        #expect(checks["tail"]?.detail == "6 torn bytes; run 'claims repair'")
        #expect(checks["log"]?.isWell == true)
        #expect(checks["lock"]?.detail == "free")
    }

    @Test("a fault in the log is told with its place")
    func fault() throws {
        let office = try Office()
        try office.setLog(try office.log() + Array("nonsense\n".utf8))
        let checks = try Self.checks(office)
        #expect(checks["log"]?.isWell == false)
        let place = "\(office.scratch.path(Office.segment)):3: error: "
        #expect(checks["log"]?.detail.hasPrefix(place) == true)
        #expect(checks["tail"] == nil)
        #expect(checks["disk"]?.isWell == true)
    }

    @Test("a cache is told to be deletable")
    func cache() throws {
        let office = try Office()
        try office.scratch.makeFolder("ledger/cache")
        let check = try #require(try Self.checks(office)["cache"])
        #expect(check.isWell)
        #expect(check.detail.hasSuffix("ledger/cache; it may be deleted at any time"))
    }

    @Test("only a folder can be examined")
    func plainFile() throws {
        let office = try Office()
        let ledger = try Ledger.open(office.scratch.path(Office.segment))
        let error = ledgerError { _ = try ledger.examine(now: office.now, keyFile: nil) }
        #expect(
            error?.description == """
                \(ledger.name): error: only a ledger folder or a shared ledger can be examined
                  fix: name the ledger with --ledger
                """)
    }
}
