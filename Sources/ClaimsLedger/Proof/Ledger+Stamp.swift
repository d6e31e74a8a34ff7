import ClaimsCodec
import ClaimsDomain
import EventLog
import TransparencyLog

extension Ledger {
    /// Fills in what a stamp says of the log: its name, the root over the first `size` events, and
    /// the checkpoint of that size where one is kept.
    ///
    /// O(log n) where the tree is kept as tiles. Throws when the log is shorter, or empty.
    package func describe(_ stamp: inout Stamp, size: Int64) throws(LedgerError) -> [String] {
        let tree = try tree()
        guard size > 0, UInt64(size) <= tree.size else {
            throw LedgerError(
                .fault("\(name): error: there is no event to stamp an answer with", .refused))
        }
        stamp.origin = settings?.origin
        stamp.size = size
        do {
            stamp.root = try tree.reader.root(size: UInt64(size)).base64
        } catch {
            throw LedgerError(.fault("\(error)\n  fix: run 'claims verify'", .badData))
        }
        if let checkpointKeeper {
            let kept = try? checkpointKeeper.kept(size: UInt64(size), signedBy: identity().key)
            stamp.checkpoint = kept?.note.description
        }
        return tree.notices
    }

    /// This ledger as it was when it had `size` events; read only.
    package func limited(to size: Int64) -> Ledger {
        Ledger(
            location: location, settings: settings,
            source: PrefixSource(base: source, size: size), folder: nil)
    }

    /// Checks that the log still begins with the events that a stamp was made over, and that the
    /// checkpoint in it is one of them.
    ///
    /// One pass over the log. Returns whether a checkpoint vouches for the stamp.
    package func check(_ stamp: Stamp) throws(LedgerError) -> Bool {
        if let origin = stamp.origin, let own = settings?.origin, origin != own {
            throw LedgerError(
                .fault(
                    "refused: the stamp is of '\(origin)', this ledger is '\(own)'", .refused))
        }
        let record = try recordTree(TreeRecorder(sizes: [UInt64(stamp.size)]))
        guard let root = record.roots[UInt64(stamp.size)] else {
            throw LedgerError(
                .fault(
                    "refused: the stamp covers \(stamp.size) events, the log ends at "
                        + "\(record.tree.size)", .refused))
        }
        guard root.base64 == stamp.root else {
            throw LedgerError(
                .fault(
                    "refused: the first \(stamp.size) events are not those that the stamp covers",
                    .refused))
        }
        guard let text = stamp.checkpoint, let settings else { return false }
        do throws(TransparencyError) {
            let key = try VerifierKey(text: settings.publicKey)
            let checkpoint = try Checkpoint(
                note: try SignedNote(bytes: Array(text.utf8)), signedBy: key,
                origin: settings.origin)
            return checkpoint.size == UInt64(stamp.size) && checkpoint.root == root
        } catch {
            throw LedgerError(
                .fault("refused: the checkpoint in the stamp: \(error)", .refused))
        }
    }

    /// The receipt of the event at a sequence, as it was given when it was recorded.
    ///
    /// One pass over the log up to there.
    package func receipt(at sequence: Int64, isRepeated: Bool) throws(LedgerError) -> Receipt {
        var desk = CommandDesk(try limited(to: sequence - 1).replayOrEmpty(sequence))
        let event = try event(at: sequence)
        return try desk.receipt(of: event, isRepeated: isRepeated)
    }

    /// A replay that takes an empty beginning for what it is.
    private func replayOrEmpty(_ sequence: Int64) throws(LedgerError) -> ReplayedLog {
        guard sequence == 1 else { return try replay() }
        return try Ledger(
            location: location, settings: settings, source: EmptySource(),
            folder: FolderStore(folder: name)
        ).replay()
    }
}

/// The first events of another source.
struct PrefixSource: EventSource {
    let base: any EventSource
    let size: Int64

    func read(from sequence: Int64, body: (LogChunk) throws -> ReadStep) throws -> ReadEnd {
        guard sequence <= size else { return ReadEnd(lastSequence: size) }
        var isStopped = false
        let end = try base.read(from: sequence) { chunk in
            guard chunk.firstSequence <= size else { return .stop }
            let step = try body(chunk.lastSequence <= size ? chunk : chunk.prefix(upTo: size))
            isStopped = step == .stop
            return chunk.lastSequence < size ? step : .stop
        }
        return ReadEnd(
            lastSequence: min(end.lastSequence, size), isStopped: isStopped,
            tornTail: end.lastSequence < size ? end.tornTail : nil)
    }
}

/// No event at all.
private struct EmptySource: EventSource {
    func read(from sequence: Int64, body: (LogChunk) throws -> ReadStep) throws -> ReadEnd {
        ReadEnd(lastSequence: 0)
    }
}

extension LogChunk {
    /// The lines up to a sequence, which is one of them.
    fileprivate func prefix(upTo sequence: Int64) -> LogChunk {
        let count = Int(sequence - firstSequence) + 1
        var end = 0
        for _ in 0..<count { end = (LineFeeds.first(in: bytes.span, from: end) ?? end) + 1 }
        return LogChunk(
            bytes: Array(bytes[..<end]), firstSequence: firstSequence, lineCount: count, file: file,
            firstLineInFile: firstLineInFile, byteOffsetInFile: byteOffsetInFile)
    }
}
