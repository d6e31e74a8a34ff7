import TransparencyLog

/// The eight leaves and nine roots that Certificate Transparency publishes as the reference for
/// RFC 6962 (google/certificate-transparency, transparency-dev/merkle), and helpers to build trees.
enum PublishedTrees {
    /// The bytes of the leaves.
    static let leaves: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
        Array(0x50...0x57), Array(0x60...0x6f),
    ]

    /// The root over the first 0 to 8 leaves.
    static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
}

/// Leaf hashes that differ from each other: leaf n holds the decimal text of n.
func leafHashes(_ count: Int) -> [TreeHash] {
    (0..<count).map { TreeHash(leaf: Array(String($0).utf8)) }
}

/// The root as RFC 6962, section 2.1, defines it, by plain recursion: the yardstick of the builder.
func recursiveRoot(_ leafHashes: ArraySlice<TreeHash>) -> TreeHash {
    guard leafHashes.count > 1 else { return leafHashes.first ?? .emptyTree }
    var half = 1
    while half * 2 < leafHashes.count { half *= 2 }
    return TreeHash(
        left: recursiveRoot(leafHashes.prefix(half)),
        right: recursiveRoot(leafHashes.dropFirst(half)))
}

/// The hash with one of its 256 bits turned over; bit 0 is the first byte's lowest.
func flipped(_ hash: TreeHash, bit: Int) throws -> TreeHash {
    var bytes = hash.bytes
    bytes[bit / 8 % 32] ^= 1 << UInt8(bit % 8)
    return try TreeHash(bytes: bytes)
}

/// The hashes with one bit of one of them turned over, for each hash another bit.
func eachFlipped(_ hashes: [TreeHash]) throws -> [[TreeHash]] {
    try hashes.indices.map { index in
        var changed = hashes
        changed[index] = try flipped(hashes[index], bit: index * 37 + hashes.count)
        return changed
    }
}
