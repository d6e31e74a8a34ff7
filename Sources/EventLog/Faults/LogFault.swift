/// What stopped a read or a write of a log: where, what was found, and what to do.
///
/// A closed list; the texts are in `LogFault+Text.swift` and are tested word for word.
package struct LogFault: Error, Equatable, CustomStringConvertible {
    /// The file or folder as the user named it, or `appended lines` or `<stdin>`.
    package let file: String
    /// The line in that file, from 1; nil when the fault is not in one line.
    package let line: Int?
    /// The byte in that file where the line, or what is wrong, begins, from 0; nil as for `line`.
    package let byteOffset: Int?
    /// What is wrong.
    package let problem: Problem

    /// Makes a fault, located when a line and a byte are given.
    package init(
        _ problem: Problem, in file: String, line: Int? = nil, byteOffset: Int? = nil
    ) {
        self.problem = problem
        self.file = file
        self.line = line
        self.byteOffset = byteOffset
    }

    /// Makes the fault of a failed system call on its own path.
    package init(_ error: SystemError, while activity: Activity) {
        self.init(.system(error, while: activity), in: error.path)
    }
}

extension LogFault {
    /// The kinds of fault.
    package enum Problem: Equatable, Sendable {
        /// Bytes after the last line feed of the log, left by a writer that ended in a write.
        case torn(bytes: Int)
        /// Bytes from a line on that has sectors in it which the disk never got, left by a power
        /// cut in a write.
        case unwritten(bytes: Int)
        /// The same as `torn` in a segment that has a successor, so no writer left them.
        case tornInside(bytes: Int)
        /// The same in a plain file or stream, to which nobody appends.
        case tornInput(bytes: Int)
        /// A segment does not begin where the one before it ended.
        case segmentOrder(found: Int64, expected: Int64)
        /// A file that ends like a segment and is not named like one.
        case segmentName
        /// A segment has another size than this process knows it to have.
        case segmentSize(found: Int, expected: Int)
        /// A remembered position is not the beginning of a line of this log.
        case positionUnknown
        /// A line, without its line feed, over `LogLimits.lineBytes`.
        case lineOverLimit(bytes: Int)
        /// A line to append has nothing in it.
        case lineEmpty
        /// A line to append has a line feed in it.
        case lineFeedInside
        /// The last line to append does not end.
        case lineFeedMissing
        /// An append would pass `LogLimits.highestSequence`.
        case sequenceOverLimit
        /// There is no such folder.
        case folderNotFound
        /// The path of the ledger is not a folder.
        case notAFolder
        /// The folder to make a log in has one.
        case logExists
        /// Another writer holds the lock: its process number, if it could be read.
        case locked(process: Int32?)
        /// The log did not end where the append expected it to.
        case headMoved(expected: Int64, head: Int64)
        /// An earlier append of this writer failed, so it knows no more how the log ends.
        case writerStopped
        /// The name of an open segment, or of the lock, leads to another file now, or to none.
        case replaced
        /// A system call failed.
        case system(SystemError, while: Activity)
        /// A server that holds the log answered otherwise than it should, or not at all.
        case server(String, fix: String, Category)
    }

    /// What was being done when a system call failed.
    package enum Activity: Equatable, Sendable {
        /// Reading what is there.
        case reading
        /// Adding to what is there.
        case writing
        /// Making a log.
        case creating
    }

    /// What a fault means to the one who started the program; an exit code each.
    package enum Category: Equatable, Sendable {
        /// The bytes are wrong (65).
        case badData
        /// There is nothing of that name (66).
        case notFound
        /// It cannot be made (73).
        case cannotCreate
        /// The machine failed (74).
        case inputOutput
        /// The user may not do this (74).
        case noPermission
        /// Another writer is at work (75).
        case locked
        /// The log went on since the caller looked; look again (1).
        case conflict
    }

    /// What the fault means to the one who started the program.
    package var category: Category {
        switch problem {
        case .torn, .unwritten, .tornInside, .tornInput, .segmentOrder, .segmentName, .segmentSize,
            .positionUnknown, .lineOverLimit, .lineEmpty, .lineFeedInside, .lineFeedMissing,
            .sequenceOverLimit:
            .badData
        case .folderNotFound, .notAFolder: .notFound
        case .logExists: .cannotCreate
        case .locked: .locked
        case .headMoved: .conflict
        case .writerStopped, .replaced: .inputOutput
        case .system(let error, let activity): Self.category(of: error.reason, while: activity)
        case .server(_, _, let category): category
        }
    }

    private static func category(
        of reason: SystemError.Reason, while activity: Activity
    ) -> Category {
        switch (reason, activity) {
        case (.permission, _): .noPermission
        case (_, .creating): .cannotCreate
        case (.notFound, .reading), (.notAFolder, .reading): .notFound
        case (_, .reading), (_, .writing): .inputOutput
        }
    }
}

/// Runs system calls and gives their failure the meaning that the activity has.
func attempt<Result: ~Copyable>(
    _ activity: LogFault.Activity, _ body: () throws(SystemError) -> Result
) throws(LogFault) -> Result {
    do {
        return try body()
    } catch {
        throw LogFault(error, while: activity)
    }
}
