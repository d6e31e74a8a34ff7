package import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// A claim's audit trail: who did what, when, known when, and what it did to the fund.
package func historyTable(_ answer: Answer<ClaimHistory>) -> Table {
    trailTable(
        answer.value.steps, answer.value.events,
        title: "History of claim \(answer.value.row.claim)",
        notes: headerNotes(answer))
}

/// An association's audit trail.
package func historyTable(_ answer: Answer<AssociationHistory>) -> Table {
    trailTable(
        answer.value.steps, answer.value.events,
        title: "History of association \(answer.value.row.association)",
        notes: headerNotes(answer))
}

private func trailTable(
    _ steps: [TrailStep], _ events: [Event], title: String, notes: [String]
) -> Table {
    typealias Column = Table.Column
    let columns = [
        Column(key: "sequence", title: "Seq", alignment: .trailing, narrowing: .keep),
        Column(key: "time", title: "When", narrowing: .keep),
        Column(key: "recordedtime", title: "Known since", narrowing: .omit),
        Column(key: "actor", title: "Who", narrowing: .keep),
        Column(key: "role", title: "Role", narrowing: .omit),
        Column(key: "type", title: "What", narrowing: .keep),
        Column(key: "status", title: "Status after", narrowing: .omit),
        Column(key: "payment", title: "Payment", narrowing: .omit),
        Column(key: "detail", title: "Detail"),
        Column(key: "postings", title: "Fund", narrowing: .omit),
        Column(key: "findings", title: "Findings", narrowing: .omit),
    ]
    var table = Table(columns: columns, title: title, notes: notes, emptyText: "no events")
    var round = 0
    for (step, event) in zip(steps, events) {
        if step.kind.isRequest { round += 1 }
        let detail = event.content.payload.summary.map { summary -> Phrase in
            step.kind.isRequest ? "round \(round): \(summary)" : summary
        }
        table.append([
            .integer(step.sequence), .moment(step.occurredAt), .moment(step.recordedAt),
            .text(step.actor), .text(event.content.role), .text(step.kind.rawValue),
            .text(step.statusAfter), .text(step.payment?.rawValue),
            .phrase(detail), .list(step.postings.map { .phrase($0.words) }),
            .list(step.findings.map { .text($0.rawValue) }),
        ])
    }
    return table
}

extension TrailPosting {
    /// From, to and amount in words.
    package var words: Phrase { "\(from.rawValue) > \(to.rawValue) \(amount)" }
}

extension FundMovement {
    /// From, to, amount and account in words.
    package var words: Phrase { "\(from.rawValue) > \(to.rawValue) \(amount) in \(account)" }
}

extension EventPayload {
    /// What the event says beside its type, in a few words; nil when its type says all.
    package var summary: Phrase? {
        switch self {
        case .programPublished(let program): "\(program.name), version \(program.version)"
        case .partnerEnrolled(let partner): partner.name.map { Phrase($0) }
        case .fundsEarned(let earned):
            "\(earned.amount) on \(earned.earnedOn)"
                + (earned.eligible.map { ", the share of \($0)" } ?? "")
        case .fundsAdjusted(let adjusted): "\(adjusted.amount), \(adjusted.reason)"
        case .fundsConverted(let converted): "\(converted.amount), \(converted.reason)"
        case .fundsRolledOver(let rolled): "\(rolled.amount) to \(rolled.toPeriod)"
        case .claimCreated(let draft):
            "\(draft.amount) for \(draft.activity) on \(draft.activityDate)"
        case .claimAmended(let changes): changes.summary
        case .claimEvidenceRequested(let request):
            "\(request.kind.rawValue) from \(request.from)"
        case .claimEvidenceAttached(let document), .associationEvidenceAttached(let document):
            "\(document.evidence) \(document.kind.rawValue) '\(document.filename)'"
        case .claimEvidenceWithdrawn(let evidence, let reason): "\(evidence), \(reason)"
        case .claimCommentAdded(let text): Phrase(text)
        case .claimSubmitted(let amount), .claimPaymentRequested(let amount): "\(amount)"
        case .claimEndorsed(let step): Phrase(step)
        case .claimDocumentsRequested(let request), .associationInformationRequested(let request):
            Phrase(request.words)
        case .claimApproved(let amount, let reason):
            "\(amount)" + (reason.map { ", \($0)" } ?? "")
        case .claimRejected(let reasons), .associationRejected(let reasons):
            Phrase(reasons.joined(separator: "; "))
        case .claimDisputed(let reason), .associationDisputed(let reason),
            .associationEnded(let reason):
            Phrase(reason)
        case .claimWithdrawn(let reason), .associationApproved(let reason),
            .associationConsentDeclined(let reason):
            reason.map { Phrase($0) }
        case .claimExceptionGranted(let rule, let reason): "\(rule), \(reason)"
        case .claimReimbursed(let payment):
            payment.words
        case .claimReimbursementReversed(let reversal):
            "\(reversal.amount), payment \(reversal.paymentReference), \(reversal.reason)"
        case .associationCreated(let association):
            "\(association.activity) for \(association.customerDomain)"
        case .associationSubmitted(let changes): changes.summary.map { Phrase($0) }
        case .claimReviewStarted, .associationReviewStarted: nil
        case .periodClosed(let closed): "\(closed.balances.count) currencies"
        }
    }
}

extension EventKind {
    /// Whether it asks the partner for documents: the rounds of a trail are counted by it.
    var isRequest: Bool {
        self == .claimDocumentsRequested || self == .associationInformationRequested
    }
}

extension DocumentsRequested {
    /// What is asked for, item by item, whether on paper, and by when.
    fileprivate var words: String {
        let more =
            (originals == true ? ["the originals are wanted"] : [])
            + (dueOn.map { ["by \($0)"] } ?? [])
        return (items.map(\.words) + more).joined(separator: "; ")
    }
}

extension Reimbursed {
    /// What it settles, its id and day, and in another currency what was paid at which rate.
    fileprivate var words: Phrase {
        let parts: [Phrase?] = [
            "\(amount)", "payment \(paymentReference) on \(paidOn)",
            payout.map { "paid as \($0)" }, rate.map { "at \($0.words)" },
            payer.map { "by \($0)" },
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}

extension AssociationSubmitted {
    /// The fields that complete or correct it; nil for none.
    fileprivate var summary: String? {
        let fields = AssociationField.allCases.filter(has).map(\.rawValue)
        return fields.isEmpty ? nil : "with " + fields.joined(separator: ", ")
    }
}

extension DocumentsRequested.Item {
    /// The kind, of which document, and why.
    fileprivate var words: String {
        let document = evidence.map { "/\($0)" } ?? ""
        return "\(kind.rawValue)\(document): \(reason)"
    }
}

extension ClaimAmended {
    /// The changed fields with their new values.
    fileprivate var summary: Phrase {
        let parts: [(String, Phrase?)] = [
            ("period", period.map { "\($0)" }), ("activity", activity.map { "\($0)" }),
            ("amount", amount.map { "\($0)" }), ("activity date", activityDate.map { "\($0)" }),
            ("title", title.map { Phrase($0) }), ("location", location.map { Phrase($0) }),
            ("in-house work", inHouseWork.map { $0 ? "yes" : "no" }),
            ("third-party vendor", thirdPartyVendor.map { $0 ? "yes" : "no" }),
            ("expenses", expenses.map { "\($0.count)" }),
        ]
        return parts.compactMap { name, value in value.map { "\(name) \($0)" as Phrase } }
            .joined(separator: ", ")
    }
}
