extension FolderStore {
    /// Delivers whole lines from a sequence (at least 1) on, and then those that are appended, over
    /// the ends of segments, until `body` or `shouldStop` says so; each is durable by then.
    ///
    /// Each look for more costs one read and one list of the folder.
    package func follow(
        from sequence: Int64, pollMilliseconds: Int, shouldStop: () -> Bool,
        body: (LogChunk) throws -> ReadStep
    ) throws {
        var follower = LogFollower(self, from: sequence)
        while !shouldStop() {
            if let chunk = try follower.next() {
                if try body(chunk) == .stop { return }
            } else {
                fileSystem.pause(milliseconds: pollMilliseconds)
            }
        }
    }
}
