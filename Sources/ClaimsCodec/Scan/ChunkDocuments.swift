package import ClaimsDomain

/// Brings the documents of scanned chunks, one after the other, to the names of the whole log.
///
/// Apart from `ChunkMerge`, so that another thread can do it: these are most of the names there
/// are, and a fold does not read them.
package struct ChunkDocuments: Sendable {
    private var keys: [NameKey] = []

    package init() {}

    /// Gives the facts of the next chunk, up to its ending, the keys of the log.
    package mutating func take(_ chunk: inout ScannedChunk, names: inout DocumentNames) {
        begin(chunk, names: &names)
        // A chunk without documents need not be walked through.
        guard keys.count > 1 else { return }
        for line in 0..<(chunk.ending?.line ?? chunk.events.count) {
            take(&chunk.events[line].fact)
        }
    }

    /// Looks up the documents of a chunk whose lines are taken up one by one, by `take`.
    package mutating func begin(_ chunk: ScannedChunk, names: inout DocumentNames) {
        begin(chunk.tables, names: &names)
    }

    mutating func begin(_ tables: LineTables, names: inout DocumentNames) {
        tables.documents.keys(in: &names.table, into: &keys)
    }

    /// Puts the keys of the log in the place of those that the line was scanned with.
    @inline(__always)
    package func take(_ fact: inout Fact) {
        switch fact.kind {
        case .claimEvidenceAttached, .claimEvidenceWithdrawn, .claimDocumentsRequested,
            .associationEvidenceAttached:
            fact.mapDocuments { DocumentKey(keys[Int($0.name.index)]) }
        default: break
        }
    }
}
