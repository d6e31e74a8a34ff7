/// A fund account in a replay: its four parts and its buckets.
package struct AccountRecord: Equatable, Sendable {
    package let program: NameKey
    package let partner: NameKey
    package let period: NameKey
    package let currency: Currency
    package var balance = FundBalance()
    /// Minor units of the eligible earnings that were recorded with their co-op share, and of those
    /// shares.
    package var eligible: Int64 = 0
    package var share: Int64 = 0
}

/// A partner of a programme as enrolled.
package struct PartnerRecord: Equatable, Sendable {
    package let program: NameKey
    package let partner: NameKey
    package var name: NameKey
    package var enrolledAt: Instant
}

/// One published version of a programme's rules.
package struct PublishedProgram: Equatable, Sendable {
    package let rules: Program
    package let publishedAt: Instant
    package let sequence: Int64
}

/// Everything a log says up to a point: programmes, claims, funds, associations, findings.
///
/// A pure fold: `apply` one fact after the other. Reports sort by name, never by key.
package struct LedgerState: Sendable {
    package var names = NameTable()
    package var documentNames = DocumentNames()
    package internal(set) var claims: [ClaimRecord] = []
    /// The documents and exceptions of each claim, at the claim's place.
    var dossiers = DossierTable()
    package internal(set) var accounts: [AccountRecord] = []
    package internal(set) var associations: [AssociationRecord] = []
    package internal(set) var partners: [PartnerRecord] = []
    /// Every version of every programme, in the order published.
    package internal(set) var programs: [PublishedProgram] = []
    package internal(set) var findings: [Finding] = []
    /// How many events of each kind, by the kind's ordinal.
    private var countsByKind = [Int64](repeating: 0, count: EventKind.allCases.count)
    /// The postings of the last event applied, in order.
    package internal(set) var lastPostings: [Posting] = []
    /// The accounts that the last event touched, also where it moved nothing, in order.
    package internal(set) var lastAccounts: [AccountKey] = []
    /// What the last event changed of the figures that caps are taken over, in order.
    package internal(set) var lastApprovals: [ApprovalCount] = []
    package internal(set) var eventCount: Int64 = 0
    package internal(set) var firstEvent: EventPoint?
    package internal(set) var lastEvent: EventPoint?
    /// The earliest and the latest `time` seen.
    package internal(set) var earliestOccurredAt: Instant?
    package internal(set) var latestOccurredAt: Instant?

    var claimByName = NamePlaces()
    /// The places of associations by their names.
    var associationPlaces = WordTable()
    /// The associations that wait or are approved, by what they claim.
    var associationClaims = AssociationClaims()
    /// The claims that have a file or an invoice attached.
    var fileHolders = DocumentHolders()
    var invoiceHolders = DocumentHolders()
    var invoices = WordTable()
    /// What is approved of each account, by activity: what caps are taken over.
    var approvals = ApprovalSums()
    var accountTable = AccountTable()
    /// The claims of a partner in a programme that say what their amount is made up of.
    var itemisedClaims: [UInt64: [Int]] = [:]
    private var partnerTable = WordTable()
    /// The periods of programmes whose books were closed.
    private var closedPeriods = WordTable()
    /// `programs` by the keys of `names`, in the same order.
    private(set) var keyedRules: [KeyedRules] = []

    package init() {}
}

extension LedgerState {
    /// Applies one event.
    ///
    /// Total: whatever it says becomes the state, and what it broke a finding.
    ///
    /// `rules` is the whole rule set of a `program.published`. Amortised O(1).
    package mutating func apply(_ fact: borrowing Fact, rules: Program? = nil) {
        if !lastPostings.isEmpty { lastPostings.removeAll(keepingCapacity: true) }
        if !lastAccounts.isEmpty { lastAccounts.removeAll(keepingCapacity: true) }
        if !lastApprovals.isEmpty { lastApprovals.removeAll(keepingCapacity: true) }
        count(fact)
        switch fact.kind.subjectKind {
        case .program:
            if let rules { publish(rules, fact) }
        case .partner: enroll(fact)
        case .period:
            if fact.kind == .periodClosed { close(fact) } else { applyFund(fact) }
        case .claim:
            if let action = ClaimAction(fact.kind) { applyClaim(fact, action) }
        case .association:
            if let action = AssociationAction(fact.kind) { applyAssociation(fact, action) }
        }
    }

    /// What is approved of an account for an activity, by the place of an `ApprovalCount`.
    package func approvedSum(at place: Int) -> Int64 { approvals.sum(at: place) }

    /// How many events of each kind there were; kinds without any are left out.
    package var eventsByKind: [EventKind: Int64] {
        var counts: [EventKind: Int64] = [:]
        for kind in EventKind.allCases where countsByKind[kind.ordinal] > 0 {
            counts[kind] = countsByKind[kind.ordinal]
        }
        return counts
    }

    private mutating func count(_ fact: Fact) {
        eventCount += 1
        countsByKind[fact.kind.ordinal] += 1
        let point = EventPoint(fact)
        if firstEvent == nil { firstEvent = point }
        lastEvent = point
        earliestOccurredAt = min(earliestOccurredAt ?? fact.occurredAt, fact.occurredAt)
        latestOccurredAt = max(latestOccurredAt ?? fact.occurredAt, fact.occurredAt)
    }

    mutating func note(_ code: FindingCode, _ fact: Fact) {
        findings.append(
            Finding(code: code, sequence: fact.sequence, kind: fact.kind, subject: fact.subject))
    }

    private mutating func publish(_ rules: Program, _ fact: Fact) {
        let version = PublishedProgram(
            rules: rules, publishedAt: fact.occurredAt, sequence: fact.sequence)
        // Back-dated versions stand before those published later, so that the last one wins.
        let place = programs.lastIndex { $0.publishedAt <= fact.occurredAt }.map { $0 + 1 } ?? 0
        programs.insert(version, at: place)
        keyedRules.insert(KeyedRules(version, names: &names), at: place)
    }

    private mutating func enroll(_ fact: Fact) {
        let place = partnerTable.placeOrAdd(WordTable.key(fact.program, fact.partner))
        guard place == partners.count else {
            partners[place].name = fact.reference
            return
        }
        partners.append(
            PartnerRecord(
                program: fact.program, partner: fact.partner, name: fact.reference,
                enrolledAt: fact.occurredAt))
    }

    private mutating func close(_ fact: Fact) {
        _ = closedPeriods.placeOrAdd(WordTable.key(fact.program, fact.subject))
    }

    /// Whether a programme closed the books of a usage period.
    func isClosed(_ period: NameKey, of program: NameKey) -> Bool {
        closedPeriods.count > 0
            && closedPeriods.place(of: WordTable.key(program, period)) != nil
    }
}
