extension ClaimRecord {
    /// Applies one event: total, refuses nothing.
    ///
    /// Rules it broke are handed to `note`.
    ///
    /// No money is moved here: what the claim is to hold from now on is returned. `heldIn` is the
    /// currency of the account in which it holds or was paid something; nil when there is nothing.
    mutating func evolve(
        by fact: Fact, action: ClaimAction, heldIn: Currency?, note: (FindingCode) -> Void
    ) -> ClaimPosition {
        if let next = ClaimTransition.next(action, from: status) {
            status = next
        } else {
            note(.outOfOrder)
            status = ClaimTransition.asHistorySays(action, from: status)
        }
        if let updatedAt, fact.occurredAt < updatedAt { note(.timeWentBack) }
        if events > 0, fact.program != program || fact.partner != partner { note(.otherAccount) }
        if events == 0 { begin(fact) }
        let amount = ownAmount(of: fact, action: action, heldIn: heldIn, note: note)
        take(fact, action: action, amount: amount, note: note)
        updatedAt = max(updatedAt ?? fact.occurredAt, fact.occurredAt)
        lastSequence = fact.sequence
        events += 1
        return position(after: action, amount: amount)
    }

    /// The first event of a claim, whatever it is, names its programme and partner.
    private mutating func begin(_ fact: Fact) {
        program = fact.program
        partner = fact.partner
        createdAt = fact.occurredAt
        firstSequence = fact.sequence
    }

    private mutating func take(
        _ fact: Fact, action: ClaimAction, amount: Int64, note: (FindingCode) -> Void
    ) {
        switch action {
        case .create, .amend: takeFields(of: fact, note: note)
        case .submit:
            submitted = amount
            submittedAt = fact.occurredAt
            submittedFor = period
            submittedBy = fact.actor
            decidedAt = nil
        case .approve:
            if amount > submitted { note(.approvedOverSubmitted) }
            decidedAt = fact.occurredAt
        case .reject: decidedAt = fact.occurredAt
        case .dispute: decidedAt = nil
        case .reimburse:
            let isPaidInFull = paid > 0 && paid >= approved
            paid = paid.addingClamped(amount)
            if amount > 0 { everPaid = true }
            if status != .approved {
                note(.paidWithoutApproval)
            } else if isPaidInFull {
                note(.paidTwice)
            } else if paid > approved {
                note(.paidOverApproved)
            }
        case .reverseReimbursement:
            if amount > paid { note(.reversedOverPaid) }
            paid = paid.addingClamped(-amount)
        case .requestEvidence, .attach, .detach, .comment, .startReview, .endorse,
            .requestDocuments, .withdraw, .grantException, .requestPayment:
            break
        }
    }

    private mutating func takeFields(of fact: Fact, note: (FindingCode) -> Void) {
        if fact.period != .none { period = fact.period }
        if fact.activity != .none { activity = fact.activity }
        if let given = fact.currency {
            if changeCurrency(to: given) {
                amount = fact.amount
            } else {
                note(.currencyDiffers)
            }
        }
        if let day = fact.day { activityDate = day }
        if let inHouseWork = fact.inHouseWork { self.inHouseWork = inHouseWork }
        if let vendor = fact.thirdPartyVendor { thirdPartyVendor = vendor }
    }

    /// Puts the claim in that currency; false where that is a breach, and nothing changes.
    ///
    /// It can change only where the partner may edit it and nothing is paid, and what was submitted
    /// in another one no longer counts: amounts of two currencies must never meet in one account.
    private mutating func changeCurrency(to given: Currency) -> Bool {
        if given == currency { return true }
        guard currency != nil else {
            currency = given
            return true
        }
        guard status == .editing || status == .actionRequired, paid == 0 else { return false }
        currency = given
        submitted = 0
        return true
    }

    /// The event's amount if it is in the claim's currency; any other is a breach, and nothing.
    ///
    /// A payment's has to be in the currency of what the claim holds as well.
    private mutating func ownAmount(
        of fact: Fact, action: ClaimAction, heldIn: Currency?, note: (FindingCode) -> Void
    ) -> Int64 {
        guard action != .create, action != .amend, let given = fact.currency else { return 0 }
        if currency == nil { currency = given }
        let isPayment = action == .reimburse || action == .reverseReimbursement
        let isElsewhere = isPayment && heldIn != nil && heldIn != given
        if given == currency, !isElsewhere { return fact.amount }
        note(.currencyDiffers)
        return 0
    }

    /// What the claim is to hold now, by its status.
    ///
    /// A waiting claim keeps its reservation, an approved one its approval, any other nothing:
    /// so reserved is always the sum over waiting claims, approved the sum over approved ones.
    private func position(after action: ClaimAction, amount: Int64) -> ClaimPosition {
        var position = ClaimPosition()
        switch status {
        case .absent, .editing, .rejected, .withdrawn: break
        case .approved:
            position.isAnew = action == .approve
            position.approved = position.isAnew ? amount : approved
        case .submitted, .underReview, .actionRequired, .disputed:
            position.isAnew = action == .submit || action == .dispute
            position.reserved = position.isAnew ? submitted : reserved.addingClamped(approved)
        }
        if action == .reimburse { position.paying = amount }
        if action == .reverseReimbursement { position.paying = -amount }
        return position
    }
}

/// What a claim is to hold in its fund account.
struct ClaimPosition: Equatable {
    var reserved: Int64 = 0
    var approved: Int64 = 0
    /// What is paid by this event; negative for a reversal.
    var paying: Int64 = 0
    /// Whether the amounts were set anew, in the account of the claim's present period and
    /// currency; otherwise they stay in the account they are in.
    var isAnew = false
}

extension Int64 {
    /// The sum, held at the ends of the range: a claim's own figures must not trap on a hostile
    /// log, and the account beside it reports the overflow.
    func addingClamped(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : sum
    }

    /// The difference, held at the ends of the range.
    func subtractingClamped(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other > 0 ? .min : .max) : difference
    }
}
