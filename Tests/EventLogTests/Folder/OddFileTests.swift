import EventLog
import Foundation
import Testing

@Suite("something else than a file, where a ledger's own file should be")
struct OddFileTests {
    /// What may stand in place of a file, by how it is made, and what is said of it.
    enum Oddity: CaseIterable {
        case link, brokenLink, pipe, folder

        func make(_ name: String, in folder: TempFolder) throws {
            switch self {
            case .link:
                try folder.write(recordLines(1...2), to: "outside")
                try folder.link(name, to: folder.path("outside"))
            case .brokenLink: try folder.link(name, to: folder.path("nowhere"))
            case .pipe: try #require(unsafe mkfifo(folder.path(name), 0o600) == 0)
            case .folder: try folder.makeFolder(name)
            }
        }

        var reason: SystemError.Reason {
            switch self {
            case .link, .brokenLink: .isALink
            case .pipe: .isNoFile
            case .folder: .isAFolder
            }
        }
    }

    @Test(
        "as a segment: it is neither read, nor waited for, nor written to",
        arguments: Oddity.allCases)
    func segment(oddity: Oddity) throws {
        let folder = try TempFolder()
        try oddity.make(firstSegment, in: folder)
        let store = folder.store()
        let call = oddity == .folder ? "pread" : "open"
        let error = SystemError(
            call: call, path: folder.path(firstSegment), reason: oddity.reason)
        let expected = LogFault(error, while: .reading)
        #expect(fault { _ = try store.head() } == expected)
        #expect(fault { _ = try texts(store) } == expected)
        #expect(fault { _ = try store.openLogWriter() } == expected)
        #expect(fault { _ = try store.tornTail() } == expected)
        #expect(fault { _ = try store.setAsideTornTail() } == expected)
        if oddity == .link { #expect(try folder.bytes(of: "outside") == recordLines(1...2)) }
    }

    @Test("as the next segment: nothing is made where it leads")
    func nextSegment() throws {
        let folder = try TempFolder()
        let store = try makeLog(in: folder, records: 1, segmentBytes: 5)
        var writer = try store.openLogWriter()
        try Oddity.brokenLink.make("000000000002.jsonl", in: folder)
        let found = fault { _ = try writer.append(recordLines(2...2), expecting: 1) }
        let error = SystemError(
            call: "open", path: folder.path("000000000002.jsonl"), reason: .exists)
        #expect(found == LogFault(error, while: .writing))
        #expect(try folder.names() == [firstSegment, "000000000002.jsonl", "lock"])
    }

    @Test("as the lock: nothing is made or changed where it leads")
    func lock() throws {
        for oddity in [Oddity.link, .brokenLink, .folder] {
            let folder = try TempFolder()
            try folder.write(recordLines(1...1), to: firstSegment)
            try oddity.make("lock", in: folder)
            let found = fault { _ = try folder.store().openLogWriter() }
            let error = SystemError(
                call: "open", path: folder.path("lock"), reason: oddity.reason)
            #expect(found == LogFault(error, while: .writing))
            #expect(try texts(folder.store()) == recordTexts(1...1))
            if oddity == .link { #expect(try folder.bytes(of: "outside") == recordLines(1...2)) }
            #expect(try folder.names().contains("nowhere") == false)
        }
    }

    @Test("the ledger's folder may be reached by a symbolic link")
    func folderLink() throws {
        let folder = try TempFolder()
        try folder.makeFolder("real")
        try folder.link("way", to: folder.path("real"))
        let store = FolderStore(folder: folder.path("way"))
        var writer = try store.openLogWriter()
        #expect(try writer.append(recordLines(1...1), expecting: 0) == 1)
        #expect(try folder.bytes(of: "real/\(firstSegment)") == recordLines(1...1))
    }
}
