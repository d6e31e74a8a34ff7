import Testing
import TransparencyLog

@Suite("Verifier keys")
struct VerifierKeyTests {
    @Test(
        "published keys are read and written back the same",
        arguments: [
            PublishedNotes.peter, PublishedNotes.enoch, PublishedNotes.example.key,
            PublishedNotes.checksumDatabase.key, PublishedNotes.twins[0], PublishedNotes.twins[1],
            "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
        ])
    func published(text: String) throws {
        let key = try VerifierKey(text: text)
        #expect(key.description == text)
        #expect(try VerifierKey(name: key.name, publicKey: key.publicKey) == key)
    }

    @Test("the key id is the number that Go's tests state")
    func keyID() throws {
        let key = try VerifierKey(text: PublishedNotes.peter)
        #expect(key.name.description == "PeterNeumann")
        #expect(key.id == KeyID(0xc74f_20a3))
        #expect(key.id.description == "c74f20a3")
    }

    @Test("no part of a key and no key with a changed byte is read")
    func mangled() {
        let text = Array(PublishedNotes.peter.utf8)
        for start in text.indices {
            for end in (start + 1)...text.count where end - start < text.count {
                #expect(throws: TransparencyError.self) {
                    try VerifierKey(text: String(decoding: text[start..<end], as: UTF8.self))
                }
            }
        }
        for index in text.indices {
            var changed = text
            changed[index] += 1
            #expect(throws: TransparencyError.self) {
                try VerifierKey(text: String(decoding: changed, as: UTF8.self))
            }
        }
    }

    static let refusals = [
        ("", "key has other parts, expected '<name>+<8 hexadecimal digits>+<base64>'"),
        ("PeterNeumann+c74f20a3", "key has other parts, expected '\(form)'"),
        (
            "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "key name is empty, expected a name such as 'example.com/ledger'"
        ),
        (
            "Peter Neumann+c74f20a3+ARpc",
            "key name holds U+0020 at byte 5, expected no space, plus sign or control character"
        ),
        (
            "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "key id is not 8 lower-case hexadecimal digits"
        ),
        (
            "PeterNeumann+0c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "key id is not 8 lower-case hexadecimal digits"
        ),
        (
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T",
            "key is not standard base64 after its key id"
        ),
        ("PeterNeumann+c74f20a3+", "key has 0 bytes, expected 32"),
        (
            "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
            "key is not standard base64 after its key id"
        ),
        ("PeterNeumann+c74f20a3+ARpc2QcU", "key has 5 bytes, expected 32"),
        (
            "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "key has type '101', expected '1' (ed25519)"
        ),
        (
            "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "key id is 'c74f20a3', expected '94245f47' for this name and key"
        ),
    ]
    static let form = "<name>+<8 hexadecimal digits>+<base64>"

    @Test("a refusal says what is wrong with the text", arguments: refusals)
    func refused(text: String, message: String) {
        let error = #expect(throws: TransparencyError.self) { try VerifierKey(text: text) }
        #expect(error?.description == message)
    }

    @Test("a public key has 32 bytes", arguments: [0, 31, 33])
    func wrongLength(byteCount: Int) throws {
        let name = try KeyName("example.com/ledger")
        #expect(throws: TransparencyError.key(.length(found: byteCount))) {
            try VerifierKey(name: name, publicKey: [UInt8](repeating: 1, count: byteCount))
        }
    }
}
