import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import ClaimsTestSupport
import Testing
import TransparencyLog

@Suite("The head of a ledger")
struct HeadTests {
    /// RFC 6962, section 2.1, as it is written there.
    private static func root(_ leaves: ArraySlice<[UInt8]>) -> TreeHash {
        guard leaves.count > 1 else {
            return leaves.first.map { TreeHash(leaf: $0) } ?? .emptyTree
        }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let middle = leaves.startIndex + split
        return TreeHash(left: root(leaves[..<middle]), right: root(leaves[middle...]))
    }

    @Test("the tree head is that of all stored lines, whatever the segments", arguments: 0..<12)
    func treeHead(claims: Int) throws {
        var office = try Office(segmentBytes: claims.isMultiple(of: 2) ? nil : 1_000)
        for number in 0..<claims { try office.submit(Office.create("CLM-\(number)")) }
        var lines: [[UInt8]] = []
        _ = try office.ledger.lines(Selection(), at: Viewpoint()) { bytes in
            lines.append(bytes.indices.map { bytes[$0] })
        }
        let head = try office.ledger.treeHead()
        #expect(head.size == Int64(claims + 2))
        #expect(head.rootHash == Self.root(lines[...]).base64)
        #expect(try office.ledger.head() == Int64(claims + 2))
        #expect(try office.ledger.verify().rootHash == head.rootHash)
    }

    @Test("without events it is the empty tree")
    func empty() throws {
        let office = try Office(publishes: false)
        #expect(try office.ledger.head() == 0)
        #expect(
            try office.ledger.treeHead()
                == TreeHead(size: 0, rootHash: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="))
    }
}

@Suite("Following a ledger")
struct FollowTests {
    /// The sequences delivered until nothing new came; the commands of `later` are submitted while
    /// it waits.
    private static func follow(
        _ office: inout Office, from sequence: Int64, _ selection: Selection = Selection(),
        later: [Command]
    ) throws -> [Int64] {
        var seen: [Int64] = []
        var looks = 0
        var isRefused = false
        var waiting = later[...]
        var follower = office
        try office.ledger.follow(
            from: sequence, selection, pollMilliseconds: 1,
            shouldStop: {
                looks += 1
                if looks.isMultiple(of: 6), let command = waiting.popFirst() {
                    isRefused = isRefused || (try? follower.submit(command)) == nil
                }
                return looks > 60
            },
            body: { bytes in
                let line = String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
                let digits = try #require(line.firstMatch(of: /"sequence":"(\d+)"/)).1
                seen.append(try #require(Int64(digits)))
            })
        office = follower
        #expect(!isRefused)
        #expect(waiting.isEmpty)
        return seen
    }

    @Test("lines come from a sequence on, and then as they are committed", arguments: 1...5)
    func follow(from sequence: Int) throws {
        // Small segments, so that it has to go on into new ones.
        var office = try Office(segmentBytes: sequence.isMultiple(of: 2) ? nil : 600)
        try office.submit(Office.create("CLM-1"))
        let later = (2...5).map { Office.create("CLM-\($0)") }
        let seen = try Self.follow(&office, from: Int64(sequence), later: later)
        #expect(seen == Array(Int64(sequence)...7))
    }

    @Test("only lines that the selection admits come, by the claim's period too")
    func selected() throws {
        var office = try Office()
        try office.submit(Office.create("CLM-1"))
        let later = [
            Office.claim("CLM-1", .submit(amount: nil)), Office.create("CLM-2"),
            Office.claim("CLM-1", .comment(text: "soon")),
        ]
        let claim = selection { $0.claim = ClaimID("CLM-1") }
        #expect(try Self.follow(&office, from: 1, claim, later: later) == [3, 4, 6])
        let period = selection { $0.period = Samples.firstPeriod }
        #expect(try Self.follow(&office, from: 4, period, later: []) == [4, 5, 6])
        let other = selection { $0.period = Samples.secondPeriod }
        #expect(try Self.follow(&office, from: 1, other, later: []).isEmpty)
        // A name that nobody has used yet may come.
        let coming = selection { $0.claim = ClaimID("CLM-9") }
        let last = [Office.create("CLM-9")]
        #expect(try Self.follow(&office, from: 1, coming, later: last) == [7])
    }

    @Test("a faulty line stops it with its place")
    func fault() throws {
        var office = try Office()
        try office.setLog(try office.log() + Array("{}\n".utf8))
        let error = ledgerError { _ = try Self.follow(&office, from: 1, later: []) }
        let path = office.scratch.path(Office.segment)
        #expect(error?.description.hasPrefix("\(path):3: error: the event has no ") == true)
        #expect(error?.category == .badData)
    }

    @Test("no plain file can be followed")
    func plainFile() throws {
        let office = try Office()
        let ledger = try Ledger.open(office.scratch.path(Office.segment))
        let error = ledgerError {
            try ledger.follow(
                from: 1, Selection(), pollMilliseconds: 1, shouldStop: { true }, body: { _ in })
        }
        #expect(
            error?.description == "error: only a ledger folder or a shared ledger can be followed")
    }
}
