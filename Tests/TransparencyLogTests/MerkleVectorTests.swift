import Foundation
import Testing
import TransparencyLog

/// One case of the proof verification vectors of transparency-dev/merkle (`testdata/`).
struct MerkleVector: Decodable, Sendable, CustomTestStringConvertible {
    let kind: String
    let name: String
    let leafIdx: UInt64?
    let treeSize: UInt64?
    let root: String?
    let leafHash: String?
    let size1: UInt64?
    let size2: UInt64?
    let root1: String?
    let root2: String?
    let proof: [String]?
    let wantErr: Bool

    var testDescription: String { name }

    /// `../shared/data/merkle-vectors.json` from the root of the repository.
    static let file = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "../shared/data/merkle-vectors.json").standardizedFileURL

    /// The vectors live beside the repository: elsewhere they may be missing, never in CI.
    static let isExpected =
        ProcessInfo.processInfo.environment["CI"] == "true"
        || FileManager.default.fileExists(atPath: file.path())

    static func load() throws -> [MerkleVector] {
        try JSONDecoder().decode([MerkleVector].self, from: Data(contentsOf: file))
    }

    static let all = (try? load()) ?? []
}

@Suite("Published proof vectors")
struct MerkleVectorTests {
    @Test(
        "all 196 cases are there, 12 of them to be accepted",
        .enabled(if: MerkleVector.isExpected, "merkle-vectors.json is missing: cases skipped"))
    func count() throws {
        let vectors = try MerkleVector.load()
        #expect(vectors.count == 196)
        #expect(vectors.count { !$0.wantErr } == 12)
        #expect(Set(vectors.map(\.kind)) == ["consistency", "inclusion"])
    }

    @Test(
        "exactly the proofs that hold are accepted",
        .enabled(if: MerkleVector.isExpected, "merkle-vectors.json is missing: cases skipped"),
        arguments: MerkleVector.all)
    func verdict(vector: MerkleVector) throws {
        let isAccepted: Bool
        do {
            try verify(vector)
            isAccepted = true
        } catch is TransparencyError {
            isAccepted = false
        }
        #expect(isAccepted == !vector.wantErr)
    }

    private func verify(_ vector: MerkleVector) throws {
        let hashes = try (vector.proof ?? []).map { try hash($0) }
        if vector.kind == "inclusion" {
            let proof = InclusionProof(
                leafIndex: try #require(vector.leafIdx), treeSize: try #require(vector.treeSize),
                hashes: hashes)
            try proof.verify(leafHash: try hash(vector.leafHash), root: try hash(vector.root))
        } else {
            let proof = ConsistencyProof(
                olderSize: try #require(vector.size1), newerSize: try #require(vector.size2),
                hashes: hashes)
            try proof.verify(
                olderRoot: try hash(vector.root1), newerRoot: try hash(vector.root2))
        }
    }

    /// A hash of a case.
    ///
    /// Some roots are words such as "don't care 1", which no `TreeHash` can be; their hash stands
    /// for them, so that the verdict still hangs on sizes and equality. An empty one is refused.
    private func hash(_ text: String?) throws -> TreeHash {
        let text = try #require(text)
        let bytes = Array(try #require(Data(base64Encoded: text)))
        let isWords = !bytes.isEmpty && bytes.count != TreeHash.byteCount
        return isWords ? TreeHash(leaf: bytes) : try TreeHash(base64: text)
    }
}
