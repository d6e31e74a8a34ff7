import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// The claims of a register, a row each.
package func claimTable(_ answer: Answer<ClaimRegister>) -> Table {
    typealias Column = Table.Column
    let columns = [
        Column(key: "claim", title: "Claim", narrowing: .keep),
        Column(key: "program", title: "Program"),
        Column(key: "partner", title: "Partner"),
        Column(key: "period", title: "Period", narrowing: .keep),
        Column(key: "activity", title: "Activity"),
        Column(key: "status", title: "Status", narrowing: .keep, isStatus: true),
        Column(key: "payment", title: "Payment", narrowing: .omit, isStatus: true),
        Column(key: "currency", title: "Cur", narrowing: .keep),
        Column(key: "amount", title: "Amount", alignment: .trailing, narrowing: .keep),
        Column(key: "approved", title: "Approved", alignment: .trailing, narrowing: .omit),
        Column(key: "paid", title: "Paid", alignment: .trailing, narrowing: .omit),
        Column(key: "createdAt", title: "Created", narrowing: .omit),
        Column(key: "submittedAt", title: "Submitted", narrowing: .omit),
        Column(key: "decidedAt", title: "Decided", narrowing: .omit),
        Column(key: "updatedAt", title: "Updated", narrowing: .omit),
        Column(key: "events", title: "Events", alignment: .trailing, narrowing: .omit),
    ]
    return Table(
        columns: columns, rows: answer.value.rows.map { claimCells($0).map(\.value) },
        title: "Claims", notes: headerNotes(answer), emptyText: "no claim matches")
}

/// A claim's fields under the names of the JSON contract, in its order.
func claimCells(_ row: ClaimRow) -> [(key: String, value: Cell)] {
    [
        ("claim", .text(row.claim.text)), ("program", .text(row.program.text)),
        ("partner", .text(row.partner.text)), ("period", .text(row.period.text)),
        ("activity", .text(row.activity.text)), ("status", .text(row.status)),
        ("payment", .text(row.payment.rawValue)), ("currency", .text(row.currency?.code)),
        ("amount", .money(row.amount, row.currency)),
        ("approved", .money(row.approved, row.currency)), ("paid", .money(row.paid, row.currency)),
        ("createdAt", .moment(row.createdAt)), ("submittedAt", .moment(row.submittedAt)),
        ("decidedAt", .moment(row.decidedAt)), ("updatedAt", .moment(row.updatedAt)),
        ("events", .integer(row.events)),
    ]
}

/// One claim with its latest facts: the documents it has and what reviewers said.
package func claimDetails(_ answer: Answer<ClaimHistory>) -> Details {
    let history = answer.value
    let row = history.row
    let file = ClaimDocuments(history.events)
    let requests = history.rounds.map(requestCell)
    let titles = [
        "claim": "Claim", "createdAt": "Created", "submittedAt": "Submitted",
        "decidedAt": "Decided", "updatedAt": "Updated",
    ]
    var fields = claimCells(row).map { key, value in
        Details.Field(
            key: key, title: titles[key] ?? key.capitalizedWord, value: value,
            isStatus: ["status", "payment"].contains(key))
    }
    fields += [
        Details.Field(key: "title", title: "Title", value: .text(file.title)),
        Details.Field(key: "location", title: "Location", value: .text(file.location)),
        Details.Field(
            key: "activityDate", title: "Activity date", value: .day(row.activityDate)),
        Details.Field(
            key: "expenses", title: "Expenses",
            value: .list(file.expenses.map { expenseCell($0, row.currency) })),
        Details.Field(key: "evidence", title: "Evidence", value: .list(file.evidence)),
        Details.Field(key: "requests", title: "Asked for", value: .list(requests)),
        Details.Field(key: "payments", title: "Payments", value: .list(file.payments)),
        Details.Field(key: "exceptions", title: "Exceptions", value: .list(file.exceptions)),
        Details.Field(key: "reasons", title: "Reasons", value: .list(file.reasons)),
    ]
    return Details(fields: fields, title: "Claim \(row.claim)", notes: headerNotes(answer))
}

extension String {
    /// The word with a capital.
    var capitalizedWord: String { prefix(1).uppercased() + dropFirst() }
}

/// What the events of a claim say beside its register row.
private struct ClaimDocuments {
    private(set) var title: String?
    private(set) var location: String?
    private(set) var evidence: [Cell] = []
    private(set) var payments: [Cell] = []
    private(set) var expenses: [ClaimExpense] = []
    private(set) var exceptions: [Cell] = []
    private(set) var reasons: [Cell] = []

    init(_ events: [Event]) {
        var attached: [EvidenceAttached] = []
        for event in events {
            switch event.content.payload {
            case .claimCreated(let draft):
                title = draft.title
                location = draft.location
                expenses = draft.expenses ?? []
            case .claimAmended(let changes):
                title = changes.title ?? title
                location = changes.location ?? location
                expenses = changes.expenses ?? expenses
            case .claimEvidenceAttached(let document): attached.append(document)
            case .claimEvidenceWithdrawn(let id, _): attached.removeAll { $0.evidence == id }
            case .claimReimbursed(let payment): payments.append(paymentCell(payment))
            case .claimReimbursementReversed(let reversal):
                payments.append(reversalCell(reversal, on: event.content.occurredAt.day))
            case .claimExceptionGranted(let rule, let reason):
                exceptions.append(
                    .object([
                        ("rule", .text(rule)), ("reason", .text(reason)),
                        ("by", .text(event.content.actor.id)),
                        ("at", .moment(event.content.occurredAt)),
                    ]))
            case .claimRejected(let given): reasons = given.map { .text($0) }
            case .claimApproved(_, let reason): reasons = reason.map { [.text($0)] } ?? []
            default: break
            }
        }
        evidence = attached.map(Self.document)
    }

    private static func document(_ document: EvidenceAttached) -> Cell {
        .object([
            ("evidence", .text(document.evidence.text)), ("kind", .text(document.kind.rawValue)),
            ("filename", .text(document.filename)), ("mediaType", .text(document.mediaType)),
            ("size", .integer(document.size)), ("sha256", .text(document.sha256)),
            ("note", .text(document.note)), ("original", .flag(document.original ?? false)),
        ])
    }
}
