import ClaimsCodec
package import ClaimsDomain
import ClaimsProjections
import EventLog

/// An event behind what is indexed.
package struct TailEvent {
    package let fact: Fact
    package let rules: Program?
    let identity: UInt64
    let location: LineLocation
    let byteCount: Int
    /// The line without LF; empty where it is not needed.
    let bytes: [UInt8]
}

/// Reads the events behind what is indexed, as a replay would that had come there.
struct TailReading {
    let index: LogIndex
    let viewpoint: Viewpoint
    let most: Int
    let keepsLines: Bool
    private var order: LogOrder
    private var lastRecordedAt: Instant
    private var events: [TailEvent] = []

    init(index: LogIndex, viewpoint: Viewpoint, most: Int, keepsLines: Bool) {
        self.index = index
        self.viewpoint = viewpoint
        self.most = most
        self.keepsLines = keepsLines
        order = LogOrder(after: index.last)
        lastRecordedAt = index.lastRecordedAt
    }

    /// The events a viewpoint knows, and what follows the log's last line.
    ///
    /// Any fault is left to a replay, which words it.
    mutating func read(
        _ reader: inout FactReader, _ state: inout LedgerState
    ) throws(IndexProblem) -> (events: [TailEvent], tornTail: TornTail?) {
        do {
            let end = try index.store.log.read(at: index.end) { chunk in
                try chunk.forEachLine { (bytes, location) throws(any Error) in
                    try take(bytes, location, &reader, &state)
                }
            }
            return (events, end.tornTail)
        } catch let problem as IndexProblem {
            throw problem
        } catch {
            throw .needsReplay
        }
    }

    private mutating func take(
        _ bytes: Span<UInt8>, _ location: LineLocation, _ reader: inout FactReader,
        _ state: inout LedgerState
    ) throws -> ReadStep {
        guard events.count < most else { return .stop }
        guard case .fact(let fact, let rules) = try reader.read(bytes, into: &state) else {
            throw IndexProblem.needsReplay
        }
        guard viewpoint.knows(fact) else { return .stop }
        try order.accept(reader, bytes)
        let hash = reader.idHash
        guard fact.recordedAt >= lastRecordedAt, try !index.mayHold(identity: hash) else {
            throw IndexProblem.needsReplay
        }
        lastRecordedAt = fact.recordedAt
        events.append(
            TailEvent(
                fact: fact, rules: rules, identity: hash, location: location,
                byteCount: bytes.count, bytes: keepsLines ? bytes.indices.map { bytes[$0] } : []))
        return .next
    }
}
