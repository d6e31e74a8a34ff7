import ClaimsCodec
import ClaimsDomain
import ClaimsProjections
import EventLog

/// The typed events of scanned chunks, decoded on the threads that scan and taken on the one that
/// folds.
final class DecodedChunks: Sendable {
    private let viewpoint: Viewpoint
    /// By ordinal of the kind.
    private let isWanted: [Bool]
    /// The events of each chunk under way, by its first sequence.
    private let chunks = Guarded<[Int64: [Event]]>([:])

    init(of kinds: Set<EventKind>, at viewpoint: Viewpoint) {
        self.viewpoint = viewpoint
        var isWanted = [Bool](repeating: false, count: EventKind.allCases.count)
        for kind in kinds { isWanted[kind.ordinal] = true }
        self.isWanted = isWanted
    }

    /// Whether events of a kind are wanted.
    func wants(_ kind: EventKind) -> Bool { isWanted[kind.ordinal] }

    /// Decodes the events of a chunk that are wanted; on any thread.
    ///
    /// Ends at a line that cannot be decoded: whoever folds comes to it and says so.
    func decode(_ chunk: ScannedChunk) {
        var reader = EventReader()
        var events: [Event] = []
        for scanned in chunk.events where wants(scanned.fact.kind) {
            guard viewpoint.knows(scanned.fact) else { break }
            guard viewpoint.includes(scanned.fact), scanned.end > scanned.start else { continue }
            let event = chunk.withBytes(of: scanned) { bytes in try? reader.read(bytes) }
            guard let event else { break }
            events.append(event)
        }
        guard !events.isEmpty else { return }
        chunks.withLock { [events] in $0[chunk.chunk.firstSequence] = events }
    }

    /// The events of a chunk, in order; each is asked for once.
    func take(_ chunk: ScannedChunk) -> [Event] {
        chunks.withLock { $0.removeValue(forKey: chunk.chunk.firstSequence) } ?? []
    }
}
