extension Fact {
    /// The fact of an event that was just decided: what a replay reads from its line.
    package init(_ event: Event, names: inout NameTable) {
        let content = event.content
        self.init(kind: content.payload.kind)
        sequence = event.sequence
        occurredAt = content.occurredAt
        recordedAt = event.recordedAt
        program = names.intern(content.source.program.text)
        if let partner = content.source.partner { self.partner = names.intern(partner.text) }
        subject = names.intern(content.subject)
        actor = names.intern(content.actor.id)
        take(content.payload, &names)
    }

    private mutating func take(_ payload: EventPayload, _ names: inout NameTable) {
        switch payload {
        case .partnerEnrolled(let partner): reference = names.intern(partner.name ?? "")
        case .fundsEarned(let earned):
            money(earned.amount)
            day = earned.earnedOn
        case .fundsAdjusted(let adjusted): money(adjusted.amount)
        case .fundsConverted(let converted): money(converted.amount)
        case .fundsRolledOver(let rolled):
            money(rolled.amount)
            period = names.intern(rolled.toPeriod.text)
        case .claimCreated(let draft):
            period = names.intern(draft.period.text)
            activity = names.intern(draft.activity.text)
            money(draft.amount)
            day = draft.activityDate
            inHouseWork = draft.inHouseWork
            thirdPartyVendor = draft.thirdPartyVendor
        case .claimAmended(let changes): take(changes, &names)
        case .claimEvidenceAttached(let evidence):
            reference = names.intern(evidence.evidence.text)
            document = DocumentFact(evidence, names: &names)
        case .associationEvidenceAttached(let evidence):
            reference = names.intern(evidence.evidence.text)
        case .claimEvidenceWithdrawn(let evidence, _): reference = names.intern(evidence.text)
        case .claimSubmitted(let amount), .claimApproved(let amount, _),
            .claimPaymentRequested(let amount):
            money(amount)
        case .claimEndorsed(let step): reference = names.intern(step)
        case .claimExceptionGranted(let rule, _): reference = names.intern(rule)
        case .claimReimbursed(let payment):
            money(payment.amount)
            reference = names.intern(payment.paymentReference)
            day = payment.paidOn
        case .claimReimbursementReversed(let reversal):
            money(reversal.amount)
            reference = names.intern(reversal.paymentReference)
        case .associationCreated(let association):
            activity = names.intern(association.activity.text)
        case .programPublished, .periodClosed, .claimEvidenceRequested, .claimCommentAdded,
            .claimReviewStarted, .claimDocumentsRequested, .claimRejected, .claimDisputed,
            .claimWithdrawn, .associationSubmitted, .associationReviewStarted,
            .associationInformationRequested, .associationApproved, .associationConsentDeclined,
            .associationRejected, .associationDisputed, .associationEnded:
            break
        }
    }

    private mutating func money(_ money: Money) {
        amount = money.minorUnits
        currency = money.currency
    }

    private mutating func take(_ changes: ClaimAmended, _ names: inout NameTable) {
        if let label = changes.period { period = names.intern(label.text) }
        if let id = changes.activity { activity = names.intern(id.text) }
        if let amount = changes.amount { money(amount) }
        day = changes.activityDate
        inHouseWork = changes.inHouseWork
        thirdPartyVendor = changes.thirdPartyVendor
    }
}

extension DocumentFact {
    /// What a fold keeps of an attached document.
    init(_ evidence: EvidenceAttached, names: inout NameTable) {
        self.init()
        kind = evidence.kind
        file = names.intern(evidence.sha256)
        hasNote = evidence.note?.isEmpty == false
        if let invoice = evidence.invoice {
            invoiceNumber = names.intern(invoice.number)
            invoiceVendor = names.intern(invoice.vendor)
            invoiceAmount = invoice.amount.minorUnits
            invoiceCurrency = invoice.amount.currency
        }
        if let metric = evidence.metric {
            metricName = names.intern(metric.name)
            metricValue = names.intern(metric.value)
        }
    }
}
