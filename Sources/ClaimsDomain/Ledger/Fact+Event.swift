extension Fact {
    /// The fact of an event that was just decided: what a replay reads from its line.
    package init(
        _ event: Event, names: inout NameTable, documents: inout DocumentNames
    ) {
        let content = event.content
        self.init(kind: content.payload.kind)
        sequence = event.sequence
        occurredAt = content.occurredAt
        recordedAt = event.recordedAt
        program = names.intern(content.source.program.text)
        if let partner = content.source.partner { self.partner = names.intern(partner.text) }
        subject = names.intern(content.subject)
        actor = names.intern(content.actor.id)
        take(content.payload, &names, &documents)
    }

    private mutating func take(
        _ payload: EventPayload, _ names: inout NameTable, _ documents: inout DocumentNames
    ) {
        switch payload {
        case .partnerEnrolled(let partner): reference = names.intern(partner.name ?? "")
        case .fundsEarned(let earned):
            money(earned.amount)
            day = earned.earnedOn
            if let eligible = earned.eligible { self.eligible = eligible.minorUnits }
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
            take(draft.expenses, &names)
        case .claimAmended(let changes): take(changes, &names)
        case .claimEvidenceAttached(let evidence), .associationEvidenceAttached(let evidence):
            self.evidence = documents.intern(evidence.evidence.text)
            document = DocumentFact(evidence, names: &names, documents: &documents)
            day = evidence.datedOn
        case .claimDocumentsRequested(let request):
            day = request.dueOn
            self.request = RequestFact(request, documents: &documents)
        case .associationInformationRequested(let request): day = request.dueOn
        case .claimEvidenceWithdrawn(let evidence, _):
            self.evidence = documents.intern(evidence.text)
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
            self.association = AssociationFact(association, names: &names)
        case .associationSubmitted(let changes):
            association = AssociationFact(changes, names: &names)
        case .programPublished, .periodClosed, .claimEvidenceRequested, .claimCommentAdded,
            .claimReviewStarted, .claimRejected, .claimDisputed, .claimWithdrawn,
            .associationReviewStarted, .associationApproved, .associationConsentDeclined,
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
        take(changes.expenses, &names)
    }

    private mutating func take(_ expenses: [ClaimExpense]?, _ names: inout NameTable) {
        guard let expenses else { return }
        var facts: [ExpenseFact] = []
        for expense in expenses {
            facts.append(
                ExpenseFact(
                    type: names.intern(expense.type),
                    traveller: expense.traveller.map { names.intern($0) } ?? .none,
                    amount: expense.amountMinorUnits))
        }
        self.expenses = facts
    }
}

extension DocumentFact {
    /// What a fold keeps of an attached document.
    init(
        _ evidence: EvidenceAttached, names: inout NameTable, documents: inout DocumentNames
    ) {
        self.init()
        kind = evidence.kind
        file = documents.intern(evidence.sha256)
        hasNote = evidence.note?.isEmpty == false
        if let invoice = evidence.invoice {
            invoiceNumber = documents.intern(invoice.number)
            invoiceVendor = documents.intern(invoice.vendor)
            invoiceAmount = invoice.amount.minorUnits
            invoiceCurrency = invoice.amount.currency
        }
        if let metric = evidence.metric {
            metricName = names.intern(metric.name)
            metricValue = names.intern(metric.value)
        }
        isOriginal = evidence.original == true
    }
}

extension RequestFact {
    /// What a fold keeps of a request for documents.
    init(_ request: DocumentsRequested, documents: inout DocumentNames) {
        self.init()
        for item in request.items {
            items.append(
                Item(
                    kind: item.kind,
                    evidence: item.evidence.map { documents.intern($0.text) } ?? .none))
        }
        originals = request.originals == true
    }
}

extension AssociationFact {
    /// What a fold keeps of an association's fields.
    init(_ created: AssociationCreated, names: inout NameTable) {
        var others = AssociationSubmitted()
        others.products = created.products
        others.details = created.details
        self.init(others, names: &names)
        tenant = names.intern(created.tenantID)
        solutionArea = names.intern(created.solutionArea)
        let always: [AssociationField] = [.customerDomain, .tenantID, .solutionArea, .activity]
        for field in always { given.insert(AssociationFields(field)) }
    }

    /// What a fold keeps of the fields that complete or correct it.
    init(_ changes: AssociationSubmitted, names: inout NameTable) {
        self.init()
        if let products = changes.products {
            self.products = names.intern(products.joined(separator: String(Self.separator)))
        }
        if let subscription = changes.subscriptionID {
            self.subscription = names.intern(subscription)
        }
        severalSubscriptions = changes.severalSubscriptions
        transactionOn = changes.transactionOn
        given = changes.given
    }
}
