import ClaimsDomain

/// Reads the typed payload from a `data` tree that has passed the schema table.
struct PayloadReader {
    let data: JSONNode

    func payload(_ kind: EventKind) throws(JSONProblem) -> EventPayload {
        switch kind {
        case .programPublished:
            return .programPublished(try ProgramReader(resolving: .asWritten).program(data))
        case .partnerEnrolled: return .partnerEnrolled(try enrolled())
        case .fundsEarned, .fundsAdjusted, .fundsConverted, .fundsRolledOver, .periodClosed:
            return try fund(kind)
        case .claimCreated: return .claimCreated(try created())
        case .claimAmended: return .claimAmended(try amended())
        case .claimEvidenceRequested:
            return .claimEvidenceRequested(
                EvidenceRequested(
                    from: try data.text("from"), kind: try data.choice("kind"),
                    note: try data.optionalText("note")))
        case .claimEvidenceAttached: return .claimEvidenceAttached(try attached())
        case .claimEvidenceWithdrawn:
            return .claimEvidenceWithdrawn(
                evidence: EvidenceID(try data.text("evidence")), reason: try data.text("reason"))
        case .claimCommentAdded: return .claimCommentAdded(text: try data.text("text"))
        case .claimSubmitted: return .claimSubmitted(amount: try money())
        case .claimReviewStarted: return .claimReviewStarted
        case .claimEndorsed: return .claimEndorsed(step: try data.text("step"))
        case .claimDocumentsRequested: return .claimDocumentsRequested(try request())
        case .claimApproved: return .claimApproved(amount: try money(), reason: try reason())
        case .claimRejected: return .claimRejected(reasons: try reasons())
        case .claimDisputed: return .claimDisputed(reason: try data.text("reason"))
        case .claimWithdrawn: return .claimWithdrawn(reason: try reason())
        case .claimExceptionGranted:
            return .claimExceptionGranted(
                rule: try data.text("rule"), reason: try data.text("reason"))
        case .claimPaymentRequested: return .claimPaymentRequested(amount: try money())
        case .claimReimbursed: return .claimReimbursed(try reimbursed())
        case .claimReimbursementReversed:
            return .claimReimbursementReversed(
                ReimbursementReversed(
                    amount: try money(), paymentReference: try data.text("paymentReference"),
                    reason: try data.text("reason")))
        case .associationCreated, .associationEvidenceAttached, .associationSubmitted,
            .associationReviewStarted, .associationInformationRequested, .associationApproved,
            .associationConsentDeclined, .associationRejected, .associationDisputed,
            .associationEnded:
            return try association(kind)
        }
    }

    private func association(_ kind: EventKind) throws(JSONProblem) -> EventPayload {
        switch kind {
        case .associationCreated: return .associationCreated(try createdAssociation())
        case .associationEvidenceAttached: return .associationEvidenceAttached(try attached())
        case .associationSubmitted: return .associationSubmitted(try completion())
        case .associationReviewStarted: return .associationReviewStarted
        case .associationInformationRequested:
            return .associationInformationRequested(try request())
        case .associationApproved: return .associationApproved(reason: try reason())
        case .associationConsentDeclined: return .associationConsentDeclined(reason: try reason())
        case .associationRejected: return .associationRejected(reasons: try reasons())
        case .associationDisputed: return .associationDisputed(reason: try data.text("reason"))
        default: return .associationEnded(reason: try data.text("reason"))
        }
    }

    private func money() throws(JSONProblem) -> Money {
        Money(minorUnits: try data.whole("amountMinor"), currency: try data.currency("currency"))
    }

    private func reason() throws(JSONProblem) -> String? { try data.optionalText("reason") }

    private func reasons() throws(JSONProblem) -> [String] {
        var reasons: [String] = []
        for element in try data.elements("reasons") { reasons.append(try element.asText()) }
        return reasons
    }

