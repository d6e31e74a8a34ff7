import ClaimsDomain

/// Programmes, enrolments, funds and the closing of periods.
extension LedgerGenerator {
    private static let manager = Actor(kind: .user, id: "m-1")
    private static let earnings = Actor(kind: .serviceAccount, id: "earnings")

    /// What a claim is worth on average, in minor units: see `drawAmount`.
    private static let meanClaim: Int64 = 200_000

    /// Puts down what a usage period brings, a week before it begins.
    mutating func begin(_ half: FiscalHalf) {
        if half.index % 2 == 0 {
            for program in GeneratedRules.ids.indices {
                agenda.put(.publish(program: program), inDays: 0, second: 28_800)
            }
        }
        for partner in population.partners.indices {
            if half.index == 0 {
                put(.enroll(partner: partner), in: 1...4)
            }
            beginFund(partner, half)
        }
        guard half.index > 0 else { return }
        for program in 0..<GeneratedRules.fundCount {
            // The deadline of the half before is seven weeks away.
            agenda.put(
                .close(program: program, half: half.index - 1), inDays: 53 + 60, second: 72_000)
        }
    }

    /// The earnings of a fund: of the first half at once, of later ones in parts, larger partners
    /// in more of them.
    private mutating func beginFund(_ partner: Int, _ half: FiscalHalf) {
        let expected = population.partners[partner].claimsInThousandths
        let parts: Int64 = expected < 3_000 ? 1 : (expected < 20_000 ? 2 : 4)
        for part in 0..<parts {
            let days = half.index == 0 ? 8...12 : (8 + part * 30)...(14 + part * 30)
            put(.earn(partner: partner, half: half.index, part: parts), in: days)
        }
        if expected < 1_500, random.chance(40) {
            put(.convert(partner: partner, half: half.index), in: 16...25)
        }
        if random.chance(30) { put(.adjust(partner: partner, half: half.index), in: 40...150) }
        if random.chance(30) { put(.rollOver(partner: partner, half: half.index), in: 238...255) }
    }

    mutating func publish(_ program: Int) throws(GeneratorStop) {
        let year = FiscalHalf.containing(today.adding(days: 7)).index / 2
        let rules = GeneratedRules.program(program, fiscalYear: year, currency: Self.currency)
        try desk.perform(.publish(rules), at: tick(), by: Self.manager, as: "program_manager")
    }

    mutating func enroll(_ place: Int) throws(GeneratorStop) {
        let partner = population.partners[place]
        let payload = PartnerEnrolled(
            name: "Partner \(partner.id)", country: partner.country, currency: partner.currency)
        try desk.perform(
            .enroll(
                program: GeneratedRules.ids[partner.program], partner: partner.id, payload),
            at: tick(), by: Self.manager, as: "program_manager")
    }

    /// One part of several of what is earned for a usage period.
    mutating func earn(_ place: Int, _ half: Int, _ parts: Int64) throws(GeneratorStop) {
        let partner = population.partners[place]
        guard !isClosed(partner, half) else { return }
        // A fifth more than the claims to be expected, and something to begin with.
        let expected = partner.claimsInThousandths * Self.meanClaim / 1000
        let base = (expected * 6 / 5 + random.number(200_000...900_000)) / parts
        let amount = base * random.number(80...120) / 100
        numbers.earning += 1
        let earned = FiscalHalf(index: half).earned
        let day = min(earned.last, today.adding(days: -Int(random.number(5...20))))
        let payload = FundsEarned(
            amount: Money(minorUnits: amount, currency: partner.currency),
            earnedOn: max(earned.first, day), reference: "EARN-\(numbers.earning)",
            lever: random.chance(600) ? "core" : "growth")
        try fund(.earn(payload), partner, half, by: Self.earnings, as: "earnings")
    }

    /// A small fund below the threshold becomes rebate.
    mutating func convert(_ place: Int, _ half: Int) throws(GeneratorStop) {
        let partner = population.partners[place]
        let left = unclaimed(partner, half)
        guard left > 0, left < GeneratedRules.threshold, !isClosed(partner, half) else { return }
        let payload = FundsConverted(
            amount: Money(minorUnits: left, currency: partner.currency),
            reason: "co-op earnings below the threshold")
        try fund(.convert(payload), partner, half, by: Self.earnings, as: "earnings")
    }

    mutating func adjust(_ place: Int, _ half: Int) throws(GeneratorStop) {
        let partner = population.partners[place]
        let left = unclaimed(partner, half)
        guard left >= 20, !isClosed(partner, half) else { return }
        let isClawback = random.chance(500)
        let amount = left / random.number(8...20)
        let payload = FundsAdjusted(
            amount: Money(minorUnits: isClawback ? -amount : amount, currency: partner.currency),
            reasonCode: isClawback ? "clawback" : "true_up",
            reason: isClawback ? random.pick(Phrases.corrections) : "earnings reported late")
        try fund(.adjust(payload), partner, half, by: Self.manager, as: "program_manager")
    }

    /// After the deadline a part of what is left may be used in the next period.
    mutating func rollOver(_ place: Int, _ half: Int) throws(GeneratorStop) {
        let partner = population.partners[place]
        let left = unclaimed(partner, half)
        guard left >= 10, !isClosed(partner, half), !isClosed(partner, half + 1) else { return }
        let payload = FundsRolledOver(
            amount: Money(minorUnits: left / random.number(2...5), currency: partner.currency),
            toPeriod: FiscalHalf(index: half + 1).label,
            reason: "unused funds may be used in the next period")
        try fund(.rollover(payload), partner, half, by: Self.manager, as: "program_manager")
    }

    /// Closes a period once nothing of it is open; looks again a week later otherwise.
    mutating func close(_ program: Int, _ half: Int) throws(GeneratorStop) {
        let key = PeriodKey(program: program, half: half)
        guard openByPeriod[key, default: 0] == 0 else {
            agenda.put(.close(program: program, half: half), inDays: 7, second: 72_000)
            return
        }
        closed.insert(key)
        openByPeriod[key] = nil
        try desk.perform(
            .closePeriod(
                program: GeneratedRules.ids[program], period: FiscalHalf(index: half).label,
                treeHead: desk.treeHead),
            at: tick(), by: Self.manager, as: "program_manager")
    }

    private mutating func fund(
        _ command: FundCommand, _ partner: Population.Partner, _ half: Int, by actor: Actor,
        as role: String
    ) throws(GeneratorStop) {
        try desk.perform(
            .fund(
                command, program: GeneratedRules.ids[partner.program], partner: partner.id,
                period: FiscalHalf(index: half).label),
            at: tick(), by: actor, as: role)
    }

    private func unclaimed(_ partner: Population.Partner, _ half: Int) -> Int64 {
        let account = FundAccount(
            program: GeneratedRules.ids[partner.program], partner: partner.id,
            period: FiscalHalf(index: half).label, currency: partner.currency)
        return desk.state.account(account)?.balance.unclaimed ?? 0
    }

    private func isClosed(_ partner: Population.Partner, _ half: Int) -> Bool {
        closed.contains(PeriodKey(program: partner.program, half: half))
    }
}
