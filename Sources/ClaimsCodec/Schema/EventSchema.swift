package import ClaimsDomain

/// The schema table: the fields of each event type, in the order they are written.
///
/// The one place for field names: the writer, both readers, the JSON Schemas and the event
/// catalogue are driven by it. Source: design, section 4.
package enum EventSchema {
    /// The fields of `data` of an event type, `role` last.
    package static func fields(of kind: EventKind) -> [Field] { table[kind.ordinal] }

    private static let table: [[Field]] = EventKind.byOrdinal.map { fields($0) + [role] }

    private static let role = Field(
        "role", .identifier, required: false, "in what role the actor did it")

    private static func fields(_ kind: EventKind) -> [Field] {
        switch kind {
        case .programPublished: ProgramSchema.fields
        case .partnerEnrolled:
            [
                Field(
                    "name", .note, required: false, role: .reference, "the company's public name"),
                Field("country", .identifier, required: false, "ISO 3166 alpha-2 code"),
                Field("currency", .currency, required: false, "the partner's payment currency"),
            ]
        case .fundsEarned, .fundsAdjusted, .fundsConverted, .fundsRolledOver, .periodClosed:
            fundFields(kind)
        case .claimCreated, .claimAmended:
            claimFields(required: kind == .claimCreated)
        case .claimEvidenceRequested, .claimEvidenceAttached, .claimEvidenceWithdrawn,
            .associationEvidenceAttached:
            evidenceFields(kind)
        case .claimCommentAdded: [Field("text", .note, "the comment")]
        case .claimSubmitted, .claimPaymentRequested: amount
        case .claimReviewStarted, .associationReviewStarted: []
        case .claimEndorsed:
            [Field("step", .identifier, role: .reference, "which approval of several")]
        case .claimDocumentsRequested, .associationInformationRequested: request
        case .claimApproved: amount + [reason(required: false)]
        case .claimRejected, .associationRejected:
            [Field("reasons", .list(.note, atLeast: 1), "why, each in a sentence")]
        case .claimDisputed, .associationDisputed, .associationEnded: [reason()]
        case .claimWithdrawn, .associationApproved, .associationConsentDeclined:
            [reason(required: false)]
        case .claimExceptionGranted:
            [
                Field("rule", .identifier, role: .reference, "the rule that is overridden"),
                reason(),
            ]
        case .claimReimbursed, .claimReimbursementReversed: paymentFields(kind)
        case .associationCreated: association
        case .associationSubmitted: associationCompletion
        }
    }

    private static let amount = [
        Field("amountMinor", .amount, role: .amount, "minor units of the currency"),
        Field("currency", .currency, role: .currency, "ISO 4217 code"),
    ]

    private static func reason(required: Bool = true) -> Field {
        Field("reason", .note, required: required, "why")
    }

    private static let reference = Field(
        "reference", .identifier, required: false, "the id of the fact in the system it came from")

    private static func fundFields(_ kind: EventKind) -> [Field] {
        switch kind {
        case .fundsEarned:
            amount + [
                Field("earnedOn", .day, role: .day, "the day the funds were earned"), reference,
                Field("lever", .identifier, required: false, "the earning rule"),
                Field(
                    "eligibleMinor", .amount, required: false, role: .eligible,
                    "the earnings the amount is the co-op share of; the rest is rebate"),
            ]
        case .fundsAdjusted:
            [
                Field("amountMinor", .signedAmount, role: .amount, "minor units, up or down"),
                amount[1], Field("reasonCode", .identifier, "the kind of adjustment"), reason(),
                reference,
            ]
        case .fundsRolledOver:
            amount + [
                Field("toPeriod", .identifier, role: .period, "the period it moves to"), reason(),
            ]
        case .periodClosed: closing
        default: amount + [reason()]
        }
    }

    private static let closing: [Field] = [
        Field(
            "balances",
            .list(
                .object(
                    [
                        Field("currency", .currency, "ISO 4217 code"),
                        Field("accounts", .count, "number of fund accounts summed"),
                    ]
                        + [
                            "earnedMinor", "adjustedMinor", "rolledInMinor", "rolledOutMinor",
                            "convertedMinor", "reservedMinor", "approvedMinor", "paidMinor",
                            "unclaimedMinor",
                        ].map { Field($0, .signedAmount, "sum in minor units") }), atLeast: 0),
            "the sums over all accounts of the period, by currency"),
        Field("treeSize", .count, "the number of events before this one"),
        Field("rootHash", .identifier, "RFC 6962 root over those events, base64"),
        Field(
            "imported", .flag, required: false,
            "whether it was taken over from another log, whose tree it names then"),
    ]

    private static func claimFields(required: Bool) -> [Field] {
        [
            Field("period", .identifier, required: required, role: .period, "the usage period"),
            Field(
                "activity", .identifier, required: required, role: .activity,
                "the activity of the program's catalogue"),
            Field(
                "amountMinor", .amount, required: required, role: .amount,
                "minor units of the currency"),
            Field("currency", .currency, required: required, role: .currency, "ISO 4217 code"),
            Field("activityDate", .day, required: required, role: .day, "when it took place"),
            Field("title", .note, required: false, "what it was"),
            Field("location", .note, required: false, "the partner's location"),
            Field(
                "inHouseWork", .flag, required: false, role: .inHouseWork,
                "done by the partner's own staff"),
            Field(
                "thirdPartyVendor", .flag, required: false, role: .thirdPartyVendor,
                "done by an outside vendor"),
            Field(
                "expenses", .list(.object(expense), atLeast: 1), required: false, role: .expenses,
                "what the amount is made up of, for caps by type or traveller"),
        ]
    }

    private static let expense: [Field] = [
        Field("type", .identifier, "the type, as the activity's rules name it"),
        Field("amountMinor", .amount, "minor units of the claim's currency"),
        Field("traveller", .identifier, required: false, "whose travel it was, an opaque id"),
    ]

    /// An amount inside an object: no fold takes it.
    private static let money: [Field] = [
        Field("amountMinor", .amount, "minor units of the currency"),
        Field("currency", .currency, "ISO 4217 code"),
    ]

    private static func paymentFields(_ kind: EventKind) -> [Field] {
        let payment =
            amount + [
                Field("paymentReference", .identifier, role: .reference, "the payment's own id")
            ]
        guard kind == .claimReimbursed else { return payment + [reason()] }
        let rate: [Field] = [
            Field("from", .currency, "one unit of this"), Field("to", .currency, "is worth these"),
            Field("value", .decimal, "units of 'to' for one of 'from'"),
            Field("date", .day, "the day of the rate"),
        ]
        return payment + [
            Field("paidOn", .day, role: .day, "the day the money was sent"),
            Field("rate", .object(rate), required: false, "the exchange rate of the payment"),
            Field(
                "payout", .object(money), required: false,
                "what was paid, where that was in another currency than the claim's"),
            Field("payer", .identifier, required: false, "which entity paid, an opaque id"),
        ]
    }
}

