import Testing
import TransparencyLog

@Suite("Tree hashes")
struct TreeHashTests {
    @Test("a leaf is hashed after 0x00 and a node after 0x01")
    func prefixes() throws {
        let left = TreeHash(leaf: [])
        let right = TreeHash(leaf: [0x00])
        #expect(left.hex == PublishedTrees.roots[1])
        #expect(TreeHash(left: left, right: right).hex == PublishedTrees.roots[2])
        #expect(TreeHash(left: right, right: left) != TreeHash(left: left, right: right))
        let pretender = TreeHash(leaf: [0x01] + left.bytes + right.bytes)
        #expect(pretender != TreeHash(left: left, right: right))
    }

    @Test("a leaf may be longer than any buffer", arguments: [63, 64, 65, 65_535, 1_000_000])
    func longLeaves(byteCount: Int) throws {
        let leaf = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0) }
        #expect(TreeHash(leaf: leaf) == TreeHash(leaf: leaf))
        #expect(TreeHash(leaf: leaf) != TreeHash(leaf: leaf.dropLast() + [0xff ^ leaf[62]]))
    }

    @Test("bytes, hexadecimal and base64 lead back to the same hash")
    func texts() throws {
        let hash = TreeHash(leaf: Array("claim".utf8))
        #expect(hash.bytes.count == TreeHash.byteCount)
        #expect(try TreeHash(bytes: hash.bytes) == hash)
        #expect(try TreeHash(hex: hash.hex) == hash)
        #expect(try TreeHash(base64: hash.base64) == hash)
        #expect(hash.description == hash.base64)
        #expect(TreeHash.emptyTree.base64 == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    }

    @Test("bytes of another length are refused", arguments: [0, 31, 33])
    func wrongLength(byteCount: Int) {
        let error = #expect(throws: TransparencyError.self) {
            try TreeHash(bytes: [UInt8](repeating: 7, count: byteCount))
        }
        #expect(error?.description == "hash has \(byteCount) bytes, expected 32")
    }

    @Test(
        "a text of a hash has one form only",
        arguments: [
            ("", "hash '' is not 64 lower-case hexadecimal digits"),
            ("6E34", "hash '6E34' is not 64 lower-case hexadecimal digits"),
            ("6e3\n", "hash '6e3\\n' is not 64 lower-case hexadecimal digits"),
            (
                String(repeating: "0", count: 90),
                "hash '\(String(repeating: "0", count: 80))...' is not "
                    + "64 lower-case hexadecimal digits"
            ),
        ])
    func wrongHexadecimal(text: String, message: String) {
        let error = #expect(throws: TransparencyError.self) { try TreeHash(hex: text) }
        #expect(error?.description == message)
    }

    @Test(
        "base64 of a hash is padded, unbroken and has no spare bits",
        arguments: [
            "", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=",
            "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=",
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==",
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hS uFU",
        ])
    func wrongBase64(text: String) {
        let error = #expect(throws: TransparencyError.self) { try TreeHash(base64: text) }
        #expect(error?.description == "hash '\(text)' is not the base64 of 32 bytes")
    }
}
