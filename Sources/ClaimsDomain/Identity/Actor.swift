/// Who did it: an opaque id, never a name or an e-mail address.
public struct Actor: Hashable, Sendable {
    /// The kind of principal.
    ///
    /// Source: CloudEvents extension Auth Context, `authtype`.
    public enum Kind: String, Sendable, CaseIterable {
        case user
        case appUser = "app_user"
        case serviceAccount = "service_account"
        case apiKey = "api_key"
        case system
        case unauthenticated
        case unknown
    }

    /// Its kind.
    public let kind: Kind
    /// Its id.
    public let id: String

    /// The principal `id` of a kind.
    public init(kind: Kind, id: String) {
        self.kind = kind
        self.id = id
    }
}

/// Where an event comes from: a programme, and a partner where it concerns one.
public struct Source: Hashable, Sendable {
    /// What a foreign producer wrote before `/programs/`; empty for our own.
    public let prefix: String
    /// The programme.
    public let program: ProgramID
    /// The partner.
    public let partner: PartnerID?

    /// The source of a programme's or a partner's events.
    public init(prefix: String = "", program: ProgramID, partner: PartnerID? = nil) {
        self.prefix = prefix
        self.program = program
        self.partner = partner
    }
}
