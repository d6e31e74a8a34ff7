import ClaimsCodec
import ClaimsDomain
package import ClaimsIndex
import ClaimsProjections
import EventLog

// Questions that the index can answer: the one fold over those events that matter. Whatever the
// index is not certain of is answered by a replay of the log, as if there were none.

extension Ledger {
    /// What a replay says of one claim or association; the index knows claims only.
    ///
    /// Throws where the index is certain that nothing of it had happened; a replay leaves that to
    /// the caller.
    ///
    /// `visit` is called with its events, and may be called with others; it is begun anew, with
    /// `empty`, when the index turns out to be of no use.
    func replay<Notes>(
        of kind: SubjectKind, _ name: String, _ viewpoint: Viewpoint, noting empty: Notes,
        forNext: Bool = false,
        visit: (inout Notes, LedgerState, Fact, Span<UInt8>) throws -> Void
    ) throws(LedgerError) -> (notes: Notes, log: ReplayedLog) {
        let answer = try indexed { index in
            // Who competes for what an association claims stands in other associations.
            guard kind == .claim else { throw IndexProblem.needsReplay }
            var notes = empty
            var fold = try IndexedFold(index, at: viewpoint)
            let isKnown = try fold.fold(kind, name, forNext: forNext) { state, fact, bytes in
                try visit(&notes, state, fact, bytes)
            }
            guard isKnown else {
                throw KnownNames.unknown("claim", name, among: try fold.names(of: kind))
            }
            return (notes: notes, log: ReplayedLog(fold))
        }
        if let answer { return answer }
        var notes = empty
        let log = try replay(viewpoint) { state, fact, bytes in
            try visit(&notes, state, fact, bytes)
        }
        return (notes, log)
    }

    /// What a replay says of what a selection admits; what it does not admit may be missing.
    ///
    /// `visit` is called with all events of the selection's claim or partner, else with all, and
    /// may be called with others; it is begun anew, with `empty`, when the index turns out to be of
    /// no use.
    func replay<Notes>(
        of selection: Selection, _ viewpoint: Viewpoint, noting empty: Notes,
        visit: (inout Notes, LedgerState, Fact, Span<UInt8>) throws -> Void
    ) throws(LedgerError) -> (notes: Notes, log: ReplayedLog) {
        if let answer = try indexed(selection, viewpoint, noting: empty, visit: visit) {
            return answer
        }
        var notes = empty
        let log = try replay(viewpoint) { state, fact, bytes in
            try visit(&notes, state, fact, bytes)
        }
        try KnownNames(log.replay.state).check(selection)
        return (notes, log)
    }

    /// The same from the index alone; nil where it has no answer, so that the log must be replayed.
    func indexed<Notes>(
        _ selection: Selection, _ viewpoint: Viewpoint, noting empty: Notes,
        visit: (inout Notes, LedgerState, Fact, Span<UInt8>) throws -> Void
    ) throws(LedgerError) -> (notes: Notes, log: ReplayedLog)? {
        guard selection.claim != nil || selection.partner != nil else { return nil }
        return try indexed { index in
            var notes = empty
            var fold = try IndexedFold(index, at: viewpoint)
            let isKnown = try fold.fold(selection) { state, fact, bytes in
                try visit(&notes, state, fact, bytes)
            }
            let log = ReplayedLog(fold)
            // Which names there are, and which is the nearest, takes the whole log.
            guard isKnown, KnownNames(log.replay.state).knows(selection) else {
                throw IndexProblem.needsReplay
            }
            return (notes, log)
        }
    }

    /// What a replay says of the funds a selection admits; others may be missing.
    func replay(
        ofFunds selection: Selection, _ viewpoint: Viewpoint
    ) throws(LedgerError) -> ReplayedLog {
        let log = try indexed { index in try Self.funds(selection, viewpoint, index).log }
        if let log { return log }
        return try replay(viewpoint)
    }

    /// The same with the time of the earliest event that had happened; nil when nothing had.
    func replayWithEarliest(
        ofFunds selection: Selection, _ viewpoint: Viewpoint
    ) throws(LedgerError) -> (log: ReplayedLog, earliest: Instant?) {
        if let found = try indexed({ index in try Self.funds(selection, viewpoint, index) }) {
            return found
        }
        let log = try replay(viewpoint)
        return (log, log.replay.state.earliestOccurredAt)
    }

