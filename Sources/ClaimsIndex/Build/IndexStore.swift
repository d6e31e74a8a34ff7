package import EventLog

/// Where the index of a ledger folder is, and the log it is about.
package struct IndexStore: Sendable {
    package let log: FolderStore
    package let ledgerID: String
    let layout: IndexLayout

    package init(_ log: FolderStore, ledgerID: String, layout: IndexLayout = IndexLayout()) {
        self.log = log
        self.ledgerID = ledgerID
        self.layout = layout
    }

    /// What the checksums of a file begin with: its log, its stretch and its layout.
    func seed(of stretch: ClosedRange<Int64>) -> UInt64 {
        WordHash.hash(
            "\(ledgerID)\n\(stretch.lowerBound)\n\(stretch.upperBound)\n\(layout.eventsABlock)",
            seed: UInt64(IndexFormat.version))
    }

    /// The folder of the run files.
    package var folder: String { "\(CacheFolder.path(inLedger: log.folder))/index" }

    var fileSystem: any FileSystem { log.fileSystem }

    /// The stretches that files claim to be about; empty where there is no index.
    ///
    /// Other files of the folder are passed over.
    func stretches() throws(IndexProblem) -> [ClosedRange<Int64>] {
        do throws(SystemError) {
            return try fileSystem.names(in: folder).compactMap(Self.stretch)
                .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        } catch {
            if error.reason == .notFound || error.reason == .notAFolder { return [] }
            throw .system("\(error)")
        }
    }

    func path(of stretch: ClosedRange<Int64>) -> String { "\(folder)/\(Self.name(of: stretch))" }

    private static let suffix = ".run"

    private static func name(of stretch: ClosedRange<Int64>) -> String {
        "\(stretch.lowerBound)-\(stretch.upperBound)\(suffix)\(IndexFormat.version)"
    }

    /// The version of the format of a file; nil for one of another kind.
    private static func version(ofFile name: String) -> UInt32? {
        guard let suffix = name.firstRange(of: suffix) else { return nil }
        return UInt32(name[suffix.upperBound...])
    }

    private static func stretch(ofFile name: String) -> ClosedRange<Int64>? {
        let numbers = name.prefix { $0 != "." }.split(separator: "-").map { Int64($0) }
        guard numbers.count == 2, let first = numbers[0], let last = numbers[1], first >= 1,
            first <= last, self.name(of: first...last) == name
        else { return nil }
        return first...last
    }

    /// Makes the folders; false where this user, or this disk, may not.
    package func prepare() -> Bool {
        for path in [CacheFolder.path(inLedger: log.folder), folder] {
            do throws(SystemError) {
                try fileSystem.makeFolder(path)
            } catch {
                guard error.reason == .exists else { return false }
            }
        }
        // A folder that was there may not be ours to write to.
        let probe = "\(folder)/\(fileSystem.processNumber).probe"
        do throws(SystemError) {
            fileSystem.close(try fileSystem.open(probe, for: .creating))
            try fileSystem.remove(probe)
            return true
        } catch {
            return error.reason == .exists
        }
    }

    /// Removes the files that programs before this one wrote, and no one of a later program.
    package func clearOlder() {
        guard let names = try? fileSystem.names(in: folder) else { return }
        for name in names {
            guard let version = Self.version(ofFile: name), version < IndexFormat.version else {
                continue
            }
            try? fileSystem.remove("\(folder)/\(name)")
        }
    }

    /// Removes every file of the index, whatever it is.
    package func clear() {
        guard let names = try? fileSystem.names(in: folder) else { return }
        for name in names { try? fileSystem.remove("\(folder)/\(name)") }
    }

    /// Puts a run in place, whole or not at all, and takes those away that it covers.
    ///
    /// Nothing is synced: a file that a power cut leaves half written fails its checksums and is
    /// written again, and the log does not depend on it.
    func write(_ run: RunContent) throws(IndexProblem) {
        let stretch = run.first...run.last
        let parts = run.encoded(self)
        let path = path(of: stretch)
        let aside = "\(path).\(fileSystem.processNumber).new"
        do throws(SystemError) {
            try put(parts, seed: seed(of: stretch), in: aside)
            try fileSystem.rename(aside, to: path)
        } catch {
            try? fileSystem.remove(aside)
            throw .system("\(error)")
        }
        for other in try stretches()
        where other != stretch && stretch.contains(other.lowerBound)
            && stretch.contains(other.upperBound)
        {
            try? fileSystem.remove(self.path(of: other))
        }
    }

    private func put(_ parts: [[UInt8]], seed: UInt64, in path: String) throws(SystemError) {
        // Left by a process of the same number that was stopped half-way.
        try? fileSystem.remove(path)
        let file = try fileSystem.open(path, for: .creating)
        defer { fileSystem.close(file) }
        try PageSeal.forEachStretch(of: parts, seed: seed) { bytes throws(SystemError) in
            var rest = bytes[...]
            while !rest.isEmpty {
                rest = rest.dropFirst(try fileSystem.write(rest, to: file, at: nil))
            }
        }
    }
}

extension IndexStore {
    /// The hash of the last bytes of a segment before a place in it, and how many they are.
    func tail(before position: LogPosition) throws(IndexProblem) -> (count: Int64, hash: UInt64) {
        let path = log.path(ofSegment: position.segmentFirstSequence)
        let count = min(position.byteOffset, IndexFormat.tailBytes)
        let bytes = try read(path, at: position.byteOffset - count, count: count)
        return (Int64(count), WordHash.hash(bytes.span, seed: IndexFormat.vocabulary))
    }

    /// Bytes of a file of the log; fewer where it ends.
    private func read(
        _ path: String, at offset: Int, count: Int
    ) throws(IndexProblem) -> [UInt8] {
        do throws(SystemError) {
            let file = try fileSystem.open(path, for: .readingInside)
            defer { fileSystem.close(file) }
            var bytes: [UInt8] = []
            while bytes.count < count {
                let before = bytes.count
                bytes = try fileSystem.read(
                    file, at: offset + before, count: count - before, after: bytes)
                if bytes.count == before { break }
            }
            return bytes
        } catch {
            throw .differs(file: path, what: "\(error)")
        }
    }

    /// The size and the stamp of a segment.
    func status(ofSegment firstSequence: Int64) throws(IndexProblem) -> FileStatus {
        let path = log.path(ofSegment: firstSequence)
        do throws(SystemError) {
            return try fileSystem.status(path)
        } catch {
            throw .differs(file: path, what: "\(error)")
        }
    }
}
