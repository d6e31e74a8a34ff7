import Testing
import TransparencyLog

@Suite("Growing trees")
struct TreeBuilderTests {
    @Test("the published roots come out", arguments: 0...8)
    func publishedRoots(size: Int) {
        var tree = TreeBuilder()
        for leaf in PublishedTrees.leaves.prefix(size) { tree.append(TreeHash(leaf: leaf)) }
        #expect(tree.size == UInt64(size))
        #expect(tree.root.hex == PublishedTrees.roots[size])
    }

    @Test("the root is that of the recursive definition at every size up to 300")
    func recursiveDefinition() throws {
        let leaves = leafHashes(300)
        var tree = TreeBuilder()
        for size in 0...300 {
            #expect(tree.root == recursiveRoot(leaves[..<size]), "size \(size)")
            #expect(tree.peaks.count == size.nonzeroBitCount)
            if size < 300 { tree.append(leaves[size]) }
        }
    }

    @Test("a tree resumed at any size equals one from the start")
    func resumed() throws {
        let leaves = leafHashes(70)
        let whole = leaves.reduce(into: TreeBuilder()) { $0.append($1) }
        for cut in 0...70 {
            let before = leaves[..<cut].reduce(into: TreeBuilder()) { $0.append($1) }
            let resumed = try TreeBuilder(size: before.size, peaks: before.peaks)
            #expect(leaves[cut...].reduce(into: resumed) { $0.append($1) } == whole)
        }
    }

    @Test("stretches hashed apart and joined equal leaf by leaf", arguments: 0...6)
    func joined(level: Int) {
        let leaves = leafHashes(200)
        var tree = TreeBuilder()
        var rest = leaves[...]
        while rest.count >= 1 << level {
            let root = recursiveRoot(rest.prefix(1 << level))
            tree.append(completeSubtree: root, level: level)
            rest = rest.dropFirst(1 << level)
        }
        for leaf in rest { tree.append(leaf) }
        #expect(tree == leaves.reduce(into: TreeBuilder()) { $0.append($1) })
    }

    @Test("kept hashes must be as many as the size has complete subtrees")
    func wrongPeaks() {
        let error = #expect(throws: TransparencyError.self) {
            try TreeBuilder(size: 7, peaks: leafHashes(2))
        }
        #expect(
            error?.description == "tree of size '7' comes with 2 subtree hashes, expected 3")
    }
}
