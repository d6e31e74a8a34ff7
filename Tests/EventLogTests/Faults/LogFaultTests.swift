import EventLog
import Testing

@Suite("a fault says where, what, and how to fix it")
struct LogFaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let problem: LogFault.Problem
        let category: LogFault.Category
        let what: String
        let fix: String
        var testDescription: String { what }

        init(
            _ problem: LogFault.Problem, _ category: LogFault.Category, _ what: String,
            _ fix: String
        ) {
            self.problem = problem
            self.category = category
            self.what = what
            self.fix = fix
        }
    }

    static let cases: [Case] = [
        Case(
            .torn(bytes: 17), .badData, "last record ends after 17 bytes without a line feed",
            "run 'claims repair'"),
        Case(
            .unwritten(bytes: 600), .badData,
            "the disk never got all of the last 600 bytes, some read as zeros",
            "run 'claims repair'"),
        Case(
            .tornInside(bytes: 17), .badData,
            "last record of a sealed segment ends after 17 bytes without a line feed",
            "restore the file from a backup"),
        Case(
            .tornInput(bytes: 17), .badData, "last line ends after 17 bytes without a line feed",
            "end the last line with a line feed, or cut it off"),
        Case(
            .segmentOrder(found: 9, expected: 5), .badData,
            "segment starts at sequence '9', expected '5'",
            "restore '000000000005.jsonl' from a backup"),
        Case(
            .segmentOrder(found: 5, expected: 9), .badData,
            "segment starts at sequence '5', expected '9'",
            "restore the segment before this one from a backup"),
        Case(
            .segmentName, .badData,
            "segment name is odd, expected '000000000001.jsonl' or a higher sequence",
            "give the file its name back, or move it to another folder"),
        Case(
            .segmentSize(found: 3, expected: 4), .badData, "segment has 3 bytes, expected 4",
            "keep other programs from writing to it, then run 'claims verify'"),
        Case(
            .positionUnknown, .badData, "no record starts at the remembered position",
            "delete the folder 'cache', it is rebuilt"),
        Case(
            .lineOverLimit(bytes: 65_536), .badData, "line has 65536 bytes, the limit is 65535",
            "shorten the line"),
        Case(.lineEmpty, .badData, "line is empty", "leave the line out"),
        Case(
            .lineFeedInside, .badData, "line has a line feed inside",
            "escape the line feed, a record is one line"),
        Case(
            .lineFeedMissing, .badData, "last line has no line feed",
            "end each line with a line feed"),
        Case(
            .sequenceOverLimit, .badData, "log is full, the highest sequence is '999999999999'",
            "begin a new ledger"),
        Case(
            .folderNotFound, .notFound, "no such ledger folder",
            "check the path, or make a ledger with 'claims init'"),
        Case(.notAFolder, .notFound, "not a folder", "name the folder that holds the ledger"),
        Case(.logExists, .cannotCreate, "folder holds a log already", "choose another folder"),
        Case(
            .locked(process: 42), .locked, "process '42' holds the lock for writing",
            "try again when it has ended"),
        Case(
            .locked(process: nil), .locked, "another process holds the lock for writing",
            "try again when it has ended"),
        Case(
            .headMoved(expected: 4, head: 7), .conflict, "log ends at sequence '7', expected '4'",
            "read the log again and decide anew"),
        Case(
            .writerStopped, .inputOutput, "an earlier append failed, so this writer has stopped",
            "open the ledger again"),
        Case(
            .replaced, .inputOutput,
            "another program removed or replaced the file while it was in use",
            "keep other programs out of the folder, then run 'claims verify'"),
    ]

    @Test("each kind of fault has its text and its category", arguments: cases)
    func text(_ expected: Case) {
        let whole = LogFault(expected.problem, in: "events/lock")
        #expect(
            whole.description == "events/lock: error: \(expected.what)\n  fix: \(expected.fix)")
        let located = LogFault(expected.problem, in: "a.jsonl", line: 3, byteOffset: 120)
        #expect(
            located.description
                == "a.jsonl:3: error: \(expected.what)\n  at byte 120\n  fix: \(expected.fix)")
        #expect(located.category == expected.category)
    }

    static let systemCases:
        [(
            reason: SystemError.Reason, activity: LogFault.Activity, category: LogFault.Category,
            what: String, fix: String
        )] = [
            (
                .notFound, .reading, .notFound, "cannot be read: no such file or folder",
                "check the path"
            ),
            (
                .permission, .reading, .noPermission, "cannot be read: permission denied",
                "let this user read it"
            ),
            (
                .permission, .creating, .noPermission, "cannot be created: permission denied",
                "let this user create it"
            ),
            (
                .readOnly, .writing, .inputOutput,
                "cannot be written: the file system is read-only",
                "use a file system that can be written"
            ),
            (
                .exists, .creating, .cannotCreate, "cannot be created: the name is taken",
                "check the path"
            ),
            (
                .notAFolder, .reading, .notFound, "cannot be read: not a folder",
                "check the path"
            ),
            (
                .isAFolder, .reading, .inputOutput, "cannot be read: is a folder",
                "check the path"
            ),
            (
                .isALink, .reading, .inputOutput, "cannot be read: is a symbolic link",
                "put the file itself in its place"
            ),
            (
                .isNoFile, .reading, .inputOutput, "cannot be read: is no regular file",
                "put the file itself in its place"
            ),
            (
                .tooLarge, .writing, .inputOutput, "cannot be written: the file is too large",
                "raise the limit of a file's size ('ulimit -f')"
            ),
            (
                .noSpace, .writing, .inputOutput,
                "cannot be written: no space left on the disk",
                "free some space, then try again"
            ),
            (
                .quota, .creating, .cannotCreate,
                "cannot be created: the disk quota is used up",
                "free some space, then try again"
            ),
            (
                .device, .writing, .inputOutput, "cannot be written: the disk reported an error",
                "check the disk, then run 'claims verify'"
            ),
            (
                .tooManyFiles, .reading, .inputOutput, "cannot be read: too many files are open",
                "raise the limit of open files"
            ),
            (
                .other(99), .writing, .inputOutput, "cannot be written: system error '99'",
                "check the path and the disk, then try again"
            ),
        ]

    @Test("a failed system call says why in words", arguments: systemCases)
    func systemText(
        reason: SystemError.Reason, activity: LogFault.Activity, category: LogFault.Category,
        what: String, fix: String
    ) {
        let error = SystemError(call: "pwrite", path: "events/lock", reason: reason)
        let fault = LogFault(error, while: activity)
        #expect(fault.description == "events/lock: error: \(what) ('pwrite')\n  fix: \(fix)")
        #expect(fault.category == category)
        #expect(SystemError.Reason(errno: error.errno) == reason)
    }

    @Test("a system error in itself names path, reason and call")
    func systemErrorText() {
        let error = SystemError(call: "open", path: "events", reason: .notFound)
        #expect(error.description == "'events': no such file or folder ('open')")
        #expect(error.errno == 2)
    }
}
