extension LogFault {
    /// `FILE:LINE: error: WHAT`, then the byte when there is one, then how to fix it; no line feed
    /// at the end.
    package var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        let byte = byteOffset.map { "\n  at byte \($0)" } ?? ""
        return "\(place): error: \(what)\(byte)\n  fix: \(fix)"
    }

    private var what: String {
        switch problem {
        case .torn(let bytes): "last record ends after \(bytes) bytes without a line feed"
        case .unwritten(let bytes):
            "the disk never got all of the last \(bytes) bytes, some read as zeros"
        case .tornInside(let bytes):
            "last record of a sealed segment ends after \(bytes) bytes without a line feed"
        case .tornInput(let bytes): "last line ends after \(bytes) bytes without a line feed"
        case .segmentOrder(let found, let expected):
            "segment starts at sequence '\(found)', expected '\(expected)'"
        case .segmentName:
            "segment name is odd, expected '\(segmentName(1))' or a higher sequence"
        case .segmentSize(let found, let expected):
            "segment has \(found) bytes, expected \(expected)"
        case .positionUnknown: "no record starts at the remembered position"
        case .lineOverLimit(let bytes):
            "line has \(bytes) bytes, the limit is \(LogLimits.lineBytes)"
        case .lineEmpty: "line is empty"
        case .lineFeedInside: "line has a line feed inside"
        case .lineFeedMissing: "last line has no line feed"
        case .sequenceOverLimit:
            "log is full, the highest sequence is '\(LogLimits.highestSequence)'"
        case .folderNotFound: "no such ledger folder"
        case .notAFolder: "not a folder"
        case .logExists: "folder holds a log already"
        case .locked(let process?): "process '\(process)' holds the lock for writing"
        case .locked(nil): "another process holds the lock for writing"
        case .headMoved(let expected, let head):
            "log ends at sequence '\(head)', expected '\(expected)'"
        case .writerStopped: "an earlier append failed, so this writer has stopped"
        case .replaced: "another program removed or replaced the file while it was in use"
        case .system(let error, let activity):
            "cannot be \(activity.participle): \(error.reason.text) ('\(error.call)')"
        case .server(let what, _, _): what
        }
    }

    private var fix: String {
        switch problem {
        case .torn, .unwritten: "run 'claims repair'"
        case .tornInside: "restore the file from a backup"
        case .tornInput: "end the last line with a line feed, or cut it off"
        case .segmentOrder(let found, let expected):
            found > expected
                ? "restore '\(segmentName(expected))' from a backup"
                : "restore the segment before this one from a backup"
        case .segmentName: "give the file its name back, or move it to another folder"
        case .segmentSize: "keep other programs from writing to it, then run 'claims verify'"
        case .positionUnknown: "delete the folder 'cache', it is rebuilt"
        case .lineOverLimit: "shorten the line"
        case .lineEmpty: "leave the line out"
        case .lineFeedInside: "escape the line feed, a record is one line"
        case .lineFeedMissing: "end each line with a line feed"
        case .sequenceOverLimit: "begin a new ledger"
        case .folderNotFound: "check the path, or make a ledger with 'claims init'"
        case .notAFolder: "name the folder that holds the ledger"
        case .logExists: "choose another folder"
        case .locked: "try again when it has ended"
        case .headMoved: "read the log again and decide anew"
        case .writerStopped: "open the ledger again"
        case .replaced: "keep other programs out of the folder, then run 'claims verify'"
        case .system(let error, let activity): Self.fix(error.reason, while: activity)
        case .server(_, let fix, _): fix
        }
    }

    private static func fix(_ reason: SystemError.Reason, while activity: Activity) -> String {
        switch reason {
        case .permission: "let this user \(activity.verb) it"
        case .readOnly: "use a file system that can be written"
        case .noSpace, .quota: "free some space, then try again"
        case .device: "check the disk, then run 'claims verify'"
        case .tooManyFiles: "raise the limit of open files"
        case .notFound, .notAFolder, .isAFolder, .exists: "check the path"
        case .isALink, .isNoFile: "put the file itself in its place"
        case .tooLarge: "raise the limit of a file's size ('ulimit -f')"
        case .other: "check the path and the disk, then try again"
        }
    }
}

extension LogFault.Activity {
    fileprivate var participle: String {
        switch self {
        case .reading: "read"
        case .writing: "written"
        case .creating: "created"
        }
    }

    fileprivate var verb: String {
        switch self {
        case .reading: "read"
        case .writing: "write"
        case .creating: "create"
        }
    }
}
