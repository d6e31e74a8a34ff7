import Testing
import TransparencyLog

@Suite("Checkpoints")
struct CheckpointTests {
    private static let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="

    @Test("the example of C2SP tlog-checkpoint is read and written back the same")
    func published() throws {
        let text = "example.com/behind-the-sofa\n20852163\n\(Self.root)\n"
        let checkpoint = try Checkpoint(text: text)
        #expect(checkpoint.origin == "example.com/behind-the-sofa")
        #expect(checkpoint.size == 20_852_163)
        #expect(checkpoint.root.base64 == Self.root)
        #expect(checkpoint.extensionLines.isEmpty)
        #expect(checkpoint.text == text)
    }

    @Test(
        "what was made is read back",
        arguments: [
            ("example.com/ledger", UInt64(0), []), ("go.sum database tree", 1, ["one"]),
            ("a", .max, ["one", " ", "— not a signature"]), ("+", 10, []),
        ])
    func roundTrip(origin: String, size: UInt64, extensionLines: [String]) throws {
        let checkpoint = try Checkpoint(
            origin: origin, size: size, root: .emptyTree, extensionLines: extensionLines)
        let read = try Checkpoint(text: checkpoint.text)
        #expect(read == checkpoint)
        #expect(read.origin == origin && read.size == size)
        #expect(read.extensionLines == extensionLines)
    }

    static let refusals = [
        ("", "checkpoint does not end in a line feed"),
        ("a\n1\n\(root)", "checkpoint does not end in a line feed"),
        ("\n", "checkpoint has 1 lines, expected at least 3: origin, size, root"),
        ("a\n1\n", "checkpoint has 2 lines, expected at least 3: origin, size, root"),
        ("\n1\n\(root)\n", "origin of the checkpoint is empty"),
        ("a\n\n\(root)\n", size("")), ("a\n01\n\(root)\n", size("01")),
        ("a\n00\n\(root)\n", size("00")), ("a\n+1\n\(root)\n", size("+1")),
        ("a\n-0\n\(root)\n", size("-0")), ("a\n-1\n\(root)\n", size("-1")),
        ("a\n1 \n\(root)\n", size("1 ")), ("a\n1.0\n\(root)\n", size("1.0")),
        ("a\n0x1\n\(root)\n", size("0x1")), ("a\n\u{661}\n\(root)\n", size("\u{661}")),
        ("a\n18446744073709551616\n\(root)\n", size("18446744073709551616")),
        ("a\n1\r\n\(root)\n", size("1\\r")),
        ("a\n1\n\n", "root '' of the checkpoint is not the base64 of 32 bytes"),
        ("a\n1\nCsUY\n", "root 'CsUY' of the checkpoint is not the base64 of 32 bytes"),
        ("a\n1\n\(root)\n\n", "line 4 of the checkpoint is empty"),
        ("a\n1\n\(root)\nx\n\ny\n", "line 5 of the checkpoint is empty"),
        ("a\tb\n1\n\(root)\n", "line 1 of the checkpoint holds the control character U+0009"),
        ("a\n1\n\(root)\nx\r\n", "line 4 of the checkpoint holds the control character U+000D"),
    ]

    static func size(_ text: String) -> String {
        "size '\(text)' of the checkpoint is not a decimal number below 2^64 "
            + "without leading zeros"
    }

    @Test("a refusal says the line or the value", arguments: refusals)
    func refused(text: String, message: String) {
        let error = #expect(throws: TransparencyError.self) { try Checkpoint(text: text) }
        #expect(error?.description == message)
    }

    @Test("a checkpoint that could not be read again is not made")
    func notMade() {
        #expect(throws: TransparencyError.checkpoint(.emptyOrigin)) {
            try Checkpoint(origin: "", size: 0, root: .emptyTree)
        }
        #expect(throws: TransparencyError.checkpoint(.controlCharacter(0x0a, line: 1))) {
            try Checkpoint(origin: "a\nb", size: 0, root: .emptyTree)
        }
        #expect(throws: TransparencyError.checkpoint(.emptyExtension(line: 5))) {
            try Checkpoint(origin: "a", size: 0, root: .emptyTree, extensionLines: ["x", ""])
        }
    }

    @Test("a real tree head of the Go checksum database is opened with its key and origin")
    func checksumDatabase() throws {
        let published = PublishedNotes.checksumDatabase
        let note = try SignedNote(bytes: Array(published.note.utf8))
        let key = try VerifierKey(text: published.key)
        let checkpoint = try Checkpoint(
            note: note, signedBy: key, origin: "go.sum database tree")
        #expect(checkpoint.size == 6_476_701)
        let error = #expect(throws: TransparencyError.self) {
            try Checkpoint(note: note, signedBy: key, origin: "example.com/ledger")
        }
        #expect(
            error?.description
                == "checkpoint is of origin 'go.sum database tree', expected 'example.com/ledger'")
    }

    @Test("a signed checkpoint is opened with the log's key only")
    func signing() throws {
        let name = try KeyName("example.com/ledger")
        let key = try SigningKey(name: name, seed: [UInt8](repeating: 7, count: 32))
        let checkpoint = try Checkpoint(
            origin: name.description, size: 3, root: recursiveRoot(leafHashes(3)[...]))
        let witness = try SigningKey(secretText: PublishedNotes.peterSecret)
        let note = try checkpoint.signed(by: key).signed(by: witness)
        let read = try SignedNote(bytes: Array(note.description.utf8))
        let opened = try Checkpoint(
            note: read, signedBy: key.verifierKey, origin: name.description)
        #expect(opened == checkpoint)
        let other = try SigningKey(name: name, seed: [UInt8](repeating: 8, count: 32))
        #expect(throws: TransparencyError.note(.noKnownSignature)) {
            try Checkpoint(
                note: read, signedBy: other.verifierKey, origin: name.description)
        }
    }

    @Test("a signed note that is no checkpoint is refused")
    func otherNote() throws {
        let note = try SignedNote(bytes: Array(PublishedNotes.example.note.utf8))
        let key = try VerifierKey(text: PublishedNotes.example.key)
        #expect(throws: TransparencyError.checkpoint(.lineCount(found: 1))) {
            try Checkpoint(note: note, signedBy: key, origin: "example.com/foo")
        }
    }
}
