package import ClaimsCodec
package import ClaimsDomain
package import ClaimsProjections
package import EventLog

/// A finished replay with what a writer or a follower needs beside the state.
package struct ReplayedLog: Sendable {
    package var replay: Replay
    package var order: LogOrder
    /// Bytes behind the last whole line, unless a writer was at work on them.
    package var tornTail: TornTail?
}

extension Ledger {
    /// Replays the log from zero as seen from a viewpoint.
    ///
    /// `visit` is called after each event that was known and had happened, with the state it led
    /// to, its fact and its line without LF. One pass over the log, O(events).
    package func replay(
        _ viewpoint: Viewpoint = Viewpoint(), toleratingUnknown: Bool = false,
        visit: (LedgerState, Fact, Span<UInt8>) throws -> Void = { _, _, _ in }
    ) throws(LedgerError) -> ReplayedLog {
        var run = ReplayRun(viewpoint: viewpoint, toleratingUnknown: toleratingUnknown)
        do {
            let end = try source.read(from: 1) { chunk in
                run.bytesRead += Int64(chunk.bytes.count)
                return try chunk.forEachLine { (bytes, location) throws(any Error) in
                    try run.take(bytes, at: location, visit: visit)
                }
            }
            if end.lastSequence == 0, folder == nil { throw emptyInput }
            let tail = end.tornTail
            return ReplayedLog(
                replay: run.finished(), order: run.order,
                tornTail: tail?.isAppendInProgress == true ? nil : tail)
        } catch {
            throw LedgerError(error)
        }
    }

    /// Nobody pipes an empty file on purpose: something before it failed.
    private var emptyInput: LedgerError {
        let name = if case .file(let path) = location { path } else { "<stdin>" }
        return LedgerError(
            .fault(
                """
                \(name):1: error: the input is empty, expected events, one a line
                  at byte 0
                  fix: look at what was to write it
                """, .badData))
    }
}

/// The state of a replay under way.
private struct ReplayRun {
    var order = LogOrder()
    var bytesRead: Int64 = 0
    private var reader: FactReader
    private var state = LedgerState()
    private var unknownTypes: [String: Int64] = [:]
    private let viewpoint: Viewpoint

    init(viewpoint: Viewpoint, toleratingUnknown: Bool) {
        self.viewpoint = viewpoint
        reader = FactReader(toleratesUnknown: toleratingUnknown)
    }

    mutating func take(
        _ bytes: Span<UInt8>, at location: LineLocation,
        visit: (LedgerState, Fact, Span<UInt8>) throws -> Void
    ) throws -> ReadStep {
        let step: Step
        do throws(LineProblem) {
            step = try read(bytes)
        } catch {
            throw LineFault(error, in: bytes, at: location)
        }
        switch step {
        case .beyondKnowledge: return .stop
        case .passedOver: return .next
        case .applied(let fact):
            try visit(state, fact, bytes)
            return .next
        }
    }

    private enum Step {
        case beyondKnowledge, passedOver, applied(Fact)
    }

    private mutating func read(_ bytes: Span<UInt8>) throws(LineProblem) -> Step {
        let fact: Fact
        let rules: Program?
        switch try reader.read(bytes, names: &state.names) {
        case .unknown(let type):
            order.skip()
            unknownTypes[type, default: 0] += 1
            return .passedOver
        case .fact(let readFact, let readRules): (fact, rules) = (readFact, readRules)
        }
        guard viewpoint.knows(fact) else { return .beyondKnowledge }
        try order.accept(fact, from: reader.line, bytes)
        guard viewpoint.includes(fact) else { return .passedOver }
        try state.take(fact, rules: rules)
        return .applied(fact)
    }

    func finished() -> Replay {
        Replay(
            state: state, viewpoint: viewpoint,
            moment: viewpoint.moment(lastRecordedAt: order.lastRecordedAt),
            lastSequence: order.head, eventsKnown: order.head, bytesRead: bytesRead,
            unknownTypes: unknownTypes)
    }
}
