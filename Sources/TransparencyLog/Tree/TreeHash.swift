import Crypto

/// The SHA-256 hash of a leaf, of a node or of a whole tree (RFC 6962, section 2.1): 32 bytes.
///
/// Leaves and nodes are hashed under different first bytes, so that no leaf can pass for a node.
package struct TreeHash: Hashable, Sendable {
    /// The length of every hash, in bytes.
    package static let byteCount = 32

    /// The root of a tree without leaves: the SHA-256 of no bytes (RFC 6962, section 2.1).
    package static let emptyTree = TreeHash(SHA256().finalize())

    // The vector holds the bytes in their order and inline: no allocation for each hash.
    private let octets: SIMD32<UInt8>

    private init(_ digest: SHA256Digest) {
        octets = unsafe digest.withUnsafeBytes { bytes in
            unsafe bytes.loadUnaligned(as: SIMD32<UInt8>.self)
        }
    }

    /// Takes over a hash that was computed elsewhere.
    ///
    /// - Throws: `TransparencyError.hash(.length)` unless there are exactly 32 bytes.
    package init(bytes: some Collection<UInt8>) throws(TransparencyError) {
        guard bytes.count == Self.byteCount else {
            throw .hash(.length(found: bytes.count))
        }
        var octets = SIMD32<UInt8>()
        for (index, byte) in bytes.enumerated() { octets[index] = byte }
        self.octets = octets
    }

    /// The hash of a leaf: SHA-256 of `0x00` and the leaf's bytes (RFC 6962, section 2.1).
    ///
    /// A ledger's leaf is the stored line without the LF that ends it. O(n) in its bytes.
    package init(leaf bytes: RawSpan) {
        self.init(Self.digest(prefix: 0x00, bytes))
    }

    /// The hash of a leaf that is at hand as an array, as `init(leaf:)` of its span.
    package init(leaf bytes: [UInt8]) {
        self.init(leaf: unsafe bytes.span.bytes)
    }

    /// The hash of a leaf that is part of a larger buffer, as `init(leaf:)` of its raw bytes.
    package init(leaf bytes: Span<UInt8>) {
        self.init(leaf: unsafe bytes.bytes)
    }

    /// The hash of a node: SHA-256 of `0x01`, the left and the right child (RFC 6962, section 2.1).
    package init(left: TreeHash, right: TreeHash) {
        // In one piece: a second call of `update` costs as much as hashing a block.
        let digest = unsafe withUnsafeTemporaryAllocation(
            byteCount: 1 + 2 * Self.byteCount, alignment: 1
        ) { buffer in
            unsafe buffer.storeBytes(of: 0x01, as: UInt8.self)
            unsafe buffer.storeBytes(of: left.octets, toByteOffset: 1, as: SIMD32<UInt8>.self)
            unsafe buffer.storeBytes(
                of: right.octets, toByteOffset: 1 + Self.byteCount, as: SIMD32<UInt8>.self)
            var hasher = SHA256()
            unsafe hasher.update(bufferPointer: UnsafeRawBufferPointer(buffer))
            return hasher.finalize()
        }
        self.init(digest)
    }

    /// Takes the 32 bytes at an offset, which must be within the array.
    init(at offset: Int, in bytes: [UInt8]) {
        precondition(offset >= 0 && offset + Self.byteCount <= bytes.count, "a hash is 32 bytes")
        octets = unsafe bytes.withUnsafeBytes {
            unsafe $0.loadUnaligned(fromByteOffset: offset, as: SIMD32<UInt8>.self)
        }
    }

    /// Puts the 32 bytes behind others.
    func append(to bytes: inout [UInt8]) {
        unsafe withUnsafeBytes(of: octets) { unsafe bytes.append(contentsOf: $0) }
    }

    /// The 32 bytes in their order.
    package var bytes: [UInt8] { octets.indices.map { octets[$0] } }

    private static func digest(prefix: UInt8, _ bytes: RawSpan) -> SHA256Digest {
        var hasher = SHA256()
        unsafe withUnsafeBytes(of: prefix) { unsafe hasher.update(bufferPointer: $0) }
        unsafe bytes.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
        return hasher.finalize()
    }
}
