import ClaimsCodec
import ClaimsDomain
import EventLog
import TransparencyLog

/// Reads every line as a replay does and goes on after each fault, at the place where the log goes
/// on.
struct VerificationRun {
    private(set) var faults: [String] = []
    private(set) var events: Int64 = 0
    private(set) var bytes: Int64 = 0
    private(set) var evidence: EvidenceNotes
    private var closings = ClosingNotes()
    private var reader = FactReader()
    private var order = LogOrder()
    private var state = LedgerState()
    /// Whether the state is what history says: no fault so far.
    private var isWhole = true
    /// The last event of the state.
    private var foldedUpTo: Int64 = 0
    /// Whether the line before could not be read, so that nobody knows which place it held.
    private var isUncertain = false

    /// `notesEvidence`: the documents that events refer to are wanted.
    init(notesEvidence: Bool) { evidence = EvidenceNotes(isWanted: notesEvidence) }

    mutating func take(_ chunk: LogChunk) {
        bytes += Int64(chunk.bytes.count)
        _ = chunk.forEachLine { (line, location) in
            take(line, at: location)
            return .next
        }
    }

    /// A fault of the log's files.
    mutating func note(_ fault: LogFault) {
        faults.append("\(fault)")
        isWhole = false
    }

    private mutating func take(_ line: Span<UInt8>, at location: LineLocation) {
        events += 1
        do throws(LineProblem) {
            guard case .fact(let fact, let rules) = try read(line) else { return }
            if let problem = placeProblem(of: fact, line) { throw problem }
            if isWhole {
                try state.take(fact, rules: rules)
                state.checkIdentity()
                foldedUpTo = fact.sequence
            }
            evidence.note(fact, line)
            closings.note(fact, line, at: location)
        } catch {
            faults.append("\(LineFault(error, in: line, at: location))")
            isWhole = false
        }
    }

    /// Reads a line; one that cannot be read is thought to hold the next place.
    private mutating func read(_ line: Span<UInt8>) throws(LineProblem) -> ReadLine {
        do throws(LineProblem) {
            return try reader.read(line, into: &state)
        } catch {
            order.resume(after: order.head + 1)
            isUncertain = true
            throw error
        }
    }

    /// What is out of order with a line that can be read; the order then goes on from it.
    ///
    /// After a line that could not be read the next one may show that it held no place, or two.
    private mutating func placeProblem(of fact: Fact, _ line: Span<UInt8>) -> LineProblem? {
        let wasUncertain = isUncertain
        isUncertain = false
        var first: LineProblem?
        // At most one repetition for each thing that can be wrong.
        for _ in 0..<3 {
            do throws(LineProblem) {
                try order.accept(reader, line)
                return first
            } catch {
                switch error.kind {
                case .sequence(let found, let expected):
                    let isPlausible = wasUncertain && abs(found - expected) == 1
                    if !isPlausible, found < expected { return first ?? error }
                    order.resume(after: found - 1)
                    if isPlausible { continue }
                case .recordedWentBack:
                    order.resume(after: order.head, recordedAt: fact.recordedAt)
                case .duplicateID:
                    order.resume(after: order.head + 1)
                    return first ?? error
                case .json, .emptyLine, .missing, .bad, .unknownType, .recordedBeforeOccurred,
                    .sequenceNotHigher, .totalOutOfRange, .tooLong:
                    return first ?? error
                }
                first = first ?? error
            }
        }
        return first
    }

    /// The sizes at which closings of periods since the last call name the tree.
    mutating func takeClosedSizes() -> [UInt64] { closings.takeSizes() }

    /// Compares the tree heads that closings name with the roots found.
    mutating func checkClosings(_ roots: [UInt64: TreeHash]) {
        // Behind a fault the tree is another one anyway.
        if isWhole { faults += closings.faults(roots) }
    }

    /// What came of the lines.
    func finished() -> Verification {
        var result = Verification()
        result.faults = faults
        result.events = events
        result.bytes = bytes
        result.accounts = state.accounts.count
        result.foldedUpTo = isWhole ? nil : foldedUpTo
        for finding in state.findings { result.findings[finding.code.rawValue, default: 0] += 1 }
        return result
    }
}
