import ClaimsDomain
import TransparencyLog

/// A ledger with a random history in which every rule was kept, the same for the same seed.
///
/// Three partners, two programs (one without a fund), two periods and two currencies; funds that
/// are earned late, adjusted, converted and rolled over; claims that loop through requests for
/// documents, partial approvals, rejections, disputes, payments and reversals. Every other seed
/// ends with the closing of both periods.
package func randomHistory(seed: UInt64, events: Int = 60) throws -> TestLedger {
    try history(RandomDesk(seed: seed, ledger: try published.get()), seed: seed, events: events)
}

/// The same under `strictProgram`: documents are attached, approvals capped and decided by another
/// than who submits; exceptions from any rule are granted now and then.
package func randomStrictHistory(seed: UInt64, events: Int = 60) throws -> TestLedger {
    let desk = RandomDesk(
        seed: seed, ledger: try strictPublished.get(), programs: [Samples.strictProgram])
    return try history(desk, seed: seed, events: events)
}

private func history(
    _ start: RandomDesk, seed: UInt64, events: Int
) throws -> TestLedger {
    var desk = start
    while desk.ledger.entries.count < events {
        let command = desk.command()
        let actor = desk.actor()
        // What the rules refuse is no history; the next command is drawn.
        guard desk.ledger.refusal(of: command, by: actor) == nil else { continue }
        try desk.ledger.perform(command, by: actor)
        desk.pause()
    }
    if seed.isMultiple(of: 2) {
        for period in RandomDesk.periods { try desk.close(period) }
    }
    return desk.ledger
}

/// The programs are published once for all histories.
private let published = Result { try TestLedger(earned: nil) }

private let strictPublished = Result {
    try TestLedger(publishing: [Samples.strictProgram], earned: nil)
}

/// Draws commands that a ledger is likely to accept.
private struct RandomDesk {
    static let periods = [Samples.firstPeriod, Samples.secondPeriod]
    static let partners = [Samples.partner, Samples.otherPartner, PartnerID("10")]

    let programs: [Program]
    var generator: SeededGenerator
    var ledger: TestLedger
    private var claims: [ClaimID] = []
    private var associations: [AssociationID] = []

    init(
        seed: UInt64, ledger: TestLedger,
        programs: [Program] = [Samples.program, Samples.programWithoutFund]
    ) {
        generator = SeededGenerator(seed: seed)
        self.ledger = ledger
        self.programs = programs
    }

    private var partners: [PartnerID] { isStrict ? [Samples.partner] : Self.partners }
    private var isStrict: Bool { programs.contains { $0.separationOfDuties } }

    /// Who does it: the partner's user, or any of two where duties are separated.
    mutating func actor() -> Actor {
        isStrict
            ? generator.pick([Samples.partnerUser, Samples.reviewer]) : Samples.partnerUser
    }

    /// Half a minute to ten days, so that some deadlines pass; strict claims take more steps.
    mutating func pause() {
        let seconds = generator.oneIn(isStrict ? 12 : 3) ? generator.number(86_400...864_000) : 30
        ledger.now = ledger.now.adding(milliseconds: seconds * 1000)
    }

    mutating func command() -> Command {
        switch generator.number(isStrict ? 3...40 : 1...20) {
        case 1...4: fund()
        case 5...6: create()
        case 7: enroll()
        case 8...9: association()
        default: claim()
        }
    }

    mutating func close(_ period: PeriodLabel) throws {
        var tree = TreeBuilder()
        for entry in ledger.entries { tree.append(TreeHash(leaf: entry.line)) }
        let head = TreeHead(size: Int64(tree.size), rootHash: tree.root.base64)
        try ledger.perform(
            .closePeriod(program: programs[0].id, period: period, treeHead: head))
    }

    private mutating func money(upTo most: Int64) -> Money {
        let units = generator.number(1...most)
        return generator.oneIn(isStrict ? 20 : 4) ? eur(units) : usd(units)
    }

    private mutating func enroll() -> Command {
        .enroll(
            program: generator.pick(programs).id, partner: generator.pick(partners),
            PartnerEnrolled(name: "Partner \(generator.number(1...9))", country: "NL"))
    }
}

// MARK: - Funds

extension RandomDesk {
    private mutating func fund() -> Command {
        let program = generator.pick(programs).id
        let partner = generator.pick(partners)
        let period = generator.pick(Self.periods)
        let amount = money(upTo: 900_000)
        let account = FundAccount(
            program: program, partner: partner, period: period, currency: amount.currency)
        return .fund(
            fund(amount, in: account), program: program, partner: partner, period: period)
    }

    private mutating func fund(_ amount: Money, in account: FundAccount) -> FundCommand {
        let left = ledger.balance(account).unclaimed
        let part = Money(
            minorUnits: generator.number(1...max(1, left)), currency: amount.currency)
        switch generator.number(1...10) {
        case 1: return .convert(FundsConverted(amount: part, reason: "below the threshold"))
        case 2:
            return .rollover(
                FundsRolledOver(
                    amount: part, toPeriod: generator.pick(Self.periods), reason: "unused"))
        case 3...4:
            // Downwards by no more than is left: an overdraft would be a finding.
            let isDown = left > 0 && generator.oneIn(2)
            return .adjust(
                FundsAdjusted(
                    amount: isDown ? part.negated : amount, reasonCode: "ops",
                    reason: "a wrong calculation"))
        default: return .earn(FundsEarned(amount: amount, earnedOn: Samples.day("2019-12-31")))
        }
    }
}

