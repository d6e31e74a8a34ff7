import ClaimsCodec
import ClaimsDomain
import TransparencyLog

/// Why a generated event was not made.
enum GeneratorStop: Error {
    /// There are as many events as were asked for.
    case full
    /// A rule refuses it.
    case refused(Refusal)
}

/// The way of every generated event: a command that `decide` accepts on the folded state, then its
/// line, then the state again; there is no other.
struct GeneratorDesk {
    private(set) var state = LedgerState()
    /// Lines made and not yet taken away, each with its LF.
    private(set) var lines: [UInt8] = []
    /// The sequence of the last event.
    private(set) var sequence: Int64 = 0
    private let limit: Int64
    private var tree = TreeBuilder()
    private var recordedAt = Instant(millisecondsSince1970: 0)
    private var random: SeededRandom
    private var digits: [UInt8] = []

    /// A desk that makes `limit` events and ids of its own random numbers.
    init(limit: Int64, random: SeededRandom) {
        self.limit = limit
        self.random = random
    }

    /// Whether no further event is made.
    var isFull: Bool { sequence >= limit }

    /// The RFC 6962 tree head over all lines so far.
    var treeHead: TreeHead { TreeHead(size: sequence, rootHash: tree.root.base64) }

    /// Decides a command and applies its event; nothing has changed when it throws.
    ///
    /// It is recorded seconds after `instant`; it happened then, or `late` milliseconds before.
    mutating func perform(
        _ command: Command, at instant: Instant, by actor: Actor, as role: String,
        late: Int64 = 0
    ) throws(GeneratorStop) {
        guard !isFull else { throw .full }
        let occurredAt = instant.adding(milliseconds: -late)
        let decision: Decision
        do {
            decision = try decide(command, on: state, at: occurredAt, by: actor, role: role)
        } catch {
            throw .refused(error)
        }
        recordedAt = max(recordedAt, instant.adding(milliseconds: random.number(180...2_500)))
        sequence += 1
        let event = Event(
            content: ProposedEvent(
                id: eventID(), source: decision.source, subject: decision.subject,
                occurredAt: occurredAt, actor: actor, role: role, payload: decision.payload),
            recordedAt: recordedAt, sequence: sequence)
        let start = lines.count
        EventWriter.append(event, to: &lines)
        tree.append(TreeHash(leaf: lines.span.extracting(start..<lines.count)))
        lines.append(0x0A)
        var rules: Program?
        if case .programPublished(let program) = decision.payload { rules = program }
        state.apply(Fact(event, names: &state.names), rules: rules)
    }

    /// Begins a new stretch of lines; the buffer keeps its room.
    mutating func forgetLines() { lines.removeAll(keepingCapacity: true) }

    /// The SHA-256 of a document that there is not: any 64 digits.
    mutating func documentHash() -> String {
        digits.removeAll(keepingCapacity: true)
        for _ in 0..<4 { append(random.next(), digits: 16) }
        return String(decoding: digits, as: UTF8.self)
    }

    /// A UUID of version 7 with the time of recording and 74 random bits.
    ///
    /// Source: RFC 9562.
    private mutating func eventID() -> EventID {
        let time = UInt64(recordedAt.millisecondsSince1970)
        let (first, second) = (random.next(), random.next())
        digits.removeAll(keepingCapacity: true)
        append(time >> 16, digits: 8)
        digits.append(UInt8(ascii: "-"))
        append(time & 0xFFFF, digits: 4)
        digits.append(UInt8(ascii: "-"))
        append(0x7000 | first & 0x0FFF, digits: 4)
        digits.append(UInt8(ascii: "-"))
        append(0x8000 | (first >> 12) & 0x3FFF, digits: 4)
        digits.append(UInt8(ascii: "-"))
        append(second & 0xFFFF_FFFF_FFFF, digits: 12)
        return EventID(String(decoding: digits, as: UTF8.self))
    }

    private mutating func append(_ value: UInt64, digits count: UInt64) {
        for place in (0..<count).reversed() {
            let digit = UInt8(truncatingIfNeeded: value &>> (4 &* place)) & 0xF
            digits.append(digit &+ (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") &- 10))
        }
    }
}
