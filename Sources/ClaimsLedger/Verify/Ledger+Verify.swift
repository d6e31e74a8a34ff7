import ClaimsCodec
import EventLog
import TransparencyLog

extension Ledger {
    /// Re-derives everything from the bytes: format, order, ids, times, postings and the buckets'
    /// identity, the tree, checkpoints, tiles, documents; goes on after a fault and lists every
    /// one.
    ///
    /// One pass over the log, hashing on all threads that scan, and a second one where there are
    /// faults. Throws when what is to be looked at cannot be read, or an option cannot be
    /// understood.
    public func verify(
        _ options: VerifyOptions = VerifyOptions()
    ) throws(LedgerError) -> Verification {
        let trust = try Trust(options, of: self)
        let checkpoints = try trust.checkpoints(of: self)
        let cache = folder.map { TreeCache(ledger: $0) }
        let comparison = cache.flatMap { TileComparison($0) }
        let recorder = TreeRecorder(
            sizes: checkpoints.claims.map(\.size) + (comparison.map { [$0.size] } ?? []),
            onFullTile: { comparison?.compare($0, $1) }, onSize: { comparison?.compare($0) })
        let derived = try derive(recorder, notingEvidence: try notesEvidence(options))
        let record = derived.record
        var result = derived.result
        result.rootHash = record.tree.root.base64
        result.keptCheckpoints = checkpoints.claims.count { !$0.isOutside }
        result.outsideCheckpoints = options.checkpoints.count
        result.faults += checkpoints.faults
        try judge(checkpoints.claims, record, options, trust, into: &result)
        if let vault = try? vault() {
            try checkDocuments(vault, options, derived.evidence, into: &result)
        }
        if result.faults.isEmpty {
            checkDerived(comparison, into: &result)
            if let replay = derived.replay { checkIndex(replay, into: &result) }
        }
        return result
    }

    /// Replays and hashes the log; where that finds a fault, reads it again and lists all of them.
    private func derive(
        _ recorder: TreeRecorder, notingEvidence: Bool
    ) throws(LedgerError) -> DerivedLog {
        if canBeReadTwice, let clean = try deriveClean(recorder, notingEvidence: notingEvidence) {
            return clean
        }
        var run = VerificationRun(notesEvidence: notingEvidence)
        let hasher = LeafHasher(recorder)
        do throws(LedgerError) {
            try survey { fault in
                run.note(fault)
            } body: { chunk in
                run.take(chunk)
                hasher.take(chunk, wanting: run.takeClosedSizes())
            }
        } catch {
            _ = hasher.finish()
            throw error
        }
        let record = hasher.finish()
        run.checkClosings(record.roots)
        return DerivedLog(result: run.finished(), record: record, evidence: run.evidence)
    }

    private func notesEvidence(_ options: VerifyOptions) throws(LedgerError) -> Bool {
        guard options.evidence == nil, let vault = try? vault() else {
            return options.evidence != nil
        }
        return try vault.exists()
    }

    /// Delivers every whole line there is; what stops an ordinary read is a fault and no end.
    private func survey(
        onFault: (LogFault) -> Void, body: (LogChunk) -> Void
    ) throws(LedgerError) {
        do {
            if let folder {
                let tail = try folder.survey(onFault: onFault, body: body)
                if let tail, !tail.isAppendInProgress { onFault(tail.fault) }
                return
            }
            _ = try source.read(from: 1) { chunk in
                body(chunk)
                return .next
            }
        } catch let fault as LogFault where fault.category == .badData {
            onFault(fault)
        } catch {
            throw LedgerError(error)
        }
    }

    private func judge(
        _ claims: [CheckpointJudge.Claim], _ record: TreeRecorder, _ options: VerifyOptions,
        _ trust: Trust, into result: inout Verification
    ) throws(LedgerError) {
        let judge = CheckpointJudge(claims: claims, size: record.tree.size, roots: record.roots)
        let cache = folder.map { TreeCache(ledger: $0) }
        for claim in claims {
            if judge.holds(claim) {
                trust.note(claim, in: &result.coverage)
                continue
            }
            let older = try OlderTree(
                of: claim.file.checkpoint, older: options.older, cache: cache)
            let first = try older?.firstDifference(in: source, size: claim.size)
            let verdict = judge.verdict(claim) { _ in first }
            if let fault = judge.fault(claim, verdict) { result.faults.append(fault) }
        }
    }

    /// Compares what is derived and kept with what the log gives, and makes anew what differs.
    ///
    /// Not done on a log with faults: what was derived before them may show what was there.
    private func checkDerived(_ tiles: TileComparison?, into result: inout Verification) {
        guard let tiles, let folder else { return }
        let differing = tiles.differing
        guard !differing.isEmpty else { return }
        let cache = TreeCache(ledger: folder)
        result.notices += differing.map { Self.rebuilt($0, "differs from the log") }
        if (try? rebuild(cache, notices: [])) == nil {
            result.notices.append("\(cache.headFile): warning: the tiles cannot be made anew")
        }
    }
}