// MARK: - Evidence and associations

extension EventSchema {
    private static let evidenceID = Field(
        "evidence", .identifier, role: .evidence, "the document's id")
    private static let evidenceKind = Field(
        "kind", .evidenceKind, role: .documentKind, "the kind of document")

    private static func evidenceFields(_ kind: EventKind) -> [Field] {
        switch kind {
        case .claimEvidenceRequested:
            [
                Field("from", .identifier, "who is asked, an opaque id"), evidenceKind,
                Field("note", .note, required: false, "what is needed"),
            ]
        case .claimEvidenceWithdrawn: [evidenceID, Field("reason", .note, "why")]
        default: attachment
        }
    }

    private static let attachment: [Field] = [
        evidenceID, evidenceKind,
        Field("filename", .identifier, "the file's name, without a path"),
        Field("mediaType", .identifier, "such as application/pdf"),
        Field("size", .count, "bytes"),
        Field("sha256", .sha256, role: .file, "SHA-256 of the file"),
        Field("note", .note, required: false, role: .note, "what it shows"),
        Field(
            "invoice",
            .object([
                Field("number", .identifier, role: .invoiceNumber, "the invoice number"),
                Field("vendor", .identifier, role: .invoiceVendor, "who issued it"),
                Field("date", .day, "the invoice date"),
                Field(
                    "amountMinor", .amount, role: .invoiceAmount, "minor units of the currency"),
                Field("currency", .currency, role: .invoiceCurrency, "ISO 4217 code"),
            ]), required: false, role: .invoice, "the facts of an invoice"),
        Field(
            "metric",
            .object([
                Field("name", .identifier, role: .metricName, "what was measured"),
                Field("value", .note, role: .metricValue, "the number or summary"),
            ]), required: false, role: .metric, "a metric the activity has to report"),
        Field(
            "original", .flag, required: false, role: .original,
            "whether the original on paper was handed in with it"),
        Field(
            "datedOn", .day, required: false, role: .day,
            "the date the document bears, such as that of a signature"),
    ]