// MARK: - Claims and associations

extension RandomDesk {
    private mutating func create() -> Command {
        let id = ClaimID("CLM-\(claims.count + 1)")
        claims.append(id)
        let program = generator.pick(programs).id
        let partner = generator.pick(partners)
        var draft = Samples.draft(money(upTo: 500_000), period: generator.pick(Self.periods))
        if isStrict {
            draft.inHouseWork = generator.oneIn(2)
            draft.thirdPartyVendor = generator.oneIn(2)
        }
        return .create(id, program: program, partner: partner, draft)
    }

    private mutating func claim() -> Command {
        guard !claims.isEmpty else { return create() }
        let id = generator.pick(isStrict ? Array(claims.suffix(3)) : claims)
        guard let record = ledger.state.claim(id) else { return Samples.create(id) }
        let actions = ClaimTransition.table.filter { $0.from == record.status }.map(\.action)
        var action = generator.pick(actions)
        if isStrict, record.status == .editing, generator.oneIn(2) { action = .submit }
        // Endings are drawn less often than they are allowed: claims should live a little.
        let isEnding = action == .withdraw || action == .grantException || action == .comment
        if isEnding, !generator.oneIn(6) { return fund() }
        return claim(id, action, record)
    }

    private mutating func claim(
        _ id: ClaimID, _ action: ClaimAction, _ record: ClaimRecord
    ) -> Command {
        guard let currency = record.currency else { return Samples.command(for: action, on: id) }
        let isPart = generator.oneIn(2)
        func part(of units: Int64, _ generator: inout SeededGenerator) -> Money {
            Money(minorUnits: generator.number(1...max(1, units)), currency: currency)
        }
        switch action {
        case .attach: return .claim(id, .attach(document(of: id, record)))
        case .submit, .detach, .grantException:
            return isStrict
                ? strictCommand(id, action, record) : Samples.command(for: action, on: id)
        case .amend: return .claim(id, .amend(changes()))
        case .approve where isPart:
            let amount = part(of: record.submitted, &generator)
            return .claim(id, .approve(amount: amount, reason: "the rest is not eligible"))
        case .reimburse where isPart:
            return .claim(
                id, Samples.reimburse(part(of: record.approved - record.paid, &generator)))
        case .reverseReimbursement where isPart:
            return .claim(id, Samples.reverse(part(of: record.paid, &generator)))
        default: return Samples.command(for: action, on: id)
        }
    }

    /// Mostly what is missing before a submission, a document that is there, an exception from any
    /// rule.
    private mutating func strictCommand(
        _ id: ClaimID, _ action: ClaimAction, _ record: ClaimRecord
    ) -> Command {
        switch action {
        case .submit where !generator.oneIn(8):
            if let missing = missingDocument(of: id, record) { return .claim(id, .attach(missing)) }
        case .detach where !attached(record).isEmpty:
            let evidence = generator.pick(attached(record)).evidence
            let name = EvidenceID(ledger.state.documentNames.text(evidence))
            return .claim(id, .detach(evidence: name, reason: "wrong file"))
        case .grantException:
            let rule = generator.pick(ClaimRule.allCases).rawValue
            return .claim(id, .grantException(rule: rule, reason: "agreed with the program"))
        default: break
        }
        return Samples.command(for: action, on: id)
    }

    private func attached(_ record: ClaimRecord) -> [ClaimDossier.Document] {
        let claim = ClaimID(ledger.state.names.text(record.claim))
        return ledger.state.dossier(of: claim)?.documents ?? []
    }

    /// Another amount, currency or period, so that a resubmission moves its reservation.
    private mutating func changes() -> ClaimAmended {
        var changes = ClaimAmended()
        if generator.oneIn(2) { changes.amount = money(upTo: 500_000) }
        if generator.oneIn(3) { changes.period = generator.pick(Self.periods) }
        if generator.oneIn(3) || changes.isEmpty {
            changes.activity = isStrict ? Samples.activity : Samples.otherActivity
        }
        return changes
    }

    /// A document that no other claim has; of any kind where kinds matter.
    private mutating func document(of id: ClaimID, _ record: ClaimRecord) -> EvidenceAttached {
        let kind = isStrict ? generator.pick(EvidenceKind.allCases) : .thirdPartyInvoice
        let place = isStrict ? "EV-\(record.events)" : "EV-1"
        return Samples.document(kind, place, of: id)
    }

    /// The first document that the claim still needs.
    private func missingDocument(of id: ClaimID, _ record: ClaimRecord) -> EvidenceAttached? {
        var draft = Samples.draft()
        draft.inHouseWork = record.inHouseWork
        draft.thirdPartyVendor = record.thirdPartyVendor
        let attached = attached(record).map(\.fact.kind)
        return Samples.documents(of: id, draft, in: programs[0])
            .first { !attached.contains($0.kind) }
            .map { Samples.document($0.kind, "EV-\(record.events)", of: id) }
    }

    private mutating func association() -> Command {
        if associations.isEmpty || generator.oneIn(4) {
            let id = AssociationID("ASC-\(associations.count + 1)")
            associations.append(id)
            return Samples.command(for: AssociationAction.create, on: id)
        }
        let id = generator.pick(associations)
        guard let record = ledger.state.association(id) else {
            return Samples.command(for: AssociationAction.create, on: id)
        }
        let actions = AssociationTransition.table.filter { $0.from == record.status }.map(\.action)
        return actions.isEmpty ? fund() : Samples.command(for: generator.pick(actions), on: id)
    }
}
