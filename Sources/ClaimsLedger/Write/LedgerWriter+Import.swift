import ClaimsCodec
package import ClaimsDomain
import EventLog

extension LedgerWriter {
    /// What became of one imported event.
    package enum ImportOutcome: Equatable, Sendable {
        case appended
        /// Recorded before with the same content.
        case repeated
        /// Not recorded, and why.
        case rejected(String)
    }

    /// How many bytes of imported lines go into one durable write: enough that the sync costs
    /// nothing, few enough that stopping in between loses little.
    package static let importBatchBytes = 4 << 20

    /// Takes an event of history as it happened: no rule refuses it, what it broke becomes a
    /// finding.
    ///
    /// It is durable at the next `flush`, which comes by itself once enough has gathered.
    ///
    /// Throws only when the log cannot be written. Amortised O(bytes of the event).
    package mutating func record(
        _ content: ProposedEvent, now: Instant
    ) throws(LedgerError) -> ImportOutcome {
        if let sequence = desk.order.sequence(id: content.id, source: content.source) {
            return try compare(content, recordedAt: sequence)
        }
        guard content.occurredAt <= desk.recordingTime(now) else {
            return .rejected("its time \(content.occurredAt) is in the future")
        }
        do throws(LedgerError) {
            pending.append(contentsOf: try take(content, now: now).line)
        } catch {
            return .rejected(error.description)
        }
        pending.append(LineFeeds.byte)
        if pending.count >= Self.importBatchBytes { try flush() }
        return .appended
    }

    /// Makes durable what was recorded since the last flush.
    ///
    /// Nothing recorded: no change.
    package mutating func flush() throws(LedgerError) {
        guard !pending.isEmpty else { return }
        do {
            _ = try log.append(pending, expecting: log.head)
        } catch {
            throw LedgerError(error)
        }
        pending.removeAll(keepingCapacity: true)
    }

    private mutating func compare(
        _ content: ProposedEvent, recordedAt sequence: Int64
    ) throws(LedgerError) -> ImportOutcome {
        if sequence > log.head { try flush() }
        let recorded = try recordedEvent(at: sequence)
        let differences = EventDifference.between(recorded.content, content)
        if differences.isEmpty { return .repeated }
        return .rejected(
            "its id stands at sequence \(sequence) with other content: "
                + differences.map(\.description).joined(separator: "; "))
    }

    private mutating func recordedEvent(at sequence: Int64) throws(LedgerError) -> Event {
        var found: Event?
        do {
            _ = try lines.line(at: sequence) { bytes in
                var reader = EventReader()
                found = try reader.read(bytes)
            }
        } catch {
            throw LedgerError(error)
        }
        guard let found else { throw Ledger.noEvent(at: sequence) }
        return found
    }

    /// Whether an event of this id and source is recorded, whatever it says.
    package func isRecorded(_ content: ProposedEvent) -> Bool {
        desk.order.sequence(id: content.id, source: content.source) != nil
    }

    /// The state commands are decided on.
    package var state: LedgerState { desk.state }
}