    static func funds(
        _ selection: Selection, _ viewpoint: Viewpoint, _ index: LogIndex
    ) throws -> (log: ReplayedLog, earliest: Instant?) {
        var fold = try IndexedFold(index, at: viewpoint)
        try fold.foldFunds(of: selection)
        let log = ReplayedLog(fold)
        guard KnownNames(log.replay.state).knows(selection) else { throw IndexProblem.needsReplay }
        return (log, try fold.earliestOccurredAt())
    }
}

extension Ledger {
    /// The sums of funds over all partners from the index alone, which has them without the
    /// accounts; nil where it has no answer.
    func indexedSums(
        _ selection: Selection, _ grouping: BalanceGrouping?, _ viewpoint: Viewpoint
    ) throws(LedgerError) -> Answer<FundBalances>? {
        guard let grouping, grouping != .partner, selection.partner == nil else { return nil }
        return try indexed { index in
            var fold = try IndexedFold(index, at: viewpoint)
            let controls = try fold.foldControls()
            let log = ReplayedLog(fold)
            guard KnownNames(log.replay.state).knows(selection) else {
                throw IndexProblem.needsReplay
            }
            return Answer(
                FundBalances(
                    log.replay, controls: controls, selection: selection, grouping: grouping),
                of: log)
        }
    }
}

extension ReplayedLog {
    /// The result of a fold of some events, for those who asked for these.
    fileprivate init(_ fold: IndexedFold) {
        self.init(
            replay: fold.finished(), order: LogOrder(after: fold.lastSequence),
            tornTail: fold.tornTail?.isAppendInProgress == true ? nil : fold.tornTail)
    }
}

// MARK: - Having an index

extension Ledger {
    /// The index's place; nil where this ledger has none.
    package var indexStore: IndexStore? {
        guard let folder, let settings else { return nil }
        return IndexStore(folder, ledgerID: settings.ledgerID, layout: indexing.layout)
    }

    /// An answer from the index; nil where a replay has to give it.
    ///
    /// An index that is damaged, or is of another log, is told, removed, and written anew.
    func indexed<Value>(
        _ body: (LogIndex) throws -> Value
    ) throws(LedgerError) -> Value? {
        guard let store = indexStore, indexing != .never else { return nil }
        var problems: [String] = []
        while problems.count < 2 {
            do {
                guard let index = try readyIndex(store) else { return nil }
                return try body(index)
            } catch IndexProblem.needsReplay {
                return nil
            } catch let problem as IndexProblem {
                let text = problem.description ?? ""
                if problems.isEmpty { remark("\(text); the index is set aside and written anew") }
                problems.append(text)
                store.clear()
            } catch {
                throw LedgerError(error)
            }
        }
        return nil
    }

    /// The index, up to the end of the log but for a few events.
    private func readyIndex(_ store: IndexStore) throws -> LogIndex? {
        let byteCount = try store.log.extent().byteCount
        guard byteCount >= indexing.leastLogBytes else { return nil }
        var index = try LogIndex.open(store)
        if index == nil {
            guard store.prepare(), build(store) else { return nil }
            index = try LogIndex.open(store)
        }
        guard let index else { return nil }
        guard Int64(byteCount) - index.endOffset > Int64(indexing.leastTailBytes) else {
            return index
        }
        guard store.prepare() else { return index }
        do throws(IndexProblem) {
            return try LogIndex.extended(index)
        } catch {
            // What is there still answers: the rest of the log is folded on top.
            if case .damaged = error { throw error }
            return index
        }
    }

    /// Writes the index of the whole log; false where that cannot be done.
    private func build(_ store: IndexStore) -> Bool {
        var builder = IndexBuilder(store, writesBehind: scanThreads > 1)
        do {
            let log = try replay(into: &builder)
            try builder.finish((consume log).replay.state)
            store.clearOlder()
            return true
        } catch {
            // A fault of the log is the answer's to tell; a full disk is no concern of a question.
            builder.abandon()
            store.clear()
            return false
        }
    }
}
