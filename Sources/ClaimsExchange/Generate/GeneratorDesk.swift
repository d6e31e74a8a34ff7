import ClaimsDomain
import TransparencyLog

/// Why a generated event was not made.
enum GeneratorStop: Error {
    /// There are as many events as were asked for.
    case full
    /// A rule refuses it.
    case refused(Refusal)
}

/// The way of every generated event: a command that `decide` accepts on the folded state, then the
/// state again, and its line; there is no other.
struct GeneratorDesk: ~Copyable {
    private(set) var state = LedgerState()
    /// Where the lines are made.
    let press = LinePress()
    /// The sequence of the last event.
    private(set) var sequence: Int64 = 0
    private let limit: Int64
    private var recordedAt = Instant(millisecondsSince1970: 0)
    private var random: SeededRandom
    /// The last id made; only its digits are written anew.
    private var idText = Array("00000000-0000-0000-0000-000000000000".utf8)
    private var hashText = [UInt8](repeating: 0, count: 64)

    /// A desk that makes `limit` events and ids of its own random numbers.
    init(limit: Int64, random: SeededRandom) {
        self.limit = limit
        self.random = random
    }

    /// Whether no further event is made.
    var isFull: Bool { sequence >= limit }

    /// The RFC 6962 tree head over all lines so far.
    var treeHead: TreeHead { TreeHead(size: sequence, rootHash: press.root.base64) }

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
        var rules: Program?
        if case .programPublished(let program) = decision.payload { rules = program }
        let fact = Fact(event, names: &state.names, documents: &state.documentNames)
        state.apply(fact, rules: rules)
        press.add(event)
    }

    /// The SHA-256 of a document that there is not: any 64 digits.
    mutating func documentHash() -> String {
        for part in 0..<4 { Self.write(random.next(), digits: 16, at: part * 16, of: &hashText) }
        return String(decoding: hashText, as: UTF8.self)
    }

    /// A UUID of version 7 with the time of recording and 74 random bits.
    ///
    /// Source: RFC 9562.
    private mutating func eventID() -> EventID {
        let time = UInt64(recordedAt.millisecondsSince1970)
        let (first, second) = (random.next(), random.next())
        Self.write(time >> 16, digits: 8, at: 0, of: &idText)
        Self.write(time & 0xFFFF, digits: 4, at: 9, of: &idText)
        Self.write(0x7000 | first & 0x0FFF, digits: 4, at: 14, of: &idText)
        Self.write(0x8000 | (first >> 12) & 0x3FFF, digits: 4, at: 19, of: &idText)
        Self.write(second & 0xFFFF_FFFF_FFFF, digits: 12, at: 24, of: &idText)
        return EventID(String(decoding: idText, as: UTF8.self))
    }

    private static func write(
        _ value: UInt64, digits count: Int, at start: Int, of text: inout [UInt8]
    ) {
        var bytes = text.mutableSpan
        for place in 0..<count {
            let digit = UInt8(truncatingIfNeeded: value &>> (4 &* UInt64(place))) & 0xF
            bytes[start + count - 1 - place] =
                digit &+ (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") &- 10)
        }
    }
}
