import ClaimsCodec
import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import ClaimsTestSupport
import EventLog
import Testing
import TransparencyLog

/// A ledger on a simulated disk, used until the power goes; and what is looked at afterwards.
struct DiskOffice {
    static let folder = "/data/ledger"

    /// What was promised to somebody; nothing of it may ever be missing afterwards.
    struct Promise {
        /// The lines whose receipts were given, by sequence.
        var lines: [Int64: [UInt8]] = [:]
        var checkpoints: [UInt64] = []
        var documents: [String] = []
    }

    let scratch: ScratchFolder
    let key: KeyFile
    let settings: LedgerSettings
    let disk: SimulatedFileSystem
    private(set) var promises: [Promise] = []
    private var last = Promise()
    private var now = Samples.start
    private var count = 0

    init(segmentBytes: Int64 = 4_000) throws {
        scratch = try ScratchFolder()
        key = KeyFile(path: scratch.path("ledger.key"))
        let (signer, _) = try key.readOrGenerate(origin: Office.origin)
        try key.write(signer)
        settings = LedgerSettings(
            ledgerID: "11111111-2222-3333-4444-555555555555", origin: Office.origin,
            publicKey: "\(signer.verifierKey)", iso4217: Currency.tableVersion,
            segmentBytes: segmentBytes)
        var image = DiskImage()
        image.folders.insert("/data")
        image.files["/data/invoice.pdf"] = Array("an invoice over 6,000.00 USD".utf8)
        disk = SimulatedFileSystem(image)
    }

    /// Tells somebody that the work so far is done.
    private mutating func promise(_ change: (inout Promise) -> Void) {
        change(&last)
        disk.acknowledge(promises.count)
        promises.append(last)
    }

    static func open(_ disk: SimulatedFileSystem) throws -> Ledger {
        var ledger = try Ledger.open(folder, on: disk)
        ledger.scanThreads = 1
        ledger.indexing = .always
        return ledger
    }

    mutating func create() throws {
        _ = try Ledger.create(Self.folder, settings, on: disk)
        promise { _ in }
    }

    private mutating func context() -> CommandContext {
        count += 1
        now = now.adding(milliseconds: 60_000)
        return CommandContext(now: now, actor: Samples.partnerUser, id: EventID("C-\(count)"))
    }

    /// Submits commands through one writer; each is promised by itself.
    mutating func submit(_ commands: [Command]) throws {
        var writer = try Self.open(disk).openWriter()
        for command in commands {
            let receipt = try writer.submit(command, context())
            promise { $0.lines[receipt.event.sequence] = receipt.line }
        }
    }

    /// Imports events in one batch, which is promised as a whole.
    mutating func importCreations(_ ids: [String]) throws {
        var writer = try Self.open(disk).openWriter()
        let first = writer.head + 1
        for id in ids {
            let context = context()
            let content = ProposedEvent(
                id: context.id,
                source: Source(program: Office.program.id, partner: Samples.partner),
                subject: id, occurredAt: context.now, actor: context.actor,
                payload: .claimCreated(Samples.draft(usd(100_000))))
            try #require(try writer.record(content, now: context.now) == .appended)
        }
        try writer.flush()
        let lines = try Self.lines(disk)
        promise { promise in
            for sequence in first..<(first + Int64(ids.count)) {
                promise.lines[sequence] = lines[Int(sequence) - 1]
            }
        }
    }

    /// The whole lines of the log.
    static func lines(_ disk: SimulatedFileSystem) throws -> [[UInt8]] {
        var found: [[UInt8]] = []
        try FolderStore(folder: folder, fileSystem: disk).read(from: 1) { chunk in
            found += chunk.bytes.split(separator: LineFeeds.byte).map(Array.init)
            return .next
        }
        return found
    }

    mutating func checkpoint() throws {
        let kept = try Self.open(disk).makeCheckpoint(key: key)
        promise { $0.checkpoints.append(kept.file.checkpoint.size) }
    }

    mutating func storeDocument() throws {
        let sha256 = Self.sha256(Self.document)
        _ = try Self.open(disk).vault().store("/data/invoice.pdf", sha256: sha256)
        promise { $0.documents.append(sha256) }
    }

    static let document = Array("an invoice over 6,000.00 USD".utf8)

    static func sha256(_ bytes: [UInt8]) -> String {
        var digest = FileDigest()
        digest.update(bytes)
        return digest.hexadecimal()
    }

    func askForBalances() throws { _ = try Self.open(disk).balances() }

    /// All kinds of work, step by step: creation, appends over the ends of segments, an index, an
    /// import, checkpoints with tiles, a document.
    static let work: [@Sendable (inout DiskOffice) throws -> Void] = [
        { try $0.create() },
        {
            try $0.submit([
                .publish(Office.program), Office.earn(usd(2_000_000)), Office.create("CLM-1"),
            ])
        },
        { try $0.checkpoint() },
        { try $0.askForBalances() },
        { try $0.storeDocument() },
        { try $0.submit([Office.create("CLM-2"), Office.create("CLM-3", usd(77_700))]) },
        { try $0.importCreations((10..<24).map { "CLM-\($0)" }) },
        { try $0.askForBalances() },
        { try $0.submit([Office.claim("CLM-1", .comment(text: "x"))]) },
        { try $0.checkpoint() },
    ]
}

