import ClaimsTestSupport
import EventLog
import Testing

@Suite("after a power cut at any moment, what was acknowledged is there and nothing is in between")
struct CrashTests {
    static let folder = "/data/ledger"

    /// Record `number` of a log; long enough that some of them lie in several sectors.
    static func record(_ number: Int) -> [UInt8] {
        let long = number % 3 == 0 ? 700 : 90
        return Array("{\"record\":\(number),\"text\":\"".utf8)
            + (0..<long).map { UInt8(97 + ($0 * 7 + number) % 26) } + Array("\"}".utf8)
    }

    static func lines(_ numbers: ClosedRange<Int>) -> [UInt8] {
        Array(numbers.map { record($0) + [LineFeeds.byte] }.joined())
    }

    private static func store(on disk: SimulatedFileSystem) -> FolderStore {
        FolderStore(folder: folder, fileSystem: disk, segmentBytes: 1_500, blockBytes: 1_024)
    }

    /// A disk with the folder that the ledger is to be made in.
    private static func emptyDisk() -> DiskImage {
        var image = DiskImage()
        image.folders.insert("/data")
        return image
    }

    /// A disk with a log of some records, all durable.
    private static func disk(records: Int) throws -> DiskImage {
        let disk = SimulatedFileSystem(emptyDisk())
        try store(on: disk).create()
        var writer = try store(on: disk).openLogWriter()
        for number in 1...records {
            _ = try writer.append(lines(number...number), expecting: Int64(number - 1))
        }
        return disk.image
    }

    /// What a log holds after it was opened again: looked at, repaired where it ends torn.
    ///
    /// Fails where that leaves anything but a beginning of what was attempted that has all of what
    /// was acknowledged, where a second time changes something, and where no append follows.
    private static func reopen(
        _ state: CrashStates.State, attempted: Int, firstAcknowledged: Int
    ) throws {
        let disk = SimulatedFileSystem(state.image)
        let store = store(on: disk)
        let acknowledged = state.acknowledged ?? firstAcknowledged
        guard try isThere(store, disk, acknowledged) else { return }
        _ = try store.setAsideTornTail()
        let found = try records(store, state.story)
        try #require(found >= acknowledged, "\(state.story)")
        try #require(found <= attempted, "\(state.story)")
        let before = disk.image
        try #require(try Self.store(on: disk).setAsideTornTail() == nil, "\(state.story)")
        try #require(withoutLock(disk.image) == withoutLock(before), "\(state.story)")
        var writer = try store.openLogWriter()
        try #require(writer.head == Int64(found), "\(state.story)")
        let next = found + 1
        _ = try writer.append(lines(next...(next + 1)), expecting: writer.head)
        try #require(try records(store, state.story) == next + 1, "\(state.story)")
    }

    /// Whether there is a folder; one that was promised has to be, any other is made again.
    private static func isThere(
        _ store: FolderStore, _ disk: SimulatedFileSystem, _ acknowledged: Int
    ) throws -> Bool {
        if disk.image.folders.contains(folder) { return true }
        try #require(acknowledged < 0)
        try store.create()
        return false
    }

    /// How many records a log holds: a beginning of `whole`, or the test fails.
    private static func records(_ store: FolderStore, _ story: String) throws -> Int {
        var found: [UInt8] = []
        let end = try store.read(from: 1) { chunk in
            found += chunk.bytes
            return .next
        }
        try #require(end.tornTail == nil, "\(story)")
        try #require(sameBytes(whole.prefix(found.count), found[...]), "\(story)")
        return LineFeeds.count(in: found.span)
    }

    /// More records than any of these tests appends.
    private static let whole = lines(1...99)

    private static func withoutLock(_ image: DiskImage) -> DiskImage {
        var image = image
        image.files["\(folder)/lock"] = nil
        return image
    }

    @Test("the first creation, and the first append")
    func creation() throws {
        let disk = SimulatedFileSystem(Self.emptyDisk())
        let store = Self.store(on: disk)
        try store.create()
        disk.acknowledge(0)
        var writer = try store.openLogWriter()
        _ = try writer.append(Self.lines(1...1), expecting: 0)
        disk.acknowledge(1)
        let count = try disk.crashStates().visit {
            try Self.reopen($0, attempted: 1, firstAcknowledged: -1)
        }
        #expect(count > 100)
    }

    @Test("appends one by one, in batches, and over the ends of segments")
    func appends() throws {
        let disk = SimulatedFileSystem(try Self.disk(records: 2))
        let store = Self.store(on: disk)
        var writer = try store.openLogWriter()
        var head = 2
        for batch in [1, 1, 2, 1, 5, 1, 3, 8, 1, 1, 2, 7, 1, 4, 1, 9, 1, 6, 1, 7] {
            let next = head + batch
            _ = try writer.append(Self.lines((head + 1)...next), expecting: Int64(head))
            disk.acknowledge(next)
            head = next
        }
        let count = try disk.crashStates().visit {
            try Self.reopen($0, attempted: head, firstAcknowledged: 2)
        }
        #expect(count > 20_000)
    }

    @Test(
        "lines that are held back, then kept: at most their end is missing, and all or none before")
    func kept() throws {
        let disk = SimulatedFileSystem(try Self.disk(records: 2))
        do {
            let writer = BackgroundWriter(try Self.store(on: disk).openLogWriter())
            try writer.hold()
            for first in stride(from: 3, to: 18, by: 5) {
                try writer.append(Self.lines(first...(first + 4)))
            }
            try writer.finish()
            // Until here no crash leaves any of them.
            let held = try disk.crashStates().visit {
                try Self.reopen($0, attempted: 2, firstAcknowledged: 2)
            }
            #expect(held > 100)
            try writer.keepHeld()
            disk.acknowledge(17)
        }
        let count = try disk.crashStates().visit {
            try Self.reopen($0, attempted: 17, firstAcknowledged: 2)
        }
        #expect(count > 500)
    }

    @Test("a repair, itself cut short")
    func repair() throws {
        var image = try Self.disk(records: 3)
        let segment = try #require(image.files.keys.filter { $0.hasSuffix("l") }.max())
        image.files[segment]? += Self.record(9).prefix(400)
        let disk = SimulatedFileSystem(image)
        _ = try Self.store(on: disk).setAsideTornTail()
        disk.acknowledge(3)
        let torn = Array(Self.record(9).prefix(400))
        let count = try disk.crashStates().visit { state in
            try Self.reopen(state, attempted: 3, firstAcknowledged: 3)
            // At no moment are the bytes in no file.
            let kept = state.image.files.values.contains { bytes in
                bytes.count >= torn.count && Array(bytes.suffix(torn.count)) == torn
            }
            try #require(kept, "\(state.story)")
        }
        #expect(count > 400)
    }

    @Test("a sync that failed is not made good by a later one")
    func failedSync() throws {
        let disk = SimulatedFileSystem(try Self.disk(records: 2))
        let store = Self.store(on: disk)
        do {
            var writer = try store.openLogWriter()
            disk.onCall { $0.name == "syncData" ? .fail(.device) : nil }
            #expect(throws: LogFault.self) {
                _ = try writer.append(Self.lines(3...3), expecting: 2)
            }
            disk.onCall(nil)
            #expect(throws: LogFault.self) { try writer.makeDurable() }
        }
        let count = try disk.crashStates().visit {
            try Self.reopen($0, attempted: 3, firstAcknowledged: 2)
        }
        #expect(count > 500)
    }
}
