/// A member a foreign producer added: kept byte for byte, never interpreted.
public struct ForeignMember: Equatable, Sendable {
    /// Its name.
    public let name: String
    /// The value as JSON text, exactly as it was received.
    public let rawValue: [UInt8]

    /// A member as received.
    public init(name: String, rawValue: [UInt8]) {
        self.name = name
        self.rawValue = rawValue
    }
}

/// What is about to be recorded: everything of an event but its place in the log.
public struct ProposedEvent: Equatable, Sendable {
    /// Its id.
    public var id: EventID
    /// Programme and partner it comes from.
    public var source: Source
    /// The id of what it is about; which kind of thing follows from the payload.
    public var subject: String
    /// When it happened in the world.
    public var occurredAt: Instant
    /// Who did it.
    public var actor: Actor
    /// In what role the actor did it.
    public var role: String?
    /// What it belongs to, such as a ticket.
    public var correlationID: String?
    /// The id of the event that caused it.
    public var causationID: String?
    /// What it says.
    public var payload: EventPayload
    /// Unknown extension attributes, in the order received.
    public var extensions: [ForeignMember] = []
    /// Unknown members of `data`, in the order received.
    public var foreignData: [ForeignMember] = []

    /// An event of our own making.
    public init(
        id: EventID, source: Source, subject: String, occurredAt: Instant, actor: Actor,
        role: String? = nil, correlationID: String? = nil, causationID: String? = nil,
        payload: EventPayload
    ) {
        self.id = id
        self.source = source
        self.subject = subject
        self.occurredAt = occurredAt
        self.actor = actor
        self.role = role
        self.correlationID = correlationID
        self.causationID = causationID
        self.payload = payload
    }
}

/// One line of the log, typed.
public struct Event: Equatable, Sendable {
    /// Everything but its place in the log.
    public var content: ProposedEvent
    /// When the ledger took it; never decreases along the log.
    public var recordedAt: Instant
    /// From 1, gapless: the line number over the whole ledger.
    public var sequence: Int64

    /// An event at its place.
    public init(content: ProposedEvent, recordedAt: Instant, sequence: Int64) {
        self.content = content
        self.recordedAt = recordedAt
        self.sequence = sequence
    }

    /// The type of the event.
    public var kind: EventKind { content.payload.kind }
}