/// What has to be so of a ledger that is opened again, whatever happened to it before.
struct Reopened {
    let disk: SimulatedFileSystem
    let ledger: Ledger

    /// Opens it, and repairs its end as a user would; nil where no ledger was promised and none is.
    init?(_ image: DiskImage, _ promise: DiskOffice.Promise?) throws {
        disk = SimulatedFileSystem(image)
        do {
            ledger = try DiskOffice.open(disk)
        } catch let error as LedgerError {
            guard promise == nil, error.category == .notFound else { throw error }
            return nil
        }
        if try ledger.tornTail() != nil { _ = try ledger.setAsideTornTail() }
    }

    /// Everything that was promised is there, and all that is there is sound.
    func expect(_ promise: DiskOffice.Promise?, _ story: String) throws {
        let lines = try DiskOffice.lines(disk)
        for (sequence, line) in promise?.lines ?? [:] {
            try #require(lines.count >= Int(sequence), "\(story)")
            try #require(lines[Int(sequence) - 1] == line, "\(story)")
        }
        let verification = try ledger.verify()
        try #require(verification.faults == [], "\(story)")
        try #require(
            verification.keptCheckpoints >= promise?.checkpoints.count ?? 0, "\(story)")
        for sha256 in promise?.documents ?? [] {
            let kept = disk.image.files["\(DiskOffice.folder)/evidence/\(sha256)"]
            try #require(kept == DiskOffice.document, "\(story)")
        }
        var replaying = ledger
        replaying.indexing = .never
        let balances = try "\(ledger.balances().value)"
        let replayed = try "\(replaying.balances().value)"
        try #require(balances == replayed, "\(story)")
    }

    /// The next one who writes can; and looking again changes nothing that is not derived.
    func expectGoingOn(_ story: String) throws {
        let before = withoutDerived(disk.image)
        _ = try ledger.verify()
        try #require(try ledger.tornTail() == nil, "\(story)")
        try #require(withoutDerived(disk.image) == before, "\(story)")
        var writer = try ledger.openWriter()
        let head = writer.head
        let context = CommandContext(
            now: Samples.start.adding(milliseconds: 3_600_000_000), actor: Samples.partnerUser,
            id: EventID("C-after"))
        let receipt = try writer.submit(
            .publish(Samples.program("another")), context)
        try #require(receipt.event.sequence == head + 1, "\(story)")
    }

    private func withoutDerived(_ image: DiskImage) -> [String: [UInt8]] {
        image.files.filter { !$0.key.contains("/cache/") && !$0.key.hasSuffix("/lock") }
    }
}

@Suite("a ledger after a power cut or a failing disk")
struct CrashTests {
    @Test("nothing promised is lost, nothing is half there, and work goes on")
    func powerCuts() throws {
        var office = try DiskOffice()
        for step in DiskOffice.work { try step(&office) }
        let attempted = try DiskOffice.lines(office.disk)
        let count = try office.disk.crashStates(cutsEverywhere: false).visit { state in
            let promise = state.acknowledged.map { office.promises[$0] }
            guard let found = try Reopened(state.image, promise) else { return }
            let lines = try DiskOffice.lines(found.disk)
            try #require(lines == Array(attempted.prefix(lines.count)), "\(state.story)")
            try found.expect(promise, state.story)
            try found.expectGoingOn(state.story)
        }
        #expect(count > 1_000)
    }

    @Test("each call failing once, by a full disk or a bad one", arguments: 0..<4)
    func failingCalls(part: Int) throws {
        var whole = try DiskOffice()
        for step in DiskOffice.work { try step(&whole) }
        for number in 1...whole.disk.callCount where number % 4 == part {
            let reason: SystemError.Reason = number / 4 % 2 == 0 ? .noSpace : .device
            var office = try DiskOffice()
            let story = "call \(number) fails: \(reason)"
            office.disk.onCall { call in
                guard call.number == number else { return nil }
                return call.name == "write" ? .takeAndFail(7, reason) : .fail(reason)
            }
            for step in DiskOffice.work {
                do {
                    try step(&office)
                } catch  where error is LedgerError || error is LogFault {
                    // Told; so nothing of this step was promised. What is left may need a repair.
                    if let ledger = try? DiskOffice.open(office.disk),
                        try ledger.tornTail() != nil
                    {
                        _ = try ledger.setAsideTornTail()
                    }
                }
            }
            let promise = office.promises.last
            guard let found = try Reopened(office.disk.image, promise) else { continue }
            try found.expect(promise, story)
            try found.expectGoingOn(story)
        }
    }
}
