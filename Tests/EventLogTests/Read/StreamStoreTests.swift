import EventLog
import Foundation
import Testing

@Suite("a plain file or a stream is read like a log")
struct StreamStoreTests {
    @Test("a file, whatever the size of blocks", arguments: [1, 7, 64, 1 << 20])
    func file(blockBytes: Int) throws {
        let folder = try TempFolder()
        try folder.write(recordLines(1...9), to: "plain.jsonl")
        let source = StreamStore(path: folder.path("plain.jsonl"), blockBytes: blockBytes)
        for from in 1...11 {
            let lines = try readLines(source, from: Int64(from))
            #expect(lines.map(\.text) == (from <= 9 ? recordTexts(from...9) : []))
            if let first = lines.first {
                #expect(
                    first.location
                        == LineLocation(
                            sequence: Int64(from), file: folder.path("plain.jsonl"), line: from,
                            byteOffset: from == 1 ? 0 : recordLines(1...(from - 1)).count))
            }
        }
        #expect(try source.read(from: 1) { _ in .next } == ReadEnd(lastSequence: 9))
        let end = try source.read(from: 1) { $0.lastSequence >= 1 ? .stop : .next }
        #expect(end.isStopped)
    }

    @Test("an empty file has no record")
    func empty() throws {
        let folder = try TempFolder()
        try folder.write("", to: "empty.jsonl")
        let source = StreamStore(path: folder.path("empty.jsonl"))
        #expect(try source.read(from: 1) { _ in .next } == ReadEnd(lastSequence: 0))
    }

    @Test("a last line without a line feed is a fault, after all others are delivered")
    func torn() throws {
        let folder = try TempFolder()
        try folder.write(recordLines(1...2) + record(3), to: "cut.jsonl")
        for blockBytes in [5, 1 << 20] {
            let source = StreamStore(path: folder.path("cut.jsonl"), blockBytes: blockBytes)
            var seen: [ReadLine] = []
            let found = fault {
                try source.read(from: 1) { chunk in
                    collect(chunk, into: &seen)
                    return .next
                }
            }
            #expect(seen.map(\.text) == recordTexts(1...2))
            #expect(
                found
                    == LogFault(
                        .tornInput(bytes: record(3).count), in: folder.path("cut.jsonl"), line: 3,
                        byteOffset: recordLines(1...2).count))
        }
    }

    @Test("no such file, and a folder")
    func notAFile() throws {
        let folder = try TempFolder()
        let missing = StreamStore(path: folder.path("missing.jsonl"))
        #expect(fault { _ = try texts(missing) }?.category == .notFound)
        let wrong = StreamStore(path: folder.path)
        let error = SystemError(call: "read", path: folder.path, reason: .isAFolder)
        #expect(fault { _ = try texts(wrong) } == LogFault(error, while: .reading))
    }

    /// A pipe into which a thread writes these pieces, one by one; its end for reading.
    private func pipe(_ pieces: [[UInt8]]) -> Pipe {
        let pipe = Pipe()
        let writing = pipe.fileHandleForWriting
        Thread.detachNewThread {
            for piece in pieces {
                try? writing.write(contentsOf: Data(piece))
                Thread.sleep(forTimeInterval: 0.002)
            }
            try? writing.close()
        }
        return pipe
    }

    @Test("a pipe, with its records in pieces")
    func namedPipe() throws {
        let whole = recordLines(1...9)
        let pipe = pipe(
            stride(from: 0, to: whole.count, by: 5).map {
                Array(whole[$0..<min($0 + 5, whole.count)])
            })
        let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
        let lines = try withExtendedLifetime(pipe) { try readLines(StreamStore(path: path)) }
        #expect(lines.map(\.text) == recordTexts(1...9))
        #expect(lines.last?.location.line == 9)
        #expect(lines.last?.location.byteOffset == recordLines(1...8).count)
    }

    @Test("the first fault is the same however a stream comes in pieces", arguments: [900, 70_000])
    func overLimit(pieceBytes: Int) throws {
        let tooLong = [UInt8](repeating: 0x61, count: 65_536) + [10]
        let whole = recordLines(1...3) + tooLong + recordLines(5...5)
        let pieces = stride(from: 0, to: whole.count, by: pieceBytes).map {
            Array(whole[$0..<min($0 + pieceBytes, whole.count)])
        }
        let pipe = pipe(pieces)
        let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
        var seen: Int64 = 0
        let found = fault {
            try StreamStore(path: path).read(from: 1) { chunk in
                seen = chunk.lastSequence
                return .next
            }
        }
        #expect(seen == 3)
        #expect(
            found
                == LogFault(
                    .lineOverLimit(bytes: 65_536), in: path, line: 4,
                    byteOffset: recordLines(1...3).count))
        // Lets the writing thread end.
        _ = pipe.fileHandleForReading.readDataToEndOfFile()
    }

    @Test("the standard input, also one that does not wait, named '<stdin>'")
    func standardInput() throws {
        let pipe = pipe([recordLines(1...2), recordLines(3...4) + record(5)])
        let descriptor = pipe.fileHandleForReading.fileDescriptor
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        let saved = dup(0)
        dup2(descriptor, 0)
        defer {
            dup2(saved, 0)
            close(saved)
        }
        var seen: [ReadLine] = []
        let found = fault {
            try StreamStore(path: nil).read(from: 2) { chunk in
                collect(chunk, into: &seen)
                return .next
            }
        }
        #expect(seen.map(\.text) == recordTexts(2...4))
        #expect(
            found
                == LogFault(
                    .tornInput(bytes: record(5).count), in: "<stdin>", line: 5,
                    byteOffset: recordLines(1...4).count))
    }
}
