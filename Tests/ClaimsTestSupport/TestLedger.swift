import ClaimsCodec
package import ClaimsDomain

/// A ledger in memory that takes the path of the real one: a command is decided, its events are
/// written as lines, the lines are read as facts, and the facts applied to the state.
///
/// Unless told otherwise it has the programs of `Samples`, and 20,000.00 USD in `Samples.account`.
package struct TestLedger: Sendable {
    /// One event in all the forms it takes on its way.
    package struct Entry: Sendable {
        package let event: Event
        /// Without its LF.
        package let line: [UInt8]
        /// Its keys are those of the ledger's `state.names`.
        package let fact: Fact
        /// The rules of a `program.published`.
        package let rules: Program?
        package let postings: [Posting]
    }

    package private(set) var state = LedgerState()
    package private(set) var entries: [Entry] = []
    /// When the next event happens, unless it says otherwise; each event takes a minute.
    package var now = Samples.start
    private var reader = FactReader()

    /// A ledger that publishes `programs` and has `earned` in `Samples.account`'s period.
    package init(
        publishing programs: [Program] = [Samples.program, Samples.programWithoutFund],
        earned: Money? = usd(2_000_000)
    ) throws {
        for program in programs { try perform(.publish(program), at: Samples.publishedAt) }
        if let earned { try earn(earned, at: Samples.publishedAt) }
        now = Samples.start
    }

    /// Decides a command and records its events; throws the refusal.
    @discardableResult
    package mutating func perform(
        _ command: Command, at instant: Instant? = nil, by actor: Actor = Samples.partnerUser,
        role: String? = nil
    ) throws -> [Entry] {
        let instant = instant ?? now
        let decision = try decide(command, on: state, at: instant, by: actor, role: role)
        return try [decision].map { decision in
            try record(
                decision.payload, subject: decision.subject, source: decision.source, at: instant,
                by: actor)
        }
    }

    /// What `decide` says to a command, nil when it accepts; records nothing.
    package func refusal(
        of command: Command, at instant: Instant? = nil, by actor: Actor? = nil,
        role: String? = nil
    ) -> Refusal? {
        do throws(Refusal) {
            _ = try decide(command, on: state, at: instant ?? now, by: actor, role: role)
            return nil
        } catch {
            return error
        }
    }

    /// Records an event whatever the rules say to it, as imported history does; the subject is
    /// that of `Samples` for its kind unless it is given.
    @discardableResult
    package mutating func record(
        _ payload: EventPayload, subject: String? = nil, source: Source = Samples.source,
        at instant: Instant? = nil, by actor: Actor = Samples.partnerUser
    ) throws -> Entry {
        let occurredAt = instant ?? now
        let sequence = Int64(entries.count + 1)
        let content = ProposedEvent(
            id: EventID("E-\(sequence)"), source: source,
            subject: subject ?? Self.subject(of: payload.kind, source), occurredAt: occurredAt,
            actor: actor, payload: payload)
        let recordedAt = max(occurredAt, entries.last?.event.recordedAt ?? occurredAt)
        now = max(now, occurredAt).adding(milliseconds: 60_000)
        return try append(Event(content: content, recordedAt: recordedAt, sequence: sequence))
    }

    private mutating func append(_ event: Event) throws -> Entry {
        let line = EventWriter.line(event)
        guard case .fact(let fact, let rules) = try reader.read(line.span, into: &state)
        else { preconditionFailure("a reader that knows all types found an unknown one") }
        state.apply(fact, rules: rules)
        let entry = Entry(
            event: event, line: line, fact: fact, rules: rules, postings: state.lastPostings)
        entries.append(entry)
        return entry
    }

    private static func subject(of kind: EventKind, _ source: Source) -> String {
        switch kind.subjectKind {
        case .program: source.program.text
        case .partner: source.partner?.text ?? ""
        case .period: Samples.firstPeriod.text
        case .claim: Samples.claim.text
        case .association: Samples.association.text
        }
    }
}

// MARK: - Replay

extension TestLedger {
    /// A state that knows this ledger's names and nothing else: what its entries are applied to.
    package var emptyState: LedgerState {
        var empty = LedgerState()
        empty.names = state.names
        empty.documentNames = state.documentNames
        return empty
    }

    /// The state after some of this ledger's entries, in the order given.
    package func replay(_ entries: some Sequence<Entry>) -> LedgerState {
        var state = emptyState
        for entry in entries { state.apply(entry.fact, rules: entry.rules) }
        return state
    }

    /// The findings so far, as code and sequence.
    package var findings: [String] { state.findings.map { "\($0.code.rawValue) \($0.sequence)" } }

    /// The balance of an account; all zero when nothing was posted to it.
    package func balance(_ account: FundAccount = Samples.account) -> FundBalance {
        state.account(account)?.balance ?? FundBalance()
    }
}
