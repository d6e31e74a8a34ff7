package import ClaimsDomain

/// Where the reference ledger is asked from; nil does not limit.
package struct ReferenceViewpoint: Sendable {
    /// What had happened by then.
    package var asOf: Instant?
    /// What was recorded by then.
    package var knownAt: Instant?
    /// The first so many events.
    package var knownEvents: Int64?

    package init(asOf: Instant? = nil, knownAt: Instant? = nil, knownEvents: Int64? = nil) {
        self.asOf = asOf
        self.knownAt = knownAt
        self.knownEvents = knownEvents
    }
}

/// One thing that history did against a rule.
package struct ReferenceFinding: Hashable, Sendable {
    package let code: FindingCode
    package let sequence: Int64
}

/// The ledger once more, slow and obvious: what the fast one is held against.
///
/// Written from the design, sections 4 to 7, and the domain facts. It reads typed events and keeps
/// them in arrays and dictionaries under their texts: no interned names, no postings, no chunks, no
/// index. Each figure of a fund is a sum over all that was recorded, taken anew whenever it is
/// asked for; a change is the difference of two such sums.
package struct ReferenceLedger {
    package private(set) var claims: [String: ReferenceClaim] = [:]
    package private(set) var associations: [String: ReferenceAssociation] = [:]
    package private(set) var findings: [ReferenceFinding] = []
    /// The moment that derived facts are computed for.
    package let moment: Instant
    private(set) var movements: [ReferenceMovement] = []
    private var programs: [(rules: Program, publishedAt: Instant)] = []
    /// Program and period of books that were closed.
    private var closed: Set<[String]> = []
    /// How each claim stood after each of its events.
    private(set) var steps: [String: [(sequence: Int64, claim: ReferenceClaim)]] = [:]

    /// What the events say from a viewpoint.
    package init(_ events: [Event], from viewpoint: ReferenceViewpoint = ReferenceViewpoint()) {
        let known = events.filter { event in
            viewpoint.knownAt.map { event.recordedAt <= $0 } ?? true
                && viewpoint.knownEvents.map { event.sequence <= $0 } ?? true
        }
        moment =
            viewpoint.asOf ?? viewpoint.knownAt ?? known.last?.recordedAt
            ?? Instant(millisecondsSince1970: 0)
        for event in known where viewpoint.asOf.map({ event.content.occurredAt <= $0 }) ?? true {
            apply(event)
        }
        findUnpaid()
    }

    private mutating func apply(_ event: Event) {
        switch event.kind.subjectKind {
        case .program:
            if case .programPublished(let rules) = event.content.payload {
                programs.append((rules, event.content.occurredAt))
            }
        case .partner: break
        case .period: applyPeriod(event)
        case .claim: applyClaim(event)
        case .association: applyAssociation(event)
        }
    }

    private mutating func note(_ codes: [FindingCode], _ event: Event) {
        for code in codes {
            findings.append(ReferenceFinding(code: code, sequence: event.sequence))
        }
    }
}

// MARK: - Rules in force

extension ReferenceLedger {
    /// Of the versions published by a moment and effective by then, the one published last.
    func rules(of program: String, at instant: Instant) -> Program? {
        latest(program) { $0.publishedAt <= instant && $0.rules.effectiveAt <= instant }
    }

    /// Of all versions, the one published last.
    package func latestRules(of program: String) -> Program? { latest(program) { _ in true } }

    private func latest(
        _ program: String, where fits: ((rules: Program, publishedAt: Instant)) -> Bool
    ) -> Program? {
        var found: (rules: Program, publishedAt: Instant)?
        for version in programs where version.rules.id.text == program && fits(version) {
            if let best = found, version.publishedAt < best.publishedAt { continue }
            found = version
        }
        return found?.rules
    }

    /// Whether the claim deadline of a period has passed at the moment asked about.
    package func isPastDeadline(_ period: String, of program: String) -> Bool {
        guard let period = latestRules(of: program)?.usagePeriod(PeriodLabel(period)) else {
            return false
        }
        precondition(
            period.activityDeadlineDays == nil, "deadlines by activity are not modelled")
        return moment >= period.instants.claimBefore
    }
}

// MARK: - Funds

extension ReferenceLedger {
    /// The figures of an account: what was recorded for it, and what the claims hold in it.
    package func figures(of account: ReferenceAccount) -> ReferenceFigures {
        var sum = ReferenceFigures()
        for movement in movements where movement.account == account {
            sum = sum + movement.figures
        }
        for claim in claims.values where claim.account == account { sum = sum + claim.figures }
        return sum
    }