    private static let request: [Field] = [
        Field(
            "items",
            .list(
                .object([
                    evidenceKind,
                    Field(
                        "evidence", .identifier, required: false, role: .itemEvidence,
                        "the document that falls short"),
                    Field("reason", .note, "what is wanted"),
                ]), atLeast: 1), role: .items, "what is asked for, item by item"),
        Field("dueOn", .day, required: false, role: .day, "the day to answer by"),
        Field(
            "originals", .flag, required: false, role: .originals, "whether originals are wanted"),
    ]

    private static let association: [Field] =
        [
            association(.customerDomain, .identifier, "the customer's domain"),
            association(.tenantID, .identifier, role: .tenant, "the customer's directory"),
            association(.solutionArea, .identifier, role: .solutionArea, "such as Microsoft 365"),
            Field(
                AssociationField.activity.rawValue, .identifier, role: .activity,
                "pre-sales, usage, revenue association"),
            titleField,
            association(
                .products, .list(.identifier, atLeast: 1), role: .products,
                "products or workloads"),
        ] + customerFields

    /// What may complete or correct an association when it is handed in.
    private static let associationCompletion: [Field] =
        [
            titleField,
            Field(
                AssociationField.products.rawValue, .list(.identifier, atLeast: 1),
                required: false, role: .products,
                "all products or workloads, in place of those before"),
        ] + customerFields

    private static let titleField = optional(.title, .note, "the association's name")

    private static let customerFields: [Field] = [
        optional(
            .subscriptionID, .identifier, role: .subscription, "of several subscriptions, which"),
        optional(.customerContact, .identifier, "an opaque id"),
        optional(.partnerContact, .identifier, "an opaque id"),
        optional(.technicalContact, .identifier, "an opaque id"),
        optional(.solutionSeller, .identifier, "an opaque id"),
        optional(.productName, .identifier, "the ISV's product or solution"),
        optional(.customerName, .identifier, "the customer's public name"),
        optional(
            .severalSubscriptions, .flag, role: .severalSubscriptions,
            "whether a product has several subscriptions there"),
        optional(
            .transactionOn, .day, role: .transactionOn, "the day of the sale it is claimed for"),
    ]

    private static func association(
        _ field: AssociationField, _ type: FieldType, role: FactRole = .none, _ summary: String
    ) -> Field {
        Field(field.rawValue, type, role: role, summary)
    }

    private static func optional(
        _ field: AssociationField, _ type: FieldType, role: FactRole = .none, _ summary: String
    ) -> Field {
        Field(field.rawValue, type, required: false, role: role, summary)
    }
}
