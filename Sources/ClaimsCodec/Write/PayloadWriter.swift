import ClaimsDomain

/// A payload's values, in the order of its type's fields in the schema table.
extension FieldWriter {
    mutating func payload(_ payload: EventPayload) {
        switch payload {
        case .programPublished(let program): self.program(program)
        case .partnerEnrolled(let partner):
            text(partner.name)
            text(partner.country)
            text(partner.currency?.code)
        case .fundsEarned, .fundsAdjusted, .fundsConverted, .fundsRolledOver, .periodClosed:
            fund(payload)
        case .claimCreated(let draft): created(draft)
        case .claimAmended(let changes): amended(changes)
        case .claimEvidenceRequested(let request):
            text(request.from)
            text(request.kind.rawValue)
            text(request.note)
        case .claimEvidenceAttached(let evidence), .associationEvidenceAttached(let evidence):
            attached(evidence)
        case .claimEvidenceWithdrawn(let evidence, let reason):
            text(evidence.text)
            text(reason)
        case .claimCommentAdded(let comment): text(comment)
        case .claimSubmitted(let amount), .claimPaymentRequested(let amount): money(amount)
        case .claimReviewStarted, .associationReviewStarted: break
        case .associationSubmitted(let changes): submitted(changes)
        case .claimEndorsed(let step): text(step)
        case .claimDocumentsRequested(let request), .associationInformationRequested(let request):
            requested(request)
        case .claimApproved(let amount, let reason):
            money(amount)
            text(reason)
        case .claimRejected(let reasons), .associationRejected(let reasons): texts(reasons)
        case .claimDisputed(let reason), .associationDisputed(let reason),
            .associationEnded(let reason):
            text(reason)
        case .claimWithdrawn(let reason), .associationApproved(let reason),
            .associationConsentDeclined(let reason):
            text(reason)
        case .claimExceptionGranted(let rule, let reason):
            text(rule)
            text(reason)
        case .claimReimbursed(let payment): reimbursed(payment)
        case .claimReimbursementReversed(let reversal):
            money(reversal.amount)
            text(reversal.paymentReference)
            text(reversal.reason)
        case .associationCreated(let association): created(association)
        }
    }

    private mutating func fund(_ payload: EventPayload) {
        switch payload {
        case .fundsEarned(let earned):
            money(earned.amount)
            day(earned.earnedOn)
            text(earned.reference)
            text(earned.lever)
            whole(earned.eligible?.minorUnits)
        case .fundsAdjusted(let adjusted):
            money(adjusted.amount)
            text(adjusted.reasonCode)
            text(adjusted.reason)
            text(adjusted.reference)
        case .fundsConverted(let converted):
            money(converted.amount)
            text(converted.reason)
        case .fundsRolledOver(let rolled):
            money(rolled.amount)
            text(rolled.toPeriod.text)
            text(rolled.reason)
        case .periodClosed(let closed):
            objects(closed.balances) { $1.balance($0) }
            whole(closed.treeSize)
            text(closed.rootHash)
            flag(closed.imported)
        default: break
        }
    }

    private mutating func balance(_ balance: PeriodClosed.Balance) {
        text(balance.currency.code)
        whole(balance.accounts)
        whole(balance.earned)
        whole(balance.adjusted)
        whole(balance.rolledIn)
        whole(balance.rolledOut)
        whole(balance.converted)
        whole(balance.reserved)
        whole(balance.approved)
        whole(balance.paid)
        whole(balance.unclaimed)
    }

    private mutating func created(_ draft: ClaimCreated) {
        text(draft.period.text)
        text(draft.activity.text)
        money(draft.amount)
        day(draft.activityDate)
        text(draft.title)
        text(draft.location)
        flag(draft.inHouseWork)
        flag(draft.thirdPartyVendor)
        expenses(draft.expenses)
    }

    private mutating func amended(_ changes: ClaimAmended) {
        text(changes.period?.text)
        text(changes.activity?.text)
        money(changes.amount)
        day(changes.activityDate)
        text(changes.title)
        text(changes.location)
        flag(changes.inHouseWork)
        flag(changes.thirdPartyVendor)
        expenses(changes.expenses)
    }

    private mutating func expenses(_ expenses: [ClaimExpense]?) {
        objects(expenses) { expense, fields in
            fields.text(expense.type)
            fields.whole(expense.amountMinorUnits)
            fields.text(expense.traveller)
        }
    }

    private mutating func attached(_ evidence: EvidenceAttached) {
        text(evidence.evidence.text)
        text(evidence.kind.rawValue)
        text(evidence.filename)
        text(evidence.mediaType)
        whole(evidence.size)
        text(evidence.sha256)
        text(evidence.note)
        object(evidence.invoice) { invoice, fields in
            fields.text(invoice.number)
            fields.text(invoice.vendor)
            fields.day(invoice.date)
            fields.money(invoice.amount)
        }
        object(evidence.metric) { metric, fields in
            fields.text(metric.name)
            fields.text(metric.value)
        }
        flag(evidence.original)
        day(evidence.datedOn)
    }

    private mutating func requested(_ request: DocumentsRequested) {
        objects(request.items) { item, fields in
            fields.text(item.kind.rawValue)
            fields.text(item.evidence?.text)
            fields.text(item.reason)
        }
        day(request.dueOn)
        flag(request.originals)
    }

    private mutating func reimbursed(_ payment: Reimbursed) {
        money(payment.amount)
        text(payment.paymentReference)
        day(payment.paidOn)
        object(payment.rate) { rate, fields in
            fields.text(rate.from.code)
            fields.text(rate.to.code)
            fields.text(rate.value.description)
            fields.day(rate.date)
        }
        object(payment.payout) { $1.money($0) }
        text(payment.payer)
    }

    private mutating func created(_ association: AssociationCreated) {
        text(association.customerDomain)
        text(association.tenantID)
        text(association.solutionArea)
        text(association.activity.text)
        text(association.title)
        texts(association.products)
        rest(of: association.details)
    }

    private mutating func submitted(_ changes: AssociationSubmitted) {
        text(changes.title)
        texts(changes.products)
        rest(of: changes.details)
    }

    /// What stands behind the products.
    private mutating func rest(of details: AssociationDetails) {
        text(details.subscriptionID)
        text(details.customerContact)
        text(details.partnerContact)
        text(details.technicalContact)
        text(details.solutionSeller)
        text(details.productName)
        text(details.customerName)
        flag(details.severalSubscriptions)
        day(details.transactionOn)
    }
}
