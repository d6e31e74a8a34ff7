import ClaimsDomain

/// A payload's fields by name.
///
/// What is nil is left out; the schema table gives the order.
struct PayloadValues {
    private var values: [String: WireValue] = [:]

    subscript(name: String) -> WireValue? { values[name] }

    mutating func text(_ name: String, _ text: String?) {
        values[name] = text.map(WireValue.text)
    }

    mutating func flag(_ name: String, _ flag: Bool?) {
        values[name] = flag.map(WireValue.flag)
    }

    mutating func whole(_ name: String, _ whole: Int64?) {
        values[name] = whole.map(WireValue.whole)
    }

    mutating func money(_ money: Money?) {
        whole("amountMinor", money?.minorUnits)
        text("currency", money?.currency.code)
    }

    mutating func list(_ name: String, _ texts: [String]) {
        values[name] = .list(texts.map(WireValue.text))
    }

    mutating func set(_ name: String, _ value: WireValue?) { values[name] = value }

    /// The fields that are there, in the order of a schema.
    func object(_ names: [String]) -> WireValue {
        .object(names.compactMap { name in values[name].map { (name, $0) } })
    }

    init() {}

    init(_ payload: EventPayload) {
        switch payload {
        case .programPublished(let program): self = ProgramWriter.values(program)
        case .partnerEnrolled(let partner):
            text("name", partner.name)
            text("country", partner.country)
            text("currency", partner.currency?.code)
        case .fundsEarned, .fundsAdjusted, .fundsConverted, .fundsRolledOver, .periodClosed:
            fund(payload)
        case .claimCreated(let draft): created(draft)
        case .claimAmended(let changes): amended(changes)
        case .claimEvidenceRequested(let request):
            text("from", request.from)
            text("kind", request.kind.rawValue)
            text("note", request.note)
        case .claimEvidenceAttached(let evidence), .associationEvidenceAttached(let evidence):
            attached(evidence)
        case .claimEvidenceWithdrawn(let evidence, let reason):
            text("evidence", evidence.text)
            text("reason", reason)
        case .claimCommentAdded(let comment): text("text", comment)
        case .claimSubmitted(let amount), .claimPaymentRequested(let amount): money(amount)
        case .claimReviewStarted, .associationReviewStarted: break
        case .associationSubmitted(let changes): submitted(changes)
        case .claimEndorsed(let step): text("step", step)
        case .claimDocumentsRequested(let request), .associationInformationRequested(let request):
            requested(request)
        case .claimApproved(let amount, let reason):
            money(amount)
            text("reason", reason)
        case .claimRejected(let reasons), .associationRejected(let reasons):
            list("reasons", reasons)
        case .claimDisputed(let reason), .associationDisputed(let reason),
            .associationEnded(let reason):
            text("reason", reason)
        case .claimWithdrawn(let reason), .associationApproved(let reason),
            .associationConsentDeclined(let reason):
            text("reason", reason)
        case .claimExceptionGranted(let rule, let reason):
            text("rule", rule)
            text("reason", reason)
        case .claimReimbursed(let payment): reimbursed(payment)
        case .claimReimbursementReversed(let reversal):
            money(reversal.amount)
            text("paymentReference", reversal.paymentReference)
            text("reason", reversal.reason)
        case .associationCreated(let association): created(association)
        }
    }
}

extension PayloadValues {
    private mutating func fund(_ payload: EventPayload) {
        switch payload {
        case .fundsEarned(let earned):
            money(earned.amount)
            text("earnedOn", earned.earnedOn.description)
            text("reference", earned.reference)
            text("lever", earned.lever)
            whole("eligibleMinor", earned.eligible?.minorUnits)
        case .fundsAdjusted(let adjusted):
            money(adjusted.amount)
            text("reasonCode", adjusted.reasonCode)
            text("reason", adjusted.reason)
            text("reference", adjusted.reference)
        case .fundsConverted(let converted):
            money(converted.amount)
            text("reason", converted.reason)
        case .fundsRolledOver(let rolled):
            money(rolled.amount)
            text("toPeriod", rolled.toPeriod.text)
            text("reason", rolled.reason)
        case .periodClosed(let closed):
            set("balances", .list(closed.balances.map(Self.balance)))
            whole("treeSize", closed.treeSize)
            text("rootHash", closed.rootHash)
        default: break
        }
    }

    private static func balance(_ balance: PeriodClosed.Balance) -> WireValue {
        .object([
            ("currency", .text(balance.currency.code)), ("accounts", .whole(balance.accounts)),
            ("earnedMinor", .whole(balance.earned)), ("adjustedMinor", .whole(balance.adjusted)),
            ("rolledInMinor", .whole(balance.rolledIn)),
            ("rolledOutMinor", .whole(balance.rolledOut)),
            ("convertedMinor", .whole(balance.converted)),
            ("reservedMinor", .whole(balance.reserved)),
            ("approvedMinor", .whole(balance.approved)), ("paidMinor", .whole(balance.paid)),
            ("unclaimedMinor", .whole(balance.unclaimed)),
        ])
    }

