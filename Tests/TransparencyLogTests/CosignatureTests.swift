import Testing
import TransparencyLog

@Suite("Cosignatures")
struct CosignatureTests {
    private static let log = seededKey("log.example/claims", 1)
    private static let witness = seededKey("witness.example/w1", 2, .cosignature)

    static func seededKey(_ name: String, _ byte: UInt8, _ kind: KeyKind = .note) -> SigningKey {
        do {
            let seed = [UInt8](repeating: byte, count: 32)
            return try SigningKey(name: try KeyName(name), seed: seed, kind: kind)
        } catch {
            fatalError("\(error)")
        }
    }

    private static func note() throws -> SignedNote {
        try Checkpoint(origin: "log.example/claims", size: 3, root: .emptyTree).signed(by: log)
    }

    /// Made with Python's `cryptography` from the text of the specification.
    private static let published =
        "— witness.example/w1 3xwKNQAAAABkGFDLsHSOw6CdB0qQwlApxWpPsYSzKIikci4gR"
        + "1bRnIP7WqDAH2p2IRAExCZr4ak3TBMaDijt3endVCPf/Pnw7bt/DA==\n"

    @Test("a cosignature is the one another implementation makes")
    func vector() throws {
        let note = try Self.note().cosigned(by: Self.witness, at: 1_679_315_147)
        #expect(note.description.hasSuffix(Self.published))
    }

    @Test("a key of a witness has its own type and id")
    func key() throws {
        let key = Self.witness.verifierKey
        #expect(key.kind == .cosignature)
        #expect(try VerifierKey(text: "\(key)", kind: .cosignature) == key)
        let secret = Self.witness.secretText
        #expect(try SigningKey(secretText: secret, kind: .cosignature).verifierKey == key)
        let error = #expect(throws: TransparencyError.self) { try VerifierKey(text: "\(key)") }
        #expect(error?.description == "key has type '4', expected '1' (ed25519)")
        let other = #expect(throws: TransparencyError.self) {
            try VerifierKey(text: "\(Self.log.verifierKey)", kind: .cosignature)
        }
        #expect(other?.description == "key has type '1', expected '4' (ed25519 cosignature)")
    }

    @Test("log and witness both vouch for a cosigned checkpoint")
    func both() throws {
        let note = try Self.note().cosigned(by: Self.witness, at: 1_679_315_147)
        let keys = [Self.log.verifierKey, Self.witness.verifierKey]
        #expect(try note.verify(by: keys) == keys)
        #expect(note.cosigningTime(of: Self.witness.verifierKey) == 1_679_315_147)
        #expect(note.cosigningTime(of: Self.log.verifierKey) == nil)
        // A later statement takes the place of the earlier one.
        let again = try note.cosigned(by: Self.witness, at: 1_679_315_148)
        #expect(again.signatures.count == 2)
        #expect(again.cosigningTime(of: Self.witness.verifierKey) == 1_679_315_148)
        #expect(try SignedNote(bytes: Array(note.description.utf8)) == note)
    }

    @Test("any bit of a cosigned checkpoint turned is refused or leaves a statement unchanged")
    func bits() throws {
        let note = try Self.note().cosigned(by: Self.witness, at: 1_679_315_147)
        let bytes = Array(note.description.utf8)
        let keys = [Self.log.verifierKey, Self.witness.verifierKey]
        for place in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[place] ^= 1 << UInt8(bit)
                guard let read = try? SignedNote(bytes: changed),
                    let signers = try? read.verify(by: keys)
                else { continue }
                // A changed name or id makes a signature one of nobody known; the text stands.
                #expect(read.text == note.text)
                #expect(signers.count == 1, "byte \(place), bit \(bit)")
            }
        }
    }

    @Test("signatures are added to the same text only, and those of known keys only")
    func adding() throws {
        let note = try Self.note()
        let stranger = Self.seededKey("stranger.example", 3, .cosignature)
        let cosigned = try note.cosigned(by: Self.witness, at: 1).cosigned(by: stranger, at: 1)
        let added = try note.adding(signaturesOf: cosigned, by: [Self.witness.verifierKey])
        #expect(try added == note.cosigned(by: Self.witness, at: 1))
        let other = try Checkpoint(origin: "log.example/claims", size: 4, root: .emptyTree)
            .signed(by: Self.log)
        let error = #expect(throws: TransparencyError.self) {
            try other.adding(signaturesOf: cosigned, by: [Self.witness.verifierKey])
        }
        #expect(error?.description == "signatures are of another text")
        #expect(throws: TransparencyError.note(.noKnownSignature)) {
            try note.adding(signaturesOf: note, by: [Self.witness.verifierKey])
        }
    }
}