    private func enrolled() throws(JSONProblem) -> PartnerEnrolled {
        PartnerEnrolled(
            name: try data.optionalText("name"), country: try data.optionalText("country"),
            currency: data["currency"] == nil ? nil : try data.currency("currency"))
    }

    private func fund(_ kind: EventKind) throws(JSONProblem) -> EventPayload {
        switch kind {
        case .fundsEarned:
            return .fundsEarned(
                FundsEarned(
                    amount: try money(), earnedOn: try data.day("earnedOn"),
                    reference: try data.optionalText("reference"),
                    lever: try data.optionalText("lever"), eligible: try eligible()))
        case .fundsAdjusted:
            return .fundsAdjusted(
                FundsAdjusted(
                    amount: try money(), reasonCode: try data.text("reasonCode"),
                    reason: try data.text("reason"),
                    reference: try data.optionalText("reference")))
        case .fundsConverted:
            return .fundsConverted(
                FundsConverted(amount: try money(), reason: try data.text("reason")))
        case .fundsRolledOver:
            return .fundsRolledOver(
                FundsRolledOver(
                    amount: try money(), toPeriod: PeriodLabel(try data.text("toPeriod")),
                    reason: try data.text("reason")))
        default: return .periodClosed(try closed())
        }
    }

    private func eligible() throws(JSONProblem) -> Money? {
        guard data["eligibleMinor"] != nil else { return nil }
        return Money(
            minorUnits: try data.whole("eligibleMinor"), currency: try data.currency("currency"))
    }

    private func closed() throws(JSONProblem) -> PeriodClosed {
        var balances: [PeriodClosed.Balance] = []
        for node in try data.elements("balances") {
            var balance = PeriodClosed.Balance(currency: try node.currency("currency"))
            balance.accounts = try node.whole("accounts")
            balance.earned = try node.whole("earnedMinor")
            balance.adjusted = try node.whole("adjustedMinor")
            balance.rolledIn = try node.whole("rolledInMinor")
            balance.rolledOut = try node.whole("rolledOutMinor")
            balance.converted = try node.whole("convertedMinor")
            balance.reserved = try node.whole("reservedMinor")
            balance.approved = try node.whole("approvedMinor")
            balance.paid = try node.whole("paidMinor")
            balance.unclaimed = try node.whole("unclaimedMinor")
            balances.append(balance)
        }
        var closed = PeriodClosed(
            balances: balances, treeSize: try data.whole("treeSize"),
            rootHash: try data.text("rootHash"))
        closed.imported = try data["imported"]?.asFlag()
        return closed
    }

    private func created() throws(JSONProblem) -> ClaimCreated {
        ClaimCreated(
            period: PeriodLabel(try data.text("period")),
            activity: ActivityID(try data.text("activity")), amount: try money(),
            activityDate: try data.day("activityDate"), title: try data.optionalText("title"),
            location: try data.optionalText("location"),
            inHouseWork: try data["inHouseWork"]?.asFlag(),
            thirdPartyVendor: try data["thirdPartyVendor"]?.asFlag(), expenses: try expenses())
    }

    private func expenses() throws(JSONProblem) -> [ClaimExpense]? {
        guard data["expenses"] != nil else { return nil }
        var expenses: [ClaimExpense] = []
        for node in try data.elements("expenses") {
            expenses.append(
                ClaimExpense(
                    type: try node.text("type"), amountMinorUnits: try node.whole("amountMinor"),
                    traveller: try node.optionalText("traveller")))
        }
        return expenses
    }

    private func amended() throws(JSONProblem) -> ClaimAmended {
        var changes = ClaimAmended()
        changes.period = try data.optionalText("period").map { PeriodLabel($0) }
        changes.activity = try data.optionalText("activity").map { ActivityID($0) }
        if data["amountMinor"] != nil { changes.amount = try money() }
        changes.activityDate = try data["activityDate"]?.asDay()
        changes.title = try data.optionalText("title")
        changes.location = try data.optionalText("location")
        changes.inHouseWork = try data["inHouseWork"]?.asFlag()
        changes.thirdPartyVendor = try data["thirdPartyVendor"]?.asFlag()
        changes.expenses = try expenses()
        return changes
    }

