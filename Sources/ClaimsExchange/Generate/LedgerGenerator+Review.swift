import ClaimsDomain

/// Review, decision and payment of generated claims.
extension LedgerGenerator {
    /// Who acts on a claim.
    enum Office { case partner, reviewer, manager, finance }

    mutating func step(claim place: Int) throws(GeneratorStop) {
        guard let claim = claims[place] else { return }
        switch claim.step {
        case .collect: try complete(place)
        case .handIn: try handIn(place)
        case .afterDeadline: try handInLate(place)
        case .review: try review(place)
        case .decide, .decideAgain: try decide(place)
        case .answer: try answer(place)
        case .dispute: try dispute(place)
        case .askForPayment:
            try act(.requestPayment(amount: nil), place, by: .finance)
            later(.pay, place, in: 5...30)
        case .pay: try pay(place)
        case .payRest, .payAgain:
            try reimburse(nil, place)
            end(place)
        case .payBack: try payBack(place)
        }
    }

    private mutating func review(_ place: Int) throws(GeneratorStop) {
        try act(.startReview, place, by: .reviewer)
        if random.chance(40) { try act(.endorse(step: "regional"), place, by: .reviewer) }
        if random.chance(20) {
            try act(.comment(text: random.pick(Phrases.comments)), place, by: .reviewer)
        }
        later(.decide, place, in: 0...2)
    }

    private mutating func decide(_ place: Int) throws(GeneratorStop) {
        guard let claim = claims[place] else { return }
        if claim.requests < 3, random.chance(claim.step == .decideAgain ? 100 : 210) {
            claims[place]?.requests += 1
            let kind: EvidenceKind = claim.isVendor ? .thirdPartyInvoice : .proofOfExecution
            let request = DocumentsRequested(
                items: [.init(kind: kind, reason: random.pick(Phrases.shortfalls))],
                dueOn: today.adding(days: 14), originals: random.chance(100) ? true : nil)
            try act(.requestDocuments(request), place, by: .reviewer)
            return later(.answer, place, in: 1...13)
        }
        if random.chance(claim.step == .decideAgain ? 400 : 110) {
            try act(.reject(reasons: [random.pick(Phrases.rejections)]), place, by: .reviewer)
            guard !claim.isDisputed, random.chance(350) else { return end(place) }
            return later(.dispute, place, in: 2...10)
        }
        try approve(place)
    }

    /// Approves the whole or a part; what a cap leaves, an exception from it, or a rejection.
    private mutating func approve(_ place: Int) throws(GeneratorStop) {
        guard let claim = claims[place] else { return }
        let isPart = random.chance(90)
        let amount = isPart ? claim.amount * random.number(60...95) / 100 : claim.amount
        do throws(GeneratorStop) {
            try approve(amount, isPart ? random.pick(Phrases.reductions) : nil, place)
        } catch {
            guard case .refused(.breaksRule(.overCap(_, let left, _), _, _)) = error else {
                throw error
            }
            if random.chance(60) {
                try act(
                    .grantException(
                        rule: ClaimRule.withinCap.rawValue, reason: "a launch of this year"),
                    place, by: .manager)
                try approve(amount, nil, place)
            } else if left.minorUnits > 0 {
                try approve(left.minorUnits, "the cap of the activity", place)
            } else {
                try act(.reject(reasons: ["the cap is used up"]), place, by: .reviewer)
                return end(place)
            }
        }
        later(.askForPayment, place, in: 1...4)
    }

    private mutating func approve(
        _ amount: Int64, _ reason: String?, _ place: Int
    ) throws(GeneratorStop) {
        guard let claim = claims[place] else { return }
        let currency = population.partners[claim.partner].currency
        try act(
            .approve(amount: Money(minorUnits: amount, currency: currency), reason: reason), place,
            by: .reviewer)
    }

    /// Contests a rejection; what the fund has no room for stays rejected.
    private mutating func dispute(_ place: Int) throws(GeneratorStop) {
        do throws(GeneratorStop) {
            try act(.dispute(reason: random.pick(Phrases.disputes)), place)
        } catch {
            guard case .refused(.exceedsFund) = error else { throw error }
            return end(place)
        }
        claims[place]?.isDisputed = true
        later(.decideAgain, place, in: 2...8)
    }

