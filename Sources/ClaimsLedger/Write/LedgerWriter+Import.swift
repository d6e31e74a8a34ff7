package import ClaimsCodec
package import ClaimsDomain
package import EventLog

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
        let content = content.ofAnotherLog
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
        if pending.count >= Self.importBatchBytes { try handOver() }
        return .appended
    }

    /// What became of one record of another producer, by its number in the input.
    package enum RecordOutcome: Sendable {
        case appended(number: Int, EventKind)
        /// Recorded before with the same content.
        case repeated(number: Int)
        /// Not recorded: what it is, and why not.
        case rejected(number: Int, what: String, reason: String)
    }

    /// When what is recorded next is recorded; the same for all of an import.
    package func recordingTime(_ now: Instant) -> Instant { desk.recordingTime(now) }

    /// Takes events of history that other threads have read, like `record` one after the other.
    ///
    /// `lines` were made for `recordingTime(now)`. Tells `body` of each record in the order of the
    /// input; no more is taken once it says stop, and that is what is returned then. Throws only
    /// when the log cannot be written. O(bytes), a fraction of what `record` takes.
    package mutating func record(
        _ lines: inout ForeignLines, now: Instant, body: (RecordOutcome) -> ReadStep
    ) throws(LedgerError) -> ReadStep {
        desk.begin(&lines)
        var problems = lines.problems[...]
        var odd = lines.scanned.oddities[...]
        for line in lines.scanned.events.indices {
            let number = lines.places[line].number
            while let problem = problems.first, problem.number < number {
                problems.removeFirst()
                if body(RecordOutcome(problem)) == .stop { return .stop }
            }
            var rules: Program?
            if case .rules(let program, line)? = odd.first {
                odd.removeFirst()
                rules = program
            }
            let outcome = try record(line, of: &lines, rules: rules, now: now)
            if body(outcome) == .stop { return .stop }
        }
        for problem in problems where body(RecordOutcome(problem)) == .stop { return .stop }
        return .next
    }

    private mutating func record(
        _ line: Int, of lines: inout ForeignLines, rules: Program?, now: Instant
    ) throws(LedgerError) -> RecordOutcome {
        let number = lines.places[line].number
        do throws(LedgerError) {
            switch try desk.take(line, of: &lines, rules: rules, recordedAt: recordingTime(now)) {
            case .applied(let kind):
                lines.append(line: line, to: &pending)
                if pending.count >= Self.importBatchBytes { try handOver() }
                return .appended(number: number, kind)
            case .known(let sequence):
                if try isRecorded(line, of: lines, at: sequence) {
                    return .repeated(number: number)
                }
            case .unusual: break
            }
        } catch {
            guard desk.isSpoiled else { throw error }
            try renewDesk()
            desk.begin(&lines)
            let content = try content(line, of: lines)
            return .rejected(
                number: number, what: "event '\(content.id)'", reason: error.description)
        }
        let content = try content(line, of: lines)
        switch try record(content, now: now) {
        case .appended: return .appended(number: number, content.payload.kind)
        case .repeated: return .repeated(number: number)
        case .rejected(let reason):
            return .rejected(number: number, what: "event '\(content.id)'", reason: reason)
        }
    }

    private func content(
        _ line: Int, of lines: ForeignLines
    ) throws(LedgerError) -> ProposedEvent {
        do {
            var reader = EventReader()
            return try lines.scanned.withBytes(of: lines.scanned.events[line]) { bytes in
                try reader.read(bytes).content
            }
        } catch {
            throw LedgerError(error)
        }
    }

    /// Whether a recorded line is the same as a foreign one byte for byte, but for its place.
    private mutating func isRecorded(
        _ line: Int, of lines: ForeignLines, at sequence: Int64
    ) throws(LedgerError) -> Bool {
        if sequence > durableHead { try flush() }
        var isSame = false
        do {
            try recordedLine(at: sequence) { isSame = lines.isSame(line: line, as: $0) }
        } catch {
            throw LedgerError(error)
        }
        return isSame
    }

    /// Hands over a line of the log, or one that is held back behind it.
    private mutating func recordedLine(
        at sequence: Int64, body: (Span<UInt8>) throws -> Void
    ) throws {
        if let heldBehind, sequence > heldBehind {
            _ = try log.heldLine(at: sequence, body: body)
        } else {
            _ = try lines.line(at: sequence, body: body)
        }
    }

    /// Holds back what is recorded from now on, until `keepHeld` or `dropHeld`: readers see none of
    /// it, and a process that ends leaves none of it.
    package mutating func hold() throws(LedgerError) {
        guard heldBehind == nil else { return }
        try flush()
        do { try log.hold() } catch { throw LedgerError(error) }
        heldBehind = desk.order.head
    }

    /// Appends to the log what was held back; durable when it returns.
    ///
    /// In a rehearsal it stays held back.
    package mutating func keepHeld() throws(LedgerError) {
        try flush()
        guard !isRehearsal else { return }
        do { try log.keepHeld() } catch { throw LedgerError(error) }
        heldBehind = nil
    }

    /// Forgets what was held back: the log and the state are as they were before `hold`.
    ///
    /// Replays the log, where anything was held back.
    package mutating func dropHeld() throws(LedgerError) {
        guard let head = heldBehind, !isRehearsal else { return }
        pending.removeAll()
        log.dropHeld()
        heldBehind = nil
        guard desk.order.head != head || desk.isSpoiled else { return }
        desk = CommandDesk(try ledger.replay())
        durableHead = desk.order.head
    }

    /// Makes durable what was recorded since the last flush, unless it is held back.
    ///
    /// Nothing recorded: no change.
    package mutating func flush() throws(LedgerError) {
        try handOver()
        do { try log.finish() } catch { throw LedgerError(error) }
        durableHead = desk.order.head
    }

    /// Has a batch written and synced while the next one is taken.
    private mutating func handOver() throws(LedgerError) {
        guard !pending.isEmpty else { return }
        var batch: [UInt8] = []
        batch.reserveCapacity(Self.importBatchBytes + LogLimits.lineBytes)
        swap(&batch, &pending)
        do { try log.append(batch) } catch { throw LedgerError(error) }
    }

    private mutating func compare(
        _ content: ProposedEvent, recordedAt sequence: Int64
    ) throws(LedgerError) -> ImportOutcome {
        if sequence > durableHead { try flush() }
        let recorded = try recordedEvent(at: sequence)
        // One of this ledger's own closings, come back, is what it was.
        let differences = EventDifference.between(recorded.content.ofAnotherLog, content)
        if differences.isEmpty { return .repeated }
        return .rejected(
            "its id stands at sequence \(sequence) with other content: "
                + differences.map(\.description).joined(separator: "; "))
    }

    private mutating func recordedEvent(at sequence: Int64) throws(LedgerError) -> Event {
        var found: Event?
        do {
            try recordedLine(at: sequence) { bytes in
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

    /// How many threads may read what is imported.
    package var scanThreads: Int { ledger.scanThreads }
}

extension LedgerWriter.RecordOutcome {
    fileprivate init(_ problem: ForeignLines.Problem) {
        self = .rejected(number: problem.number, what: problem.what, reason: problem.reason)
    }
}

extension ProposedEvent {
    /// The event as one that comes from another log: a closing names the tree of that log, and says
    /// so from now on.
    fileprivate var ofAnotherLog: ProposedEvent {
        guard case .periodClosed(var closed) = payload, closed.imported != true else {
            return self
        }
        closed.imported = true
        var content = self
        content.payload = .periodClosed(closed)
        return content
    }
}
