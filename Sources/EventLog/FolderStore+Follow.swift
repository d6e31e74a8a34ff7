extension FolderStore {
    /// Delivers whole lines from a sequence (at least 1) on, and then those that are appended, over
    /// the ends of segments, until `body` or `shouldStop` says so.
    ///
    /// Each look for more costs one read and one list of the folder.
    package func follow(
        from sequence: Int64, pollMilliseconds: Int, shouldStop: () -> Bool,
        body: (LogChunk) throws -> ReadStep
    ) throws {
        precondition(sequence >= 1, "sequences count from 1")
        var current = try segmentSequences().last { $0 <= sequence }
        while current == nil {
            if shouldStop() { return }
            fileSystem.pause(milliseconds: pollMilliseconds)
            current = try segmentSequences().first
        }
        while let segment = current {
            current = try follow(
                segment, from: sequence, pollMilliseconds: pollMilliseconds,
                shouldStop: shouldStop, body: body)
        }
    }

    /// Follows one segment to its end; returns the next one, or nil when it is time to stop.
    private func follow(
        _ segment: Int64, from sequence: Int64, pollMilliseconds: Int, shouldStop: () -> Bool,
        body: (LogChunk) throws -> ReadStep
    ) throws -> Int64? {
        var reader = try reader(of: segment, lowest: sequence)
        var next: Int64?
        while true {
            while !shouldStop(), let chunk = try reader.next() {
                if try body(chunk) == .stop { return nil }
            }
            if shouldStop() { return nil }
            if let next {
                try requireSealed(reader, before: next)
                return next
            }
            next = try segmentSequences().first { $0 > segment }
            // With a successor it may have got its last lines meanwhile: once more.
            if next != nil { continue }
            let byteCount = try reader.byteCount()
            guard byteCount >= reader.location.byteOffset else {
                throw LogFault(
                    .segmentSize(found: byteCount, expected: reader.location.byteOffset),
                    in: reader.location.file)
            }
            fileSystem.pause(milliseconds: pollMilliseconds)
        }
    }
}
