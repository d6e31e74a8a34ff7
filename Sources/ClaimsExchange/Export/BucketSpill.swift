import EventLog
import Foundation

/// Pieces sorted into buckets as they come, and read back a bucket at a time.
///
/// What does not fit into a small buffer a bucket goes to a temporary file that has no name any
/// more: nothing of it is left, however the program ends.
final class BucketSpill {
    /// Small enough that a thousand buckets take little memory, large enough for few writes.
    private static let blockBytes = 1 << 15

    private let fileSystem: any FileSystem
    private let folder: String
    private var file: OpenFile?
    private var end = 0
    /// Where the full blocks of each bucket stand in the file.
    private var blocks: [[Int]] = []
    private var buffers: [[UInt8]] = []

    /// A spill with its file in the folder for temporary files.
    init(
        folder: String = TemporaryFolder.path,
        on fileSystem: any FileSystem = PosixFileSystem()
    ) {
        self.folder = folder
        self.fileSystem = fileSystem
    }

    deinit { if let file { fileSystem.close(file) } }

    /// How many buckets there are.
    var count: Int { buffers.count }

    /// Adds a piece behind those of its bucket.
    func append(_ piece: [UInt8], to bucket: Int) throws {
        while buffers.count <= bucket {
            buffers.append([])
            blocks.append([])
        }
        buffers[bucket].append(contentsOf: piece)
        while buffers[bucket].count >= Self.blockBytes { try writeBlock(of: bucket) }
    }

    /// Everything that was added to a bucket, in order.
    func read(_ bucket: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        if let file {
            for offset in blocks[bucket] {
                let wanted = bytes.count + Self.blockBytes
                while bytes.count < wanted {
                    let before = bytes.count
                    let done = Self.blockBytes - (wanted - before)
                    bytes = try fileSystem.read(
                        file, at: offset + done, count: wanted - before, after: bytes)
                    guard bytes.count > before else {
                        throw SystemError(call: "pread", path: file.path, reason: .device)
                    }
                }
            }
        }
        return bytes + buffers[bucket]
    }

    private func writeBlock(of bucket: Int) throws {
        let file = try openedFile()
        var rest = buffers[bucket].prefix(Self.blockBytes)
        while !rest.isEmpty {
            rest = rest.dropFirst(try fileSystem.write(rest, to: file, at: nil))
        }
        buffers[bucket].removeFirst(Self.blockBytes)
        blocks[bucket].append(end)
        end += Self.blockBytes
    }

    private func openedFile() throws -> OpenFile {
        if let file { return file }
        var number = 0
        while true {
            let path = "\(folder)/claims-export.\(fileSystem.processNumber).\(number)"
            do throws(SystemError) {
                let opened = try fileSystem.open(path, for: .creating)
                try fileSystem.remove(path)
                file = opened
                return opened
            } catch {
                guard error.reason == .exists else { throw error }
                number += 1
            }
        }
    }
}

/// Pieces that belong to subjects, sorted by them: those of a subject together, subjects in the
/// order they first came.
struct SubjectSpill {
    /// Subjects of one bucket, which is held as a whole when it is read back.
    private static let subjectsPerBucket = 2048

    private let spill = BucketSpill()
    private var pieceCount = 0
    private(set) var subjectCount = 0

    /// Takes note of a new subject; its number is the count of those before it.
    mutating func add() -> Int {
        subjectCount += 1
        return subjectCount - 1
    }

    /// Adds a piece of a subject.
    func append(_ piece: [UInt8], to subject: Int) throws {
        var framed: [UInt8] = []
        framed.reserveCapacity(piece.count + 8)
        for number in [UInt32(subject % Self.subjectsPerBucket), UInt32(piece.count)] {
            for shift in [0, 8, 16, 24] {
                framed.append(UInt8(truncatingIfNeeded: number >> shift))
            }
        }
        framed.append(contentsOf: piece)
        try spill.append(framed, to: subject / Self.subjectsPerBucket)
    }

    /// Hands over the pieces of each subject, in order; none for a subject that has none.
    func eachSubject(_ body: (_ subject: Int, _ pieces: [ArraySlice<UInt8>]) throws -> Void) throws
    {
        for bucket in 0..<spill.count {
            let bytes = try spill.read(bucket)
            var pieces = [[ArraySlice<UInt8>]](repeating: [], count: Self.subjectsPerBucket)
            var place = 0
            func number() -> Int {
                let value = (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
                place += 4
                return value
            }
            while place < bytes.count {
                let subject = number()
                let length = number()
                pieces[subject].append(bytes[place..<place + length])
                place += length
            }
            for (index, pieces) in pieces.enumerated() where !pieces.isEmpty {
                try body(bucket * Self.subjectsPerBucket + index, pieces)
            }
        }
    }
}
