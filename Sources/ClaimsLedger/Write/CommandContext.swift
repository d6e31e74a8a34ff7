public import ClaimsDomain

/// The circumstances of a command: everything that is not decided by the state.
///
/// The clock and new ids come in here and nowhere else.
public struct CommandContext: Equatable, Sendable {
    /// The caller's clock; what is recorded is at least the previous record's time.
    public var now: Instant
    /// When it happened in the world; nil means at the time of recording.
    public var at: Instant?
    /// Who did it.
    public var actor: Actor
    /// In what role the actor did it.
    public var role: String?
    /// The event's id.
    ///
    /// A command sent twice with the same id is recorded once.
    public var id: EventID
    /// What it belongs to, such as a ticket.
    public var correlationID: String?
    /// The id of the event that caused it.
    public var causationID: String?
    /// The sequence the log has to end at; nil does not ask.
    public var expected: Int64?

    /// The circumstances of one command.
    public init(
        now: Instant, at: Instant? = nil, actor: Actor, role: String? = nil, id: EventID,
        correlationID: String? = nil, causationID: String? = nil, expected: Int64? = nil
    ) {
        self.now = now
        self.at = at
        self.actor = actor
        self.role = role
        self.id = id
        self.correlationID = correlationID
        self.causationID = causationID
        self.expected = expected
    }
}

/// What a command did: where its event stands and what it changed.
public struct Receipt: Equatable, Sendable {
    /// The event as recorded.
    public let event: Event
    /// The stored line without its LF.
    public let line: [UInt8]
    /// Of the claim or association; nil for events of funds and programmes.
    public let statusBefore: String?
    /// The status the event led to.
    public let statusAfter: String?
    /// How far it is paid.
    public let payment: PaymentState?
    /// What it moved in the funds.
    public let postings: [FundMovement]
    /// Whether it was recorded before, by a command with the same id and content.
    public let isRepeated: Bool
    /// How far the clock was behind the log, in milliseconds; 0 when it was not.
    public let clockBehindMilliseconds: Int64

    /// The sequence of the event.
    public var sequence: Int64 { event.sequence }
}

/// Money an event moved between two buckets of a fund account.
public struct FundMovement: Equatable, Sendable {
    /// The fund account.
    public let account: FundAccount
    /// Where it comes from.
    public let from: Bucket
    /// Where it goes.
    public let to: Bucket
    /// The amount, in its currency.
    public let amount: Money
}
