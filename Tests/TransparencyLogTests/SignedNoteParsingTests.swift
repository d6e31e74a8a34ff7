import Testing
import TransparencyLog

@Suite("Reading signed notes")
struct SignedNoteParsingTests {
    private static let text = PublishedNotes.text
    private static let line = PublishedNotes.peterLine

    static let refusals = [
        ("", "note has no signatures, expected them after an empty line"),
        (text, "note has no signatures, expected them after an empty line"),
        (text + "\n", "note has no signatures, expected them after an empty line"),
        ("\n" + line, "note has no signatures, expected them after an empty line"),
        (
            text + "\n" + line.dropLast(),
            "line 4 of the note does not end in a line feed"
        ),
        ("\u{1}" + text + "\n" + line, "line 1 of the note holds the control character U+0001"),
        (
            text + "\r\n" + line,
            "line 3 of the note holds the control character U+000D"
        ),
        (text + "\t\n\n" + line, "line 3 of the note holds the control character U+0009"),
        (
            text + "\n" + line + "Unexpected line.\n",
            "line 5 of the note is no signature, expected '— <name> <base64>'"
        ),
        (
            text + "\n- PeterNeumann x08go/Y=\n",
            "line 4 of the note is no signature, expected '— <name> <base64>'"
        ),
        (
            text + "\n— PeterNeumann\n",
            "line 4 of the note is no signature, expected '— <name> <base64>'"
        ),
        (
            text + "\n— Peter+Neumann x08go/Y=\n",
            "line 4 of the note: key name holds U+002B at byte 5, "
                + "expected no space, plus sign or control character"
        ),
        (
            text + "\n—  x08go/Y=\n",
            "line 4 of the note: key name is empty, "
                + "expected a name such as 'example.com/ledger'"
        ),
        (text + "\n— Bad Name x08go/Y=\n", badBase64), (text + "\n— Name \n", badBase64),
        (text + "\n— Name x08go/Y= \n", badBase64), (text + "\n— Name x08go/Z=\n", badBase64),
        (text + "\n— Name x08gow==\n", badBase64),
    ]
    static let badBase64 =
        "line 4 of the note does not end in the base64 of a key id and a signature"

    @Test("a refusal says the line and what is wrong with it", arguments: refusals)
    func refused(note: String, message: String) {
        let error = #expect(throws: TransparencyError.self) {
            try SignedNote(bytes: Array(note.utf8))
        }
        #expect(error?.description == message)
    }

    @Test("bytes that are not UTF-8 are refused with their line")
    func notUTF8() {
        for bytes: [UInt8] in [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x80]] {
            let note = Array("a\n".utf8) + bytes + Array(("\n\n" + Self.line).utf8)
            let error = #expect(throws: TransparencyError.self) { try SignedNote(bytes: note) }
            #expect(error?.description == "line 2 of the note is not valid utf-8")
        }
    }

    @Test("a note of 100 signatures is read, one more or a larger one is refused")
    func limits() throws {
        let text = Self.text + "\n"
        let full = text + String(repeating: Self.line, count: 100)
        #expect(try SignedNote(bytes: Array(full.utf8)).signatures.count == 100)
        let many = #expect(throws: TransparencyError.self) {
            try SignedNote(bytes: Array((full + Self.line).utf8))
        }
        #expect(many?.description == "note has 101 signatures, expected at most 100")
        let key = try SigningKey(name: KeyName("other"), seed: [UInt8](repeating: 1, count: 32))
        #expect(throws: TransparencyError.note(.tooManySignatures(found: 101))) {
            try SignedNote(bytes: Array(full.utf8)).signed(by: key)
        }
        let large = #expect(throws: TransparencyError.self) {
            try SignedNote(bytes: [UInt8](repeating: 0x61, count: 1_000_001))
        }
        #expect(large?.description == "note has 1000001 bytes, expected at most 1000000")
    }

    @Test(
        "a text to sign ends in a line feed and has no other control character",
        arguments: [
            ("", "text of the note does not end in a line feed"),
            ("abc", "text of the note does not end in a line feed"),
            ("a\n\tb\n", "line 2 of the note holds the control character U+0009"),
        ])
    func refusedText(text: String, message: String) {
        let error = #expect(throws: TransparencyError.self) { try SignedNote(text: text) }
        #expect(error?.description == message)
    }

    @Test(
        "whatever text was signed comes back from the note",
        arguments: ["\n", "\n\n", "a\n", "a\n\n", "a\n\nb\n", "— a AAAAAAA=\n", "é\u{7f}\n"])
    func roundTrip(text: String) throws {
        let key = try SigningKey(secretText: PublishedNotes.peterSecret)
        let signed = try SignedNote(text: text).signed(by: key)
        let read = try SignedNote(bytes: Array(signed.description.utf8))
        #expect(read == signed)
        #expect(read.text.utf8.elementsEqual(text.utf8))
        #expect(try read.verify(by: [key.verifierKey]) == [key.verifierKey])
    }

    @Test("every cut of a note and every turned bit in it is refused")
    func damaged() throws {
        let bytes = Array((Self.text + "\n" + Self.line).utf8)
        let key = try VerifierKey(text: PublishedNotes.peter)
        func opens(_ bytes: [UInt8]) -> Bool {
            (try? SignedNote(bytes: bytes).verify(by: [key])) != nil
        }
        #expect(opens(bytes))
        for cut in bytes.indices { #expect(!opens(Array(bytes[..<cut])), "cut at \(cut)") }
        for bit in 0..<(bytes.count * 8) {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!opens(changed), "bit \(bit)")
        }
    }
}
