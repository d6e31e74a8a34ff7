package import ClaimsDomain

/// One claim of the reference ledger: plain values, told by nothing but its own events.
package struct ReferenceClaim {
    package let program: String
    package let partner: String
    package let createdAt: Instant
    package private(set) var status = "absent"
    package private(set) var period = ""
    package private(set) var activity = ""
    package private(set) var currency: String?
    package private(set) var activityDate: Day?
    private(set) var inHouseWork = false
    private(set) var thirdPartyVendor = false
    private(set) var expenses: [ClaimExpense] = []
    /// What the draft asks for.
    private var drafted: Int64 = 0
    private var submitted: Int64 = 0
    package private(set) var submittedAt: Instant?
    private var submittedFor = ""
    private(set) var submittedBy: String?
    package private(set) var decidedAt: Instant?
    package private(set) var updatedAt: Instant
    package private(set) var events: Int64 = 0
    package private(set) var lastSequence: Int64 = 0
    /// The sequence of the event that led to the status.
    package private(set) var statusSince: Int64?

    /// The fund account that the three figures below stand in.
    package private(set) var account: ReferenceAccount?
    package private(set) var reserved: Int64 = 0
    package private(set) var approved: Int64 = 0
    package private(set) var paid: Int64 = 0
    private var wasPaid = false

    /// A document that is attached, and how many requests for documents came before it.
    struct Document {
        let evidence: EvidenceAttached
        let requestsBefore: Int
    }

    private(set) var documents: [Document] = []
    private(set) var requests: [DocumentsRequested] = []
    private(set) var exceptions: Set<String> = []

    /// A claim before its first event: whatever that is, it names program and partner.
    init(firstEvent event: Event) {
        program = event.content.source.program.text
        partner = event.content.source.partner?.text ?? ""
        createdAt = event.content.occurredAt
        updatedAt = event.content.occurredAt
    }

    /// What reports call its amount: what was submitted, or drafted while nothing was.
    package var amount: Int64 { submittedAt == nil ? drafted : submitted }

    /// Its claim deadline counts at its first submission for a usage period.
    var isNewToPeriod: Bool { submittedAt == nil || submittedFor != period }

    package var payment: String {
        if paid > 0 { return paid >= approved ? "paid" : "partly_paid" }
        return wasPaid ? "reversed" : "unpaid"
    }

    /// The account of its present period and currency.
    private var presentAccount: ReferenceAccount {
        ReferenceAccount(
            program: program, partner: partner, period: period, currency: currency ?? "")
    }

    /// Takes one of its events; what it broke that the claim alone can tell.
    mutating func take(_ event: Event) -> [FindingCode] {
        let content = event.content
        var broken: [FindingCode] = []
        let statusBefore = status
        if !follow(event.kind) { broken.append(.outOfOrder) }
        if statusBefore != status { statusSince = event.sequence }
        if content.occurredAt < updatedAt { broken.append(.timeWentBack) }
        if content.source.program.text != program || (content.source.partner?.text ?? "") != partner
        {
            broken.append(.otherAccount)
        }
        broken += takeFields(content.payload)
        broken += takeSteps(event)
        updatedAt = max(updatedAt, content.occurredAt)
        lastSequence = event.sequence
        events += 1
        return broken
    }
}

// MARK: - Status

extension ReferenceClaim {
    private static let waiting = ["submitted", "under_review", "action_required", "disputed"]
    private static let editable = ["editing", "action_required"]
    private static let existing =
        waiting + ["editing", "approved", "rejected", "withdrawn"]

    /// From where each type of event is allowed, and where it leads; nil: nowhere new.
    ///
    /// Source: design, section 6; domain facts d2 and d3.
    private static let moves: [EventKind: (from: [String], to: String?)] = [
        .claimCreated: (["absent"], nil),
        .claimAmended: (editable, nil),
        .claimEvidenceRequested: (editable, nil),
        .claimEvidenceAttached: (editable, nil),
        .claimEvidenceWithdrawn: (editable, nil),
        .claimCommentAdded: (existing, nil),
        .claimSubmitted: (editable, "submitted"),
        .claimReviewStarted: (["submitted"], "under_review"),
        .claimEndorsed: (["submitted", "under_review", "disputed"], nil),
        .claimDocumentsRequested: (["under_review", "disputed"], "action_required"),
        .claimApproved: (["under_review", "disputed"], "approved"),
        .claimRejected: (["under_review", "disputed"], "rejected"),
        .claimDisputed: (["rejected"], "disputed"),
        .claimWithdrawn: (waiting + ["editing"], "withdrawn"),
        .claimExceptionGranted: (existing.filter { $0 != "withdrawn" }, nil),
        .claimPaymentRequested: (["approved"], nil),
        .claimReimbursed: (["approved"], nil),
        .claimReimbursementReversed: (["approved"], nil),
    ]

    /// Goes where the event leads, also where it was not allowed; whether it was.
    private mutating func follow(_ kind: EventKind) -> Bool {
        guard let move = Self.moves[kind] else { preconditionFailure("\(kind) is of no claim") }
        let isAllowed = move.from.contains(status)
        // An endorsement is a step of the review: it begins one that nobody announced.
        let beginsReview = kind == .claimEndorsed && status == "submitted"
        status = move.to ?? (beginsReview ? "under_review" : status)
        // A claim that is only mentioned is a draft.
        if status == "absent" { status = "editing" }
        return isAllowed
    }
}