    /// The same with what is left after the deadline as expired.
    package func figuresAtMoment(of account: ReferenceAccount) -> ReferenceFigures {
        var figures = figures(of: account)
        if isPastDeadline(account.period, of: account.program) {
            figures.expired = max(0, figures.available)
        }
        return figures
    }

    /// Every account that something was recorded for or a claim stood in.
    package var accounts: Set<ReferenceAccount> {
        Set(movements.map(\.account))
            .union(steps.values.flatMap { $0 }.compactMap(\.claim.account))
    }

    private mutating func applyPeriod(_ event: Event) {
        let program = event.content.source.program.text
        guard let fund = ReferenceFundEvent(event) else {
            closed.insert([program, event.content.subject])
            return
        }
        let before = figures(of: fund.account).available
        movements += fund.movements
        let after = figures(of: fund.account).available
        var broken: [FindingCode] = []
        if after < 0, after < before { broken.append(.fundOverdrawn) }
        if fund.periods.contains(where: { closed.contains([program, $0]) }) {
            broken.append(.afterClosing)
        }
        note(broken + unknown(fund.periods, of: program, at: event.content.occurredAt), event)
        if rules(of: program, at: event.content.occurredAt) == nil {
            note([.noRulesInForce], event)
        }
    }

    /// A usage period that the rules in force do not have; without any in force, the latest.
    private func unknown(
        _ periods: [String], of program: String, at instant: Instant
    ) -> [FindingCode] {
        guard let rules = rules(of: program, at: instant) ?? latestRules(of: program) else {
            return []
        }
        let known = rules.usagePeriods.map(\.label.text)
        return periods.allSatisfy(known.contains) ? [] : [.unknownPeriod]
    }
}

// MARK: - Claims

extension ReferenceLedger {
    private mutating func applyClaim(_ event: Event) {
        let id = event.content.subject
        let before = claims[id] ?? ReferenceClaim(firstEvent: event)
        var claim = before
        var broken = claim.take(event)
        claims[id] = claim
        steps[id, default: []].append((event.sequence, claim))
        broken += overdraft(claim, before: before, at: event.content.occurredAt)
        broken += brokenRules(event, claim, before: before)
        broken += unknownPeriod(event, claim)
        if closed.contains([claim.program, claim.period]) { broken.append(.afterClosing) }
        note(broken, event)
    }

    /// A claim that took more out of an account than that had, where the program keeps a fund.
    private func overdraft(
        _ claim: ReferenceClaim, before: ReferenceClaim, at instant: Instant
    ) -> [FindingCode] {
        guard let account = claim.account else { return [] }
        let held = before.account == account ? before.figures.claimed : 0
        let control = rules(of: claim.program, at: instant)?.fundControl ?? .reserve
        let isOver =
            claim.figures.claimed > held && figures(of: account).available < 0
            && control == .reserve && !claim.exceptions.contains("within_fund")
        return isOver ? [.claimedOverAvailable] : []
    }

    private func unknownPeriod(_ event: Event, _ claim: ReferenceClaim) -> [FindingCode] {
        let instant = event.content.occurredAt
        switch event.content.payload {
        case .claimCreated:
            let noRules = rules(of: claim.program, at: instant) == nil
            return unknown([claim.period], of: claim.program, at: instant)
                + (noRules ? [.noRulesInForce] : [])
        case .claimAmended(let changes):
            return changes.period == nil
                ? [] : unknown([claim.period], of: claim.program, at: instant)
        default: return []
        }
    }

    /// Approved and never paid, past the payment target where the program sets one.
    private mutating func findUnpaid() {
        for claim in claims.values where claim.status == "approved" && claim.payment == "unpaid" {
            guard let decidedAt = claim.decidedAt else { continue }
            let due = rules(of: claim.program, at: decidedAt).flatMap {
                referencePaymentDay($0, approvedOn: decidedAt.day)
            }
            if let due, moment.day <= due { continue }
            findings.append(
                ReferenceFinding(code: .approvedUnpaid, sequence: claim.lastSequence))
        }
    }

    private mutating func applyAssociation(_ event: Event) {
        let id = event.content.subject
        var association = associations[id] ?? ReferenceAssociation(firstEvent: event)
        let rules = rules(of: association.program, at: event.content.occurredAt)
        note(association.take(event, rules: rules), event)
        associations[id] = association
    }
}