    private func attached() throws(JSONProblem) -> EvidenceAttached {
        var invoice: EvidenceAttached.Invoice?
        if let node = data["invoice"] {
            invoice = EvidenceAttached.Invoice(
                number: try node.text("number"), vendor: try node.text("vendor"),
                date: try node.day("date"),
                amount: Money(
                    minorUnits: try node.whole("amountMinor"),
                    currency: try node.currency("currency")))
        }
        var metric: EvidenceAttached.Metric?
        if let node = data["metric"] {
            metric = EvidenceAttached.Metric(
                name: try node.text("name"), value: try node.text("value"))
        }
        return EvidenceAttached(
            evidence: EvidenceID(try data.text("evidence")), kind: try data.choice("kind"),
            filename: try data.text("filename"), mediaType: try data.text("mediaType"),
            size: try data.whole("size"), sha256: try data.text("sha256"),
            note: try data.optionalText("note"), invoice: invoice, metric: metric,
            original: try data["original"]?.asFlag(),
            datedOn: try data["datedOn"]?.asDay())
    }

    private func request() throws(JSONProblem) -> DocumentsRequested {
        var items: [DocumentsRequested.Item] = []
        for node in try data.elements("items") {
            items.append(
                DocumentsRequested.Item(
                    kind: try node.choice("kind"),
                    evidence: try node.optionalText("evidence").map { EvidenceID($0) },
                    reason: try node.text("reason")))
        }
        return DocumentsRequested(
            items: items, dueOn: try data["dueOn"]?.asDay(),
            originals: try data["originals"]?.asFlag())
    }

    private func reimbursed() throws(JSONProblem) -> Reimbursed {
        var rate: Reimbursed.Rate?
        if let node = data["rate"] {
            rate = Reimbursed.Rate(
                from: try node.currency("from"), to: try node.currency("to"),
                value: try node.decimal("value"), date: try node.day("date"))
        }
        var payout: Money?
        if let node = data["payout"] {
            payout = Money(
                minorUnits: try node.whole("amountMinor"), currency: try node.currency("currency"))
        }
        return Reimbursed(
            amount: try money(), paymentReference: try data.text("paymentReference"),
            paidOn: try data.day("paidOn"), rate: rate, payout: payout,
            payer: try data.optionalText("payer"))
    }

    private func products() throws(JSONProblem) -> [String] {
        var products: [String] = []
        for element in try data.elements("products") { products.append(try element.asText()) }
        return products
    }

    private func completion() throws(JSONProblem) -> AssociationSubmitted {
        var changes = AssociationSubmitted()
        if data["products"] != nil { changes.products = try products() }
        changes.details = try associationDetails()
        return changes
    }

    private func createdAssociation() throws(JSONProblem) -> AssociationCreated {
        var association = AssociationCreated(
            customerDomain: try data.text("customerDomain"), tenantID: try data.text("tenantId"),
            solutionArea: try data.text("solutionArea"),
            activity: ActivityID(try data.text("activity")), products: try products())
        association.details = try associationDetails()
        return association
    }

    private func associationDetails() throws(JSONProblem) -> AssociationDetails {
        var details = AssociationDetails()
        details.title = try data.optionalText("title")
        details.subscriptionID = try data.optionalText("subscriptionId")
        details.customerContact = try data.optionalText("customerContact")
        details.partnerContact = try data.optionalText("partnerContact")
        details.technicalContact = try data.optionalText("technicalContact")
        details.solutionSeller = try data.optionalText("solutionSeller")
        details.productName = try data.optionalText("productName")
        details.customerName = try data.optionalText("customerName")
        details.severalSubscriptions = try data["severalSubscriptions"]?.asFlag()
        details.transactionOn = try data["transactionOn"]?.asDay()
        return details
    }
}
