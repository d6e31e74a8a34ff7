import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// The associations of a register, a row each.
package func associationTable(_ answer: Answer<AssociationRegister>) -> Table {
    typealias Column = Table.Column
    return Table(
        columns: [
            Column(key: "association", title: "Association", narrowing: .keep),
            Column(key: "program", title: "Program"), Column(key: "partner", title: "Partner"),
            Column(key: "activity", title: "Activity"),
            Column(key: "status", title: "Status", narrowing: .keep, isStatus: true),
            Column(key: "competing", title: "Competing", narrowing: .omit),
            Column(key: "due", title: "Due"),
            Column(key: "dueState", title: "Due state", narrowing: .omit, isStatus: true),
            Column(key: "createdAt", title: "Created", narrowing: .omit),
            Column(key: "submittedAt", title: "Submitted", narrowing: .omit),
            Column(key: "decidedAt", title: "Decided", narrowing: .omit),
            Column(key: "updatedAt", title: "Updated", narrowing: .omit),
            Column(key: "events", title: "Events", alignment: .trailing, narrowing: .omit),
        ], rows: answer.value.rows.map { associationCells($0).map(\.value) },
        title: "Associations", notes: headerNotes(answer), emptyText: "no association matches")
}

private func associationCells(_ row: AssociationRow) -> [(key: String, value: Cell)] {
    [
        ("association", .text(row.association.text)), ("program", .text(row.program.text)),
        ("partner", .text(row.partner.text)), ("activity", .text(row.activity.text)),
        ("status", .text(row.status.rawValue)),
        ("competing", .list(row.competing.map { .text($0.text) })),
        ("due", row.clock.map { .day($0.clock.due) } ?? .missing),
        ("dueState", .text(row.clock?.state.rawValue)),
        ("createdAt", .moment(row.createdAt)),
        ("submittedAt", .moment(row.submittedAt)), ("decidedAt", .moment(row.decidedAt)),
        ("updatedAt", .moment(row.updatedAt)), ("events", .integer(row.events)),
    ]
}

/// One association with what was said of its customer and products.
package func associationDetails(_ answer: Answer<AssociationHistory>) -> Details {
    let history = answer.value
    let titles = [
        "createdAt": "Created", "submittedAt": "Submitted", "decidedAt": "Decided",
        "updatedAt": "Updated", "dueState": "Due state",
    ]
    var fields = associationCells(history.row).map { key, value in
        Details.Field(
            key: key, title: titles[key] ?? key.capitalizedWord, value: value,
            isStatus: ["status", "dueState"].contains(key))
    }
    let created = history.customer
    let evidence = history.events.compactMap { event -> Cell? in
        guard case .associationEvidenceAttached(let document) = event.content.payload else {
            return nil
        }
        return .object([
            ("evidence", .text(document.evidence.text)), ("kind", .text(document.kind.rawValue)),
            ("filename", .text(document.filename)), ("sha256", .text(document.sha256)),
            ("datedOn", document.datedOn.map { .day($0) } ?? .missing),
        ])
    }
    let facts: [(String, String, Cell)] = [
        ("title", "Title", .text(created?.title)),
        ("customerDomain", "Customer domain", .text(created?.customerDomain)),
        ("tenantId", "Tenant", .text(created?.tenantID)),
        ("solutionArea", "Solution area", .text(created?.solutionArea)),
        ("products", "Products", .list((created?.products ?? []).map { .text($0) })),
        ("subscriptionId", "Subscription", .text(created?.subscriptionID)),
        (
            "severalSubscriptions", "Several subscriptions",
            created?.severalSubscriptions.map { .flag($0) } ?? .missing
        ),
        ("customerName", "Customer name", .text(created?.customerName)),
        ("customerContact", "Customer contact", .text(created?.customerContact)),
        ("partnerContact", "Partner contact", .text(created?.partnerContact)),
        ("technicalContact", "Technical contact", .text(created?.technicalContact)),
        ("solutionSeller", "Solution seller", .text(created?.solutionSeller)),
        ("productName", "Product name", .text(created?.productName)),
        ("transactionOn", "Transaction on", created?.transactionOn.map { .day($0) } ?? .missing),
        ("payment", "Payment", .text(history.row.isWithoutPayment == true ? "none" : nil)),
        ("clock", "Clock", .text(history.row.clock?.text)),
        ("evidence", "Evidence", .list(evidence)),
    ]
    fields += facts.map { Details.Field(key: $0, title: $1, value: $2) }
    return Details(
        fields: fields, title: "Association \(history.row.association)",
        notes: headerNotes(answer))
}

extension AssociationHistory {
    /// What was said of the customer, with what came with submissions; nil when it was never
    /// created.
    fileprivate var customer: AssociationCreated? {
        var customer: AssociationCreated?
        for event in events {
            switch event.content.payload {
            case .associationCreated(let created): customer = customer ?? created
            case .associationSubmitted(let changes): customer?.take(changes)
            default: continue
            }
        }
        return customer
    }
}
