import Testing
import TransparencyLog

@Suite("Signing keys")
struct SigningKeyTests {
    @Test("Go's private key is read, has Go's public half and is written back the same")
    func published() throws {
        let key = try SigningKey(secretText: PublishedNotes.peterSecret)
        #expect(key.verifierKey.description == PublishedNotes.peter)
        #expect(key.secretText == PublishedNotes.peterSecret)
        let again = try SigningKey(name: key.verifierKey.name, seed: key.secretSeed)
        #expect(again.secretText == PublishedNotes.peterSecret)
    }

    @Test("RFC 8032, section 7.1, test 1: the key of a seed and its signature of no bytes")
    func publishedSeed() throws {
        let seed = try TreeHash(
            hex: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
        let key = try SigningKey(name: KeyName("rfc8032"), seed: seed.bytes)
        let publicKey = try TreeHash(
            hex: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
        #expect(key.verifierKey.publicKey == publicKey.bytes)
        let signature = try key.signature(over: [])
        #expect(signature.count == 64)
        #expect(key.verifierKey.isValid(signature: signature, over: []))
    }

    @Test("a generated key signs, is kept as text and differs from the next")
    func generated() throws {
        let name = try KeyName("example.com/ledger")
        let key = SigningKey.generate(name: name)
        let read = try SigningKey(secretText: key.secretText)
        let bytes = Array("hi".utf8)
        let signature = try read.signature(over: bytes)
        #expect(key.verifierKey.isValid(signature: signature, over: bytes))
        #expect(!key.verifierKey.isValid(signature: signature, over: Array("hj".utf8)))
        #expect(SigningKey.generate(name: name).secretText != key.secretText)
    }

    @Test("a signature with a turned bit or another length is not valid")
    func changedSignature() throws {
        let key = try SigningKey(secretText: PublishedNotes.peterSecret)
        let bytes = Array(PublishedNotes.text.utf8)
        let signature = try key.signature(over: bytes)
        for bit in 0..<(signature.count * 8) {
            var changed = signature
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!key.verifierKey.isValid(signature: changed, over: bytes), "bit \(bit)")
        }
        for other in [[], signature.dropLast(), signature + [0]] {
            #expect(!key.verifierKey.isValid(signature: Array(other), over: bytes))
        }
    }

    @Test("no description, dump or mirror shows the private half")
    func secrecy() throws {
        let key = try SigningKey(secretText: PublishedNotes.peterSecret)
        let labels = Mirror(reflecting: key).children.map(\.label)
        #expect(labels == ["verifierKey"])
        #expect(key.description == "signing key PeterNeumann+c74f20a3")
        #expect(key.debugDescription == key.description)
        let shown = dumped([key]) + "\(key) \([key]) \(Optional(key) as Any)"
        #expect(shown.contains("PeterNeumann"))
        // The seed in each form it could show in: base64, hexadecimal, a list of numbers.
        let seed = try TreeHash(bytes: key.secretSeed)
        let numbers = seed.bytes.prefix(4).map(String.init)
        let forms = [
            "AYEKFALV", String(seed.base64.prefix(8)), String(seed.hex.prefix(8)),
            numbers.joined(separator: ", "), numbers.joined(separator: " - "),
        ]
        for form in forms { #expect(!shown.contains(form), "\(form)") }
        #expect(dumped(seed.bytes).contains(forms[4]), "the last form is that of a dump")
    }

    /// What `dump` prints, on one line with single spaces.
    private func dumped(_ value: some Any) -> String {
        var text = ""
        dump(value, to: &text)
        return text.split { $0.isWhitespace }.joined(separator: " ")
    }

    @Test("no part of a private key and no key with a changed byte is read, no error shows it")
    func mangled() {
        let text = Array(PublishedNotes.peterSecret.utf8)
        let secret = String(PublishedNotes.peterSecret.suffix(44))
        func refuse(_ bytes: some Sequence<UInt8>) {
            let error = #expect(throws: TransparencyError.self) {
                try SigningKey(secretText: String(decoding: Array(bytes), as: UTF8.self))
            }
            let shown = error.map { "\($0) \(String(reflecting: $0.description))" } ?? ""
            #expect(!shown.contains(secret.prefix(8)) && !shown.contains(secret.suffix(8)))
        }
        for cut in 1..<text.count {
            refuse(text[cut...])
            refuse(text[..<cut])
        }
        for index in text.indices {
            var changed = text
            changed[index] += 1
            refuse(changed)
        }
    }

    @Test("a public key or a seed of another length is no private key")
    func refused() throws {
        let form = "PRIVATE+KEY+<name>+<8 hexadecimal digits>+<base64>"
        let error = #expect(throws: TransparencyError.self) {
            try SigningKey(secretText: PublishedNotes.peter)
        }
        #expect(error?.description == "key has other parts, expected '\(form)'")
        let name = try KeyName("example.com/ledger")
        for byteCount in [0, 31, 33, 64] {
            #expect(throws: TransparencyError.key(.length(found: byteCount))) {
                try SigningKey(name: name, seed: [UInt8](repeating: 1, count: byteCount))
            }
        }
    }
}
