import ClaimsDomain

extension EventIdentity {
    /// The same number for the same id in every log and every run; others seldom share it.
    ///
    /// `texts` are those of the ids that are no UUIDs.
    func stableHash(_ texts: ChunkNames) -> UInt64 {
        guard isText else {
            let product = (high ^ 0xA076_1D64_78BD_642F)
                .multipliedFullWidth(by: low ^ 0xE703_7ED1_A0B4_28DB)
            return product.high ^ product.low
        }
        return texts.hash(NameKey(index: UInt32(low)))
    }
}

extension ScannedChunk {
    /// The hash of a line's id, see `FactReader.idHash`.
    package func idHash(ofLine line: Int) -> UInt64 {
        // By way of a span, since an array hands out copies.
        let events = events.span
        return events[line].identity.stableHash(tables.ids)
    }

    /// The bytes of a line in its chunk, without the line feed.
    package func bytes(ofLine line: Int) -> Range<Int> {
        let events = events.span
        return Int(events[line].start)..<Int(events[line].end)
    }
}

extension FactReader {
    /// A hash of the id of the line read last that is kept in files: the same for the same id.
    ///
    /// The source is left out, since one id seldom comes from two.
    package var idHash: UInt64 { event.identity.stableHash(tables.ids) }
}
