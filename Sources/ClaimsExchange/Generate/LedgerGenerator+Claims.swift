import ClaimsDomain

/// The partner's side of a claim: draft, documents, submission.
extension LedgerGenerator {
    /// How often an activity is claimed, in the order of the programme's list.
    private static let activityTotals: [Int64] = [30, 48, 62, 76, 84, 90, 95, 100]

    /// What a claim asks for: most little, some much, in minor units.
    private mutating func drawAmount() -> Int64 {
        var amount = random.number(20_000...200_000)
        var doublings = 0
        while doublings < 5, random.chance(333) {
            amount *= 2
            doublings += 1
        }
        return amount
    }

    /// A partner begins a claim; most are handed in on the same day if the window is open.
    mutating func draft() throws(GeneratorStop) {
        let place = population.draw(&random)
        let partner = population.partners[place]
        var half = FiscalHalf.containing(today)
        // Costs of the half before, while its deadline is still ahead.
        if half.index > 0, today.since1970 - half.usage.first.since1970 < 30, random.chance(300) {
            half = FiscalHalf(index: half.index - 1)
        }
        let last = min(half.usage.last, today)
        let span = Int64(last.since1970 - half.usage.first.since1970)
        let day = last.adding(days: -Int(random.below(min(span, 60) + 1)))
        let activity = random.place(in: Self.activityTotals)
        numbers.claim += 1
        let claim = OpenClaim(
            id: ClaimID("CLM-\(numbers.claim)"), partner: place, half: half.index,
            activity: activity, isVendor: random.chance(700), amount: drawAmount())
        let details = activities(of: partner.program)[activity]
        let payload = ClaimCreated(
            period: half.label, activity: details.id,
            amount: Money(minorUnits: claim.amount, currency: partner.currency),
            activityDate: day, title: "\(details.name) \(random.pick(Phrases.cities))",
            location: random.chance(250) ? partner.location : nil,
            inHouseWork: claim.isVendor ? nil : true,
            thirdPartyVendor: claim.isVendor ? true : nil)
        try desk.perform(
            .create(
                claim.id, program: GeneratedRules.ids[partner.program], partner: partner.id,
                payload),
            at: tick(), by: partner.staff, as: "partner")
        openByPeriod[key(of: claim), default: 0] += 1
        let opened = claims.add(claim)
        if random.chance(40) {
            let asked = EvidenceRequested(
                from: "u-\(partner.id)-2", kind: .proofOfExecution, note: "photographs of the day")
            try act(.requestEvidence(asked), opened)
            later(.collect, opened, in: 2...9)
        } else {
            try complete(opened)
        }
    }

    /// Attaches what the activity needs, then hands the claim in or puts it off.
    mutating func complete(_ place: Int) throws(GeneratorStop) {
        guard let claim = claims[place] else { return }
        try attachAll(place)
        if random.chance(25) { try replaceDocument(place) }
        if random.chance(60) { try act(.comment(text: random.pick(Phrases.comments)), place) }
        if random.chance(50) { try lower(place, to: claim.amount * 9 / 10) }
        switch random.below(1000) {
        case ..<12:
            try act(.withdraw(reason: random.pick(Phrases.withdrawals)), place)
            end(place)
        // Drafts that nobody ever hands in.
        case ..<30: end(place)
        case ..<34: awaitDeadline(place)
        default: try handInOrWait(place)
        }
    }

    private mutating func handInOrWait(_ place: Int) throws(GeneratorStop) {
        guard let claim = claims[place] else { return }
        let claiming = FiscalHalf(index: claim.half).claiming
        let wait = Int64(claiming.first.since1970 - today.since1970)
        if wait > 0 {
            later(.handIn, place, in: wait...(wait + 40))
        } else if random.chance(700) || today.adding(days: 9) > claiming.last {
            try handIn(place)
        } else {
            later(.handIn, place, in: 1...6)
        }
    }

    /// Hands the claim in; lowered to what the fund has, or taken back when it has too little.
    mutating func handIn(_ place: Int) throws(GeneratorStop) {
        let claiming = claims[place].map { FiscalHalf(index: $0.half).claiming }
        guard let claiming, today <= claiming.last else { return end(place) }
        do throws(GeneratorStop) {
            try act(.submit(amount: nil), place)
        } catch {
            guard case .refused(.exceedsFund(_, let available, _)) = error else { throw error }
            guard available.minorUnits >= 10_000 else {
                try act(.withdraw(reason: "the fund has too little left"), place)
                return end(place)
            }
            try lower(place, to: available.minorUnits)
            try act(.submit(amount: nil), place)
        }
        later(.review, place, in: 1...3)
    }

    private mutating func awaitDeadline(_ place: Int) {
        guard let claim = claims[place] else { return }
        let claiming = FiscalHalf(index: claim.half).claiming
        let wait = Int64(claiming.last.since1970 - today.since1970)
        later(.afterDeadline, place, in: (wait + 1)...(wait + 10))
    }

    /// Too late, but the manager grants an exception; the fund of the period reads as expired by
    /// then, and so that takes another one.
    mutating func handInLate(_ place: Int) throws(GeneratorStop) {
        guard let claim = claims[place] else { return }
        // The fund itself has to have the money, whatever the date.
        guard (account(of: claim)?.balance.unclaimed ?? 0) >= claim.amount else {
            return end(place)
        }
        for rule in [ClaimRule.claimDeadline, .withinFund] {
            try act(
                .grantException(
                    rule: rule.rawValue, reason: "the portal was down on the last day"),
                place, by: .manager)
        }
        try act(.submit(amount: nil), place)
        later(.review, place, in: 1...3)
    }

    /// Answers a request for documents and hands the claim in again.
    mutating func answer(_ place: Int) throws(GeneratorStop) {
        guard let claim = claims[place] else { return }
        if random.chance(15) {
            try act(.withdraw(reason: random.pick(Phrases.withdrawals)), place)
            return end(place)
        }
        try attach(claim.isVendor ? .thirdPartyInvoice : .proofOfExecution, place)
        if random.chance(80) { try lower(place, to: claim.amount * 19 / 20) }
        try act(.submit(amount: nil), place)
        later(.review, place, in: 1...3)
    }

    private mutating func lower(_ place: Int, to amount: Int64) throws(GeneratorStop) {
        guard let claim = claims[place], amount > 0 else { return }
        var changes = ClaimAmended()
        changes.amount = Money(
            minorUnits: amount, currency: population.partners[claim.partner].currency)
        try act(.amend(changes), place)
        claims[place]?.amount = amount
    }
}