    private mutating func pay(_ place: Int) throws(GeneratorStop) {
        guard let claim = claims[place] else { return }
        if random.chance(50), let approved = record(of: claim)?.approved, approved > 1 {
            try reimburse(approved / 2, place)
            return later(.payRest, place, in: 7...20)
        }
        try reimburse(nil, place)
        if random.chance(15) { return later(.payBack, place, in: 2...6) }
        end(place)
    }

    private mutating func payBack(_ place: Int) throws(GeneratorStop) {
        guard let claim = claims[place] else { return }
        try act(
            .reverseReimbursement(
                amount: nil, paymentReference: reference(of: claim),
                reason: random.pick(Phrases.reversals)),
            place, by: .finance)
        later(.payAgain, place, in: 3...9)
    }

    /// Pays an amount, or all that is due; now and then recorded a day or two after the bank did.
    private mutating func reimburse(_ amount: Int64?, _ place: Int) throws(GeneratorStop) {
        claims[place]?.payments += 1
        guard let claim = claims[place] else { return }
        let currency = population.partners[claim.partner].currency
        var rate: Reimbursed.Rate?
        if currency != Self.currency, random.chance(250) {
            rate = Reimbursed.Rate(
                from: Self.currency, to: currency,
                value: ExactDecimal(unscaled: random.number(8_000...9_999), scale: 4), date: today)
        }
        let late = random.chance(20) ? random.number(1...2) : 0
        try act(
            .reimburse(
                amount: amount.map { Money(minorUnits: $0, currency: currency) },
                paymentReference: reference(of: claim), paidOn: today.adding(days: -Int(late)),
                rate: rate),
            place, by: .finance, late: late * 86_400_000)
    }

    private func reference(of claim: OpenClaim) -> String {
        "PAY-\(claim.id.text.dropFirst(4))-\(claim.payments)"
    }
}

// MARK: - What all steps use

extension LedgerGenerator {
    /// Does something to a claim.
    mutating func act(
        _ command: ClaimCommand, _ place: Int, by office: Office = .partner, late: Int64 = 0
    ) throws(GeneratorStop) {
        guard let claim = claims[place] else { return }
        let actor: Actor
        let role: String
        switch office {
        case .partner: (actor, role) = (population.partners[claim.partner].staff, "partner")
        case .reviewer:
            (actor, role) = (Self.reviewers[claim.partner % Self.reviewers.count], "reviewer")
        case .manager: (actor, role) = (Actor(kind: .user, id: "m-1"), "program_manager")
        case .finance: (actor, role) = (Actor(kind: .serviceAccount, id: "payments"), "finance")
        }
        try desk.perform(.claim(claim.id, command), at: tick(), by: actor, as: role, late: late)
    }

    static let reviewers = (10...49).map { Actor(kind: .user, id: "r-\($0)") }

    mutating func later(_ step: OpenClaim.Step, _ place: Int, in days: ClosedRange<Int64>) {
        claims[place]?.step = step
        // The day has begun: what is for today is for tomorrow.
        let ahead = max(days.lowerBound, 1)...max(days.upperBound, 1)
        put(.claim(place), in: ahead)
    }

    /// Nothing more happens to the claim.
    mutating func end(_ place: Int) {
        guard let claim = claims[place] else { return }
        openByPeriod[key(of: claim), default: 1] -= 1
        claims.remove(place)
    }

    func key(of claim: OpenClaim) -> PeriodKey {
        PeriodKey(program: population.partners[claim.partner].program, half: claim.half)
    }

    func record(of claim: OpenClaim) -> ClaimRecord? { desk.state.claim(claim.id) }

    func account(of claim: OpenClaim) -> AccountRecord? {
        let partner = population.partners[claim.partner]
        return desk.state.account(
            FundAccount(
                program: GeneratedRules.ids[partner.program], partner: partner.id,
                period: FiscalHalf(index: claim.half).label, currency: partner.currency))
    }
}
