import EventLog

/// What a copy that goes on has taken over.
package enum CopiedPart: Equatable, Sendable {
    /// The events up to a sequence.
    case events(through: Int64)
    /// So many checkpoints.
    case checkpoints(Int)
    /// The documents of the events that are next.
    case documents(CopiedDocuments)
}

extension Ledger {
    /// How often a copy that goes on looks for new checkpoints.
    private static let checkpointInterval = Duration.seconds(1)

    /// Goes on copying what is appended and signed, until `shouldStop`; `copied` hears of it.
    ///
    /// The writer of the copy stays open, so that nobody else appends to it. A checkpoint is taken
    /// over when all that it covers is there, and documents, if they are asked for, before the
    /// events that refer to them: no event is there without what its origin had of it.
    package func keepCopying(
        to other: Ledger, documents: Bool = false, pollMilliseconds: Int, shouldStop: () -> Bool,
        copied: (CopiedPart) -> Void
    ) throws(LedgerError) {
        do {
            guard let origin = store, let destination = other.store else { return }
            var writer = try destination.openWriter(waitMilliseconds: 0)
            var head = writer.head
            let clock = ContinuousClock()
            var looked = clock.now
            func lookForCheckpoints() {
                guard clock.now - looked >= Self.checkpointInterval else { return }
                looked = clock.now
                // A server that is away is waited for, or told, where lines are read.
                guard let count = try? copyCheckpoints(to: other, upTo: head), count > 0 else {
                    return
                }
                copied(.checkpoints(count))
            }
            try origin.follow(
                from: head + 1, pollMilliseconds: pollMilliseconds,
                shouldStop: {
                    lookForCheckpoints()
                    return shouldStop()
                },
                body: { chunk in
                    if documents {
                        guard try carryDocuments(of: chunk, to: other, shouldStop, copied) else {
                            return .stop
                        }
                    }
                    head = try writer.append(chunk.bytes, expecting: chunk.firstSequence - 1)
                    copied(.events(through: head))
                    return .next
                })
        } catch {
            throw LedgerError(error)
        }
    }

    /// Carries the documents of the next events; false where it was stopped before the last one.
    private func carryDocuments(
        of chunk: LogChunk, to other: Ledger, _ shouldStop: () -> Bool,
        _ copied: (CopiedPart) -> Void
    ) throws -> Bool {
        var references = DocumentReferences()
        references.take(chunk)
        guard !references.hashes.isEmpty else { return true }
        var carrier = try DocumentCarrier(from: vault(), to: other.vault())
        for hash in references.hashes where !carrier.isStopped {
            try carrier.carry(hash, shouldStop: shouldStop)
        }
        copied(.documents(carrier.count))
        return !carrier.isStopped
    }
}
