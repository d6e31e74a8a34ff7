extension Command {
    /// The type of event it asks for.
    package var eventKind: EventKind {
        switch self {
        case .publish: .programPublished
        case .enroll: .partnerEnrolled
        case .fund(let command, _, _, _): command.eventKind
        case .create: .claimCreated
        case .claim(_, let command): command.action.eventKind
        case .createAssociation: .associationCreated
        case .association(_, let command): command.action.eventKind
        case .closePeriod: .periodClosed
        }
    }

    /// The id of what it is about.
    package var subject: String {
        switch self {
        case .publish(let program): program.id.text
        case .enroll(_, let partner, _): partner.text
        case .fund(_, _, _, let period), .closePeriod(_, let period, _): period.text
        case .create(let id, _, _, _): id.text
        case .claim(let id, _): id.text
        case .createAssociation(let id, _, _, _), .association(let id, _): id.text
        }
    }

    /// What it asks to be recorded, without deciding it; what it leaves open is taken from a
    /// recorded payload.
    ///
    /// Left open are amounts that are all there is, and what only a decision computes: balances at
    /// closing, co-op shares, conversions. nil when the recorded payload is of another type.
    package func draft(like recorded: EventPayload) -> EventPayload? {
        guard recorded.kind == eventKind else { return nil }
        switch self {
        case .publish(let program): return .programPublished(program)
        case .enroll(_, _, let partner): return .partnerEnrolled(partner)
        case .fund(let command, _, _, _): return command.draft(like: recorded)
        case .create(_, _, _, let draft): return .claimCreated(draft)
        case .claim(_, let command): return command.draft(like: recorded)
        case .createAssociation(_, _, _, let association): return .associationCreated(association)
        case .association(_, let command): return ClaimsDesk.payload(command)
        case .closePeriod: return recorded
        }
    }
}

extension FundCommand {
    fileprivate var eventKind: EventKind {
        switch self {
        case .earn, .earnShare: .fundsEarned
        case .adjust: .fundsAdjusted
        case .convert, .convertBelowThreshold: .fundsConverted
        case .rollover: .fundsRolledOver
        }
    }

    fileprivate func draft(like recorded: EventPayload) -> EventPayload {
        switch (self, recorded) {
        case (.earn(let earned), _): .fundsEarned(earned)
        case (.earnShare(let eligible, let earnedOn, let reference, let lever), let recorded):
            .fundsEarned(
                FundsEarned(
                    amount: recorded.amount ?? eligible, earnedOn: earnedOn, reference: reference,
                    lever: lever, eligible: eligible))
        case (.adjust(let adjusted), _): .fundsAdjusted(adjusted)
        case (.convert(let converted), _): .fundsConverted(converted)
        case (.convertBelowThreshold(let reason), .fundsConverted(let converted)):
            .fundsConverted(
                FundsConverted(amount: converted.amount, reason: reason ?? converted.reason))
        case (.convertBelowThreshold, let recorded): recorded
        case (.rollover(let rolled), _): .fundsRolledOver(rolled)
        }
    }
}

extension ClaimCommand {
    fileprivate func draft(like recorded: EventPayload) -> EventPayload {
        switch self {
        case .amend(let changes): return .claimAmended(changes)
        case .requestEvidence(let request): return .claimEvidenceRequested(request)
        case .attach(let evidence): return .claimEvidenceAttached(evidence)
        case .detach(let evidence, let reason):
            return .claimEvidenceWithdrawn(evidence: evidence, reason: reason)
        case .comment(let text): return .claimCommentAdded(text: text)
        case .submit(let amount):
            return (amount ?? recorded.amount).map { .claimSubmitted(amount: $0) } ?? recorded
        case .startReview: return .claimReviewStarted
        case .endorse(let step): return .claimEndorsed(step: step)
        case .requestDocuments(let request): return .claimDocumentsRequested(request)
        case .approve(let amount, let reason):
            return (amount ?? recorded.amount).map { .claimApproved(amount: $0, reason: reason) }
                ?? recorded
        case .reject(let reasons): return .claimRejected(reasons: reasons)
        case .dispute(let reason): return .claimDisputed(reason: reason)
        case .withdraw(let reason): return .claimWithdrawn(reason: reason)
        case .grantException(let rule, let reason):
            return .claimExceptionGranted(rule: rule, reason: reason)
        case .requestPayment(let amount):
            return (amount ?? recorded.amount).map { .claimPaymentRequested(amount: $0) }
                ?? recorded
        case .reimburse, .reverseReimbursement: return paymentDraft(like: recorded)
        }
    }

    private func paymentDraft(like recorded: EventPayload) -> EventPayload {
        switch (self, recorded) {
        case (
            .reimburse(let amount, let reference, let paidOn, let rate, let payer),
            .claimReimbursed(var payment)
        ):
            // An amount in the currency of the payout is the payout; what it settles was computed.
            if let amount, payment.payout?.currency == amount.currency {
                payment.payout = amount
            } else if let amount {
                payment.amount = amount
            }
            payment.paymentReference = reference
            payment.paidOn = paidOn ?? payment.paidOn
            payment.rate = rate
            payment.payer = payer
            return .claimReimbursed(payment)
        case (
            .reverseReimbursement(let amount, let reference, let reason),
            .claimReimbursementReversed(let reversal)
        ):
            return .claimReimbursementReversed(
                ReimbursementReversed(
                    amount: amount ?? reversal.amount, paymentReference: reference, reason: reason))
        default: return recorded
        }
    }
}

extension EventPayload {
    /// The amount of an event that may be asked for without naming one.
    fileprivate var amount: Money? {
        switch self {
        case .fundsEarned(let earned): earned.amount
        case .claimSubmitted(let amount), .claimApproved(let amount, _),
            .claimPaymentRequested(let amount):
            amount
        default: nil
        }
    }
}

extension ClaimAction {
    /// The type of the events it appends.
    fileprivate var eventKind: EventKind {
        EventKind.allCases.first { ClaimAction($0) == self } ?? .claimCommentAdded
    }
}

extension AssociationAction {
    /// The type of the events it appends.
    fileprivate var eventKind: EventKind {
        EventKind.allCases.first { AssociationAction($0) == self } ?? .associationEnded
    }
}
