import Testing
import TransparencyLog

@Suite("Policies")
struct TrustPolicyTests {
    private static let log = CosignatureTests.seededKey("log.example", 1)
    private static let otherLog = CosignatureTests.seededKey("other.example", 2)
    private static let witnesses = (0..<5).map {
        CosignatureTests.seededKey("w\($0).example", UInt8(10 + $0), .cosignature)
    }

    private static func policy(_ text: String) throws(TransparencyError) -> TrustPolicy {
        var text = text.replacing("LOG", with: "\(log.verifierKey)")
            .replacing("OTHER", with: "\(otherLog.verifierKey)")
        for (index, key) in witnesses.enumerated() {
            text = text.replacing("W\(index)", with: "\(key.verifierKey)")
        }
        return try TrustPolicy(bytes: Array(text.utf8))
    }

    private static func note(_ cosigners: [Int], by key: SigningKey = log) throws -> SignedNote {
        var note = try Checkpoint(
            origin: key.verifierKey.name.description, size: 3, root: .emptyTree
        )
        .signed(by: key)
        for index in cosigners { note = try note.cosigned(by: witnesses[index], at: 5) }
        return note
    }

    private static let groups = """
        # two organisations
        log LOG https://log.example/
        \twitness X1 W0
        witness X2 W1  https://w1.example/
        witness X3 W2

        group X 2 X1 X2 X3
        witness Y1 W3
        witness Y2 W4
        group Y any Y1 Y2
        group both all X Y
        quorum both
        """

    static let quorums: [([Int], Bool)] = [
        ([], false), ([0, 1], false), ([0, 3], false), ([3, 4], false), ([0, 1, 3], true),
        ([1, 2, 4], true), ([0, 1, 2, 3, 4], true),
    ]

    @Test("a quorum of groups is met or not", arguments: quorums)
    func quorum(cosigners: [Int], isMet: Bool) throws {
        let policy = try Self.policy(Self.groups)
        let note = try Self.note(cosigners)
        if isMet {
            let accepted = try policy.verify(note)
            #expect(accepted.log == Self.log.verifierKey)
            #expect(accepted.witnesses == cosigners.map { Self.witnesses[$0].verifierKey })
        } else {
            let error = #expect(throws: TransparencyError.self) { try policy.verify(note) }
            let names = cosigners.map { "'w\($0).example'" }.joined(separator: ", ")
            let who =
                cosigners.isEmpty
                ? "no witness of the policy has cosigned it" : "cosigned by \(names) only"
            #expect(
                error?.description == "checkpoint does not meet the quorum 'both': \(who)")
        }
    }

    @Test("a checkpoint of another log, or of none, is refused")
    func logs() throws {
        let policy = try Self.policy("log LOG\nquorum none\n")
        #expect(try policy.verify(Self.note([])).witnesses.isEmpty)
        #expect(throws: TransparencyError.policy(.unknownLog(origin: "other.example"))) {
            try policy.verify(Self.note([], by: Self.otherLog))
        }
        // A known key that signs under another origin is no log of that origin.
        let foreign = try Checkpoint(origin: "other.example", size: 3, root: .emptyTree)
            .signed(by: Self.log)
        #expect(throws: TransparencyError.policy(.unknownLog(origin: "other.example"))) {
            try policy.verify(foreign)
        }
        let open = try Self.policy("quorum none")
        #expect(throws: TransparencyError.policy(.unknownLog(origin: "log.example"))) {
            try open.verify(Self.note([]))
        }
        let known = [Self.log.verifierKey]
        #expect(try open.verify(Self.note([]), knownLogs: known).checkpoint.size == 3)
    }

    static let faults: [(String, String)] = [
        ("", "policy has no quorum line"),
        ("# only words\n", "policy has no quorum line"),
        ("quorum none\nquorum none", "line 2 of the policy is a second quorum"),
        ("quorum X", "line 1 of the policy names 'X', which no line above it defines"),
        ("quorum", "line 1 of the policy has other parts, expected 'quorum <name>'"),
        ("log\nquorum none", "expected 'log <verifier key> [<url>]'"),
        ("log a b c\n", "line 1 of the policy has other parts"),
        ("log a\n", "line 1 of the policy: key has other parts"),
        ("log W0\n", "line 1 of the policy: key has type '4', expected '1' (ed25519)"),
        ("log LOG\nlog LOG\n", "line 2 of the policy has a public key that stands on an earlier"),
        ("witness X LOG\n", "line 1 of the policy: key has type '1', expected '4'"),
        ("witness X W0\nwitness X W1\n", "line 2 of the policy defines 'X', which is taken"),
        ("witness X W0\nwitness Y W0\n", "line 2 of the policy has a public key"),
        ("witness none W0\n", "line 1 of the policy defines 'none', which is taken"),
        ("witness X\n", "expected 'witness <name> <verifier key> [<url>]'"),
        ("witness X W0\ngroup g 2 X\n", "line 2 of the policy asks for '2' members"),
        ("witness X W0\ngroup g 0 X\n", "'all', 'any' or a number from 1 to 1"),
        ("witness X W0\ngroup g 01 X\n", "line 2 of the policy asks for '01' members"),
        ("witness X W0\ngroup g all\n", "expected 'group <name> all|any|<number> <name>...'"),
        ("witness X W0\ngroup g all X X\n", "line 2 of the policy has the member 'X', which is"),
        ("witness X W0\ngroup g all X\ngroup h all X\n", "line 3 of the policy has the member 'X'"),
        ("group g all none\n", "line 1 of the policy names 'none', which no line above"),
        ("trust LOG\n", "line 1 of the policy begins with 'trust', expected 'log', 'witness'"),
        ("quorum none\r\n", "line 1 of the policy holds the control character U+000D"),
    ]

    @Test("what is odd in a policy is said with its line", arguments: faults)
    func fault(text: String, message: String) {
        let error = #expect(throws: TransparencyError.self) { try Self.policy(text) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }
}