    private mutating func created(_ draft: ClaimCreated) {
        text("period", draft.period.text)
        text("activity", draft.activity.text)
        money(draft.amount)
        text("activityDate", draft.activityDate.description)
        text("title", draft.title)
        text("location", draft.location)
        flag("inHouseWork", draft.inHouseWork)
        flag("thirdPartyVendor", draft.thirdPartyVendor)
        expenses(draft.expenses)
    }

    private mutating func amended(_ changes: ClaimAmended) {
        text("period", changes.period?.text)
        text("activity", changes.activity?.text)
        money(changes.amount)
        text("activityDate", changes.activityDate?.description)
        text("title", changes.title)
        text("location", changes.location)
        flag("inHouseWork", changes.inHouseWork)
        flag("thirdPartyVendor", changes.thirdPartyVendor)
        expenses(changes.expenses)
    }

    private mutating func expenses(_ expenses: [ClaimExpense]?) {
        let rows = expenses?.map { expense in
            var values = PayloadValues()
            values.text("type", expense.type)
            values.whole("amountMinor", expense.amountMinorUnits)
            values.text("traveller", expense.traveller)
            return values.object(["type", "amountMinor", "traveller"])
        }
        set("expenses", rows.map(WireValue.list))
    }

    private mutating func attached(_ evidence: EvidenceAttached) {
        text("evidence", evidence.evidence.text)
        text("kind", evidence.kind.rawValue)
        text("filename", evidence.filename)
        text("mediaType", evidence.mediaType)
        whole("size", evidence.size)
        text("sha256", evidence.sha256)
        text("note", evidence.note)
        text("datedOn", evidence.datedOn?.description)
        if let invoice = evidence.invoice {
            set(
                "invoice",
                .object([
                    ("number", .text(invoice.number)), ("vendor", .text(invoice.vendor)),
                    ("date", .text(invoice.date.description)),
                    ("amountMinor", .whole(invoice.amount.minorUnits)),
                    ("currency", .text(invoice.amount.currency.code)),
                ]))
        }
        if let metric = evidence.metric {
            set(
                "metric",
                .object([("name", .text(metric.name)), ("value", .text(metric.value))]))
        }
        flag("original", evidence.original)
    }

    private mutating func requested(_ request: DocumentsRequested) {
        let items = request.items.map { item in
            var values = PayloadValues()
            values.text("kind", item.kind.rawValue)
            values.text("evidence", item.evidence?.text)
            values.text("reason", item.reason)
            return values.object(["kind", "evidence", "reason"])
        }
        set("items", .list(items))
        text("dueOn", request.dueOn?.description)
        flag("originals", request.originals)
    }

    private mutating func reimbursed(_ payment: Reimbursed) {
        money(payment.amount)
        text("paymentReference", payment.paymentReference)
        text("paidOn", payment.paidOn.description)
        set(
            "payout",
            payment.payout.map {
                .object([
                    ("amountMinor", .whole($0.minorUnits)), ("currency", .text($0.currency.code)),
                ])
            })
        text("payer", payment.payer)
        guard let rate = payment.rate else { return }
        set(
            "rate",
            .object([
                ("from", .text(rate.from.code)), ("to", .text(rate.to.code)),
                ("value", .text(rate.value.description)), ("date", .text(rate.date.description)),
            ]))
    }

    private mutating func created(_ association: AssociationCreated) {
        text("customerDomain", association.customerDomain)
        text("tenantId", association.tenantID)
        text("solutionArea", association.solutionArea)
        text("activity", association.activity.text)
        text("title", association.title)
        list("products", association.products)
        text("subscriptionId", association.subscriptionID)
        text("customerContact", association.customerContact)
        text("partnerContact", association.partnerContact)
        text("technicalContact", association.technicalContact)
        text("solutionSeller", association.solutionSeller)
        text("productName", association.productName)
        text("customerName", association.customerName)
        flag("severalSubscriptions", association.severalSubscriptions)
        text("transactionOn", association.transactionOn?.description)
    }

    private mutating func submitted(_ changes: AssociationSubmitted) {
        text("title", changes.title)
        if let products = changes.products { list("products", products) }
        text("subscriptionId", changes.subscriptionID)
        text("customerContact", changes.customerContact)
        text("partnerContact", changes.partnerContact)
        text("technicalContact", changes.technicalContact)
        text("solutionSeller", changes.solutionSeller)
        text("productName", changes.productName)
        text("customerName", changes.customerName)
        flag("severalSubscriptions", changes.severalSubscriptions)
        text("transactionOn", changes.transactionOn?.description)
    }
}
