import Testing
import TransparencyLog

@Suite("Signed notes")
struct SignedNoteTests {
    private static let both =
        PublishedNotes.text + "\n" + PublishedNotes.peterLine + PublishedNotes.enochLine

    private func note(_ text: String) throws -> SignedNote {
        try SignedNote(bytes: Array(text.utf8))
    }

    private func keys(_ texts: String...) throws -> [VerifierKey] {
        try texts.map { try VerifierKey(text: $0) }
    }

    @Test(
        "published notes are read, verified and written back the same",
        arguments: [
            (PublishedNotes.example.note, PublishedNotes.example.key),
            (PublishedNotes.checksumDatabase.note, PublishedNotes.checksumDatabase.key),
            (both, PublishedNotes.peter), (both, PublishedNotes.enoch),
        ])
    func published(text: String, key: String) throws {
        let read = try note(text)
        #expect(try read.verify(by: keys(key)) == keys(key))
        #expect(read.description.utf8.elementsEqual(text.utf8))
    }

    @Test("the example of C2SP signed-note with a poem keeps its inner empty line in the text")
    func poem() throws {
        let text =
            "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\n"
            + "ed è subito sera.\n"
        let line =
            "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9o"
            + "JKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
        let read = try note(text + "\n" + line)
        #expect(read.text == text)
        #expect(read.signatures.map(\.name.description) == ["quasimodo.example/salvatore"])
        #expect(read.signatures.map(\.keyID) == [KeyID(0x367b_a04b)])
        #expect(read.signatures.map(\.signature.count) == [64])
    }

    // Apple's own cryptography salts its Ed25519 signatures; BoringSSL's are those of RFC 8032.
    #if !canImport(Darwin)
        @Test("signing gives the bytes that Go gives")
        func signing() throws {
            let key = try SigningKey(secretText: PublishedNotes.peterSecret)
            let signed = try SignedNote(text: PublishedNotes.text).signed(by: key)
            #expect(
                signed.description == PublishedNotes.text + "\n" + PublishedNotes.peterLine)
            #expect(try signed.signed(by: key) == signed)
            let second = try note(Self.both).signed(by: key)
            #expect(
                second.description
                    == PublishedNotes.text + "\n" + PublishedNotes.enochLine
                    + PublishedNotes.peterLine)
        }
    #endif

    @Test("texts that look the same in other bytes are two notes")
    func octets() throws {
        let composed = try SignedNote(text: "\u{e9}\n")
        let decomposed = try SignedNote(text: "e\u{301}\n")
        #expect(composed.text == decomposed.text)
        #expect(composed != decomposed)
        let key = try SigningKey(secretText: PublishedNotes.peterSecret)
        let signed = try composed.signed(by: key)
        let swapped = signed.description.replacing("\u{e9}", with: "e\u{301}")
        #expect(throws: TransparencyError.self) {
            try note(swapped).verify(by: [key.verifierKey])
        }
    }

    @Test("known keys that signed are returned in the order of the note, unknown ones ignored")
    func order() throws {
        let read = try note(Self.both + PublishedNotes.peterLine)
        let known = try keys(
            PublishedNotes.example.key, PublishedNotes.enoch, PublishedNotes.peter,
            PublishedNotes.enoch)
        #expect(try read.verify(by: known) == keys(PublishedNotes.peter, PublishedNotes.enoch))
    }

    @Test("a note that no known key has signed is refused")
    func unknown() throws {
        let read = try note(Self.both)
        for known in [[], try keys(PublishedNotes.example.key)] {
            let error = #expect(throws: TransparencyError.self) { try read.verify(by: known) }
            #expect(error?.description == "note carries no signature of a known key")
        }
        let unsigned = try SignedNote(text: PublishedNotes.text)
        #expect(throws: TransparencyError.note(.noKnownSignature)) {
            try unsigned.verify(by: keys(PublishedNotes.peter))
        }
    }

    @Test(
        "a wrong signature of a known key is refused beside right ones",
        arguments: [
            both.replacing("your problem,", with: "your question,"),
            both.replacing("x08go/ZJ", with: "x08go/ZK"),
            both + PublishedNotes.peterLine.replacing("JnAM=", with: "JnAU="),
            both.replacing("x08go/ZJkuBS", with: "x08go/ZJABCDkuBS"),
        ])
    func wrong(text: String) throws {
        let known = try keys(PublishedNotes.enoch, PublishedNotes.peter)
        let read = try note(text)
        let error = #expect(throws: TransparencyError.self) { try read.verify(by: known) }
        #expect(
            error?.description
                == "signature of 'PeterNeumann+c74f20a3' does not fit the text of the note")
    }

    @Test("a key that shares only its name or only its id is another key")
    func halfShared() throws {
        let text = PublishedNotes.text + "\n" + PublishedNotes.enochLine
        let sharedName = PublishedNotes.peterLine.replacing("x08go", with: "x08gp")
        let sharedID = PublishedNotes.peterLine.replacing("PeterNeumann", with: "CarmenSandiego")
        let read = try note(text + sharedName + sharedID)
        let known = try keys(PublishedNotes.peter, PublishedNotes.enoch)
        #expect(try read.verify(by: known) == keys(PublishedNotes.enoch))
    }

    @Test("two known keys of one name and id are told, but only where they would be used")
    func ambiguous() throws {
        let twins = try PublishedNotes.twins.map { try VerifierKey(text: $0) }
        #expect(twins[0] != twins[1] && twins[0].id == twins[1].id)
        let known = try twins + keys(PublishedNotes.peter)
        #expect(try note(Self.both).verify(by: known) == keys(PublishedNotes.peter))
        let line = "— twin.example M0psUgABAgM=\n"
        let error = #expect(throws: TransparencyError.self) {
            try note(Self.both + line).verify(by: known)
        }
        #expect(
            error?.description
                == "two known keys share the name and key id 'twin.example+334a6c52'")
    }
}
