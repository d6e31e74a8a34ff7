import ClaimsCodec
import ClaimsDomain

// The way of imported lines, which were read on other threads, into the state: the same steps as
// those of a replay.
extension CommandDesk {
    /// Takes up the next stretch of foreign lines; `take` is then about them.
    mutating func begin(_ lines: inout ForeignLines) {
        lines.numberSources(in: &order)
        merge.begin(lines.scanned, names: &state.names)
        chunkDocuments.begin(lines.scanned, names: &state.documentNames)
    }

    /// What became of a foreign line.
    enum Taken {
        /// It has its place and is applied; it is still to be appended.
        case applied(EventKind)
        /// Its id stands at a sequence already.
        case known(sequence: Int64)
        /// It is to be looked at alone.
        case unusual
    }

    /// Gives a foreign line its place and applies it, `rules` being those it publishes.
    ///
    /// When it throws, nothing was taken unless `isSpoiled` says so.
    mutating func take(
        _ line: Int, of lines: inout ForeignLines, rules: Program?, recordedAt: Instant
    ) throws(LedgerError) -> Taken {
        lines.setPlace(line: line, sequence: order.head + 1, recordedAt: recordedAt)
        guard var fact = merge.fact(line: line, of: lines.scanned),
            fact.occurredAt <= recordedAt, fact.kind != .periodClosed
        else { return .unusual }
        if let first = chunkOrder.acceptNew(line: line, of: lines.scanned, order: &order) {
            return .known(sequence: first)
        }
        chunkDocuments.take(&fact)
        isSpoiled = true
        do throws(LineProblem) {
            try state.take(fact, rules: rules)
        } catch {
            throw Self.cannotRecord(error)
        }
        isSpoiled = false
        return .applied(fact.kind)
    }
}
