import Testing
import TransparencyLog

@Suite("All proofs of all small trees")
struct AllProofsTests {
    /// The hashes of every complete subtree over the first leaves.
    private static let nodes: [[TreeHash]] = {
        var levels = [leafHashes(300)]
        while let level = levels.last, level.count > 1 {
            levels.append(
                (0..<level.count / 2).map {
                    TreeHash(left: level[2 * $0], right: level[2 * $0 + 1])
                })
        }
        return levels
    }()

    private static let roots = (0...300).map { recursiveRoot(nodes[0][..<$0]) }

    private static func hash(of node: TreeNode) -> TreeHash { nodes[node.level][Int(node.index)] }

    @Test("every leaf of every tree of 0 to 300 leaves is proved, and of no other tree")
    func inclusion() throws {
        for size in 0...300 {
            for index in 0..<size {
                let proof = try InclusionProof(
                    leafIndex: UInt64(index), treeSize: UInt64(size), reader: Self.hash)
                let leaf = Self.nodes[0][index]
                try proof.verify(leafHash: leaf, root: Self.roots[size])
                // Wrong leaves and roots of small trees are tried one by one elsewhere.
                guard index % 31 == size % 31 else { continue }
                let neighbour = Self.nodes[0][(index + 1) % 300]
                #expect(throws: TransparencyError.self) {
                    try proof.verify(leafHash: neighbour, root: Self.roots[size])
                }
                #expect(throws: TransparencyError.self) {
                    try proof.verify(leafHash: leaf, root: Self.roots[size - 1])
                }
            }
        }
    }

    @Test("every tree of 1 to 300 leaves is proved to begin each larger one")
    func consistency() throws {
        for newer in 1...300 {
            for older in 1...newer {
                let proof = try ConsistencyProof(
                    olderSize: UInt64(older), newerSize: UInt64(newer), reader: Self.hash)
                try proof.verify(olderRoot: Self.roots[older], newerRoot: Self.roots[newer])
                guard older % 31 == newer % 31 else { continue }
                #expect(throws: TransparencyError.self) {
                    try proof.verify(
                        olderRoot: Self.roots[older - 1], newerRoot: Self.roots[newer])
                }
            }
        }
    }
}