// MARK: - Fields of the draft

extension ReferenceClaim {
    private mutating func takeFields(_ payload: EventPayload) -> [FindingCode] {
        switch payload {
        case .claimCreated(let draft):
            period = draft.period.text
            activity = draft.activity.text
            activityDate = draft.activityDate
            inHouseWork = draft.inHouseWork ?? inHouseWork
            thirdPartyVendor = draft.thirdPartyVendor ?? thirdPartyVendor
            expenses = draft.expenses ?? expenses
            return ask(draft.amount) ? [] : [.currencyDiffers]
        case .claimAmended(let changes):
            period = changes.period?.text ?? period
            activity = changes.activity?.text ?? activity
            activityDate = changes.activityDate ?? activityDate
            inHouseWork = changes.inHouseWork ?? inHouseWork
            thirdPartyVendor = changes.thirdPartyVendor ?? thirdPartyVendor
            expenses = changes.expenses ?? expenses
            guard let amount = changes.amount else { return [] }
            return ask(amount) ? [] : [.currencyDiffers]
        default: return []
        }
    }

    /// The draft's amount; another currency than before only while the partner may edit and
    /// nothing is paid, and what was submitted in the old one is then gone.
    private mutating func ask(_ amount: Money) -> Bool {
        if let currency, currency != amount.currency.code {
            guard Self.editable.contains(status), paid == 0 else { return false }
            submitted = 0
        }
        currency = amount.currency.code
        drafted = amount.minorUnits
        return true
    }

    /// An event's amount in minor units; one in another currency than the claim's, or for a
    /// payment than what the claim holds, counts as nothing.
    private mutating func units(
        _ amount: Money, isPayment: Bool = false, _ broken: inout [FindingCode]
    ) -> Int64 {
        currency = currency ?? amount.currency.code
        let holdsSomething = reserved != 0 || approved != 0 || paid != 0
        let isElsewhere =
            isPayment && holdsSomething
            && account.map { $0.currency != amount.currency.code } == true
        if currency == amount.currency.code, !isElsewhere { return amount.minorUnits }
        broken.append(.currencyDiffers)
        return 0
    }
}

// MARK: - Steps

extension ReferenceClaim {
    private mutating func takeSteps(_ event: Event) -> [FindingCode] {
        let content = event.content
        var broken: [FindingCode] = []
        switch content.payload {
        case .claimSubmitted(let amount):
            submitted = units(amount, &broken)
            submittedAt = content.occurredAt
            submittedFor = period
            submittedBy = content.actor.id
            decidedAt = nil
            hold(reserved: submitted, approved: 0, in: presentAccount)
        case .claimApproved(let amount, _):
            let units = units(amount, &broken)
            if units > submitted { broken.append(.approvedOverSubmitted) }
            decidedAt = content.occurredAt
            hold(reserved: 0, approved: units, in: presentAccount)
        case .claimDisputed:
            decidedAt = nil
            hold(reserved: submitted, approved: 0, in: presentAccount)
        case .claimRejected:
            decidedAt = content.occurredAt
            hold(reserved: 0, approved: 0, in: account)
        case .claimWithdrawn: hold(reserved: 0, approved: 0, in: account)
        case .claimReviewStarted, .claimDocumentsRequested:
            // After an approval that is thereby undone, what was approved waits again.
            hold(reserved: reserved + approved, approved: 0, in: account)
            if case .claimDocumentsRequested(let request) = content.payload {
                requests.append(request)
            }
        case .claimEvidenceAttached(let evidence):
            documents.append(Document(evidence: evidence, requestsBefore: requests.count))
        case .claimEvidenceWithdrawn(let evidence, _):
            documents.removeAll { $0.evidence.evidence == evidence }
        case .claimExceptionGranted(let rule, _): exceptions.insert(rule)
        case .claimPaymentRequested(let amount): _ = units(amount, &broken)
        case .claimReimbursed(let payment): pay(payment.amount, &broken)
        case .claimReimbursementReversed(let reversal): takeBack(reversal.amount, &broken)
        default: break
        }
        return broken
    }

    private mutating func pay(_ amount: Money, _ broken: inout [FindingCode]) {
        let units = units(amount, isPayment: true, &broken)
        let wasPaidInFull = paid > 0 && paid >= approved
        paid += units
        if units > 0 { wasPaid = true }
        if units != 0 { account = accountOfPayments }
        if status != "approved" {
            broken.append(.paidWithoutApproval)
        } else if wasPaidInFull {
            broken.append(.paidTwice)
        } else if paid > approved {
            broken.append(.paidOverApproved)
        }
    }

    private mutating func takeBack(_ amount: Money, _ broken: inout [FindingCode]) {
        let units = units(amount, isPayment: true, &broken)
        if units > paid { broken.append(.reversedOverPaid) }
        paid -= units
        if units != 0 { account = accountOfPayments }
    }

    /// Payments stay where the claim holds its money, while that is in its currency.
    private var accountOfPayments: ReferenceAccount {
        account.flatMap { $0.currency == currency ? $0 : nil } ?? presentAccount
    }

    /// What it holds from now on, and where; what is paid goes along.
    private mutating func hold(
        reserved newReserved: Int64, approved newApproved: Int64, in place: ReferenceAccount?
    ) {
        let figures = [reserved, approved, newReserved, newApproved]
        if figures.allSatisfy({ $0 == 0 }) { return }
        reserved = newReserved
        approved = newApproved
        account = place
    }
}
