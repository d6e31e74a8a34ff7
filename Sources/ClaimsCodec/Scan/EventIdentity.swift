import ClaimsDomain

/// The id of an event in sixteen bytes: a UUID's own, or the key of any other text.
///
/// Ids are compared as texts: only a UUID in lower case, as this ledger writes it, is packed.
package struct EventIdentity: Hashable, Sendable {
    /// The 128 bits of a UUID, or a key.
    var high: UInt64
    var low: UInt64
    /// Whether `low` is the key of a text in the table that the reader kept.
    var isText: Bool

    static let byteCount = 36

    /// The UUID that is written at `offset`, if one in lower case stands there.
    @inline(__always)
    init?(uuid bytes: ScanBytes, at offset: Int) {
        let dash = UInt8(ascii: "-")
        guard bytes.byte(offset &+ 8) == dash, bytes.byte(offset &+ 13) == dash,
            bytes.byte(offset &+ 18) == dash, bytes.byte(offset &+ 23) == dash
        else { return nil }
        func pair(_ first: Int, _ second: Int) -> UInt64 {
            UInt64(bytes.half(offset &+ first)) | UInt64(bytes.half(offset &+ second)) &<< 32
        }
        guard let first = Words.hexValues(bytes.word(offset)),
            let second = Words.hexValues(pair(9, 14)),
            let third = Words.hexValues(pair(19, 24)),
            let fourth = Words.hexValues(bytes.word(offset &+ 28))
        else { return nil }
        high = Words.nibbles(first) &<< 32 | Words.nibbles(second)
        low = Words.nibbles(third) &<< 32 | Words.nibbles(fourth)
        isText = false
    }

    init(text key: NameKey) {
        high = 0
        low = UInt64(key.index)
        isText = true
    }

    /// The id of a text, interned in `texts` unless it is a UUID.
    init(_ id: Span<UInt8>, texts: inout ChunkNames) {
        self = Self(uuid: id) ?? Self(text: texts.intern(id))
    }

    /// The id of a text; nil when it is no UUID and was never seen.
    init?(known id: Span<UInt8>, texts: NameTable) {
        if let uuid = Self(uuid: id) {
            self = uuid
        } else if let key = texts.key(of: id) {
            self.init(text: key)
        } else {
            return nil
        }
    }

    private init?(uuid id: Span<UInt8>) {
        guard id.count == Self.byteCount else { return nil }
        var line = PaddedLine()
        guard let uuid = line.scan(id, { Self(uuid: $0, at: 0) }) else { return nil }
        self = uuid
    }
}
