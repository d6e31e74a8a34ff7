import ClaimsDomain

// What history did against the rules of its program.
extension ReferenceLedger {
    /// The rules that an event of a claim broke and no exception covers.
    ///
    /// Where no rules were in force nothing is held against a claim but what is attached twice.
    func brokenRules(
        _ event: Event, _ claim: ReferenceClaim, before: ReferenceClaim
    ) -> [FindingCode] {
        let content = event.content
        if case .claimEvidenceAttached(let evidence) = content.payload {
            return reuse(evidence, content.subject, claim)
        }
        guard let rules = rules(of: claim.program, at: content.occurredAt) else { return [] }
        switch content.payload {
        case .claimSubmitted(let amount):
            return calendar(event, claim, isNew: before.isNewToPeriod, rules)
                + submission(amount, claim, rules)
        case .claimApproved(let amount, _):
            return duty(event, claim, rules) + documents(claim, rules)
                + caps(amount, content.subject, claim, rules)
        case .claimRejected: return duty(event, claim, rules)
        default: return []
        }
    }

    /// The same file, or the same invoice by number and vendor, is attached to another claim.
    private func reuse(
        _ evidence: EvidenceAttached, _ id: String, _ claim: ReferenceClaim
    ) -> [FindingCode] {
        let others = claims.filter { $0.key != id }.values
            .flatMap(\.documents).map(\.evidence)
        var broken: [FindingCode] = []
        if others.contains(where: { $0.sha256 == evidence.sha256 }),
            !claim.exceptions.contains("document_once")
        {
            broken.append(.evidenceReused)
        }
        guard let invoice = evidence.invoice, !claim.exceptions.contains("invoice_once") else {
            return broken
        }
        let isElsewhere = others.compactMap(\.invoice).contains {
            $0.number == invoice.number && $0.vendor == invoice.vendor
        }
        return broken + (isElsewhere ? [.invoiceReused] : [])
    }

    private func calendar(
        _ event: Event, _ claim: ReferenceClaim, isNew: Bool, _ rules: Program
    ) -> [FindingCode] {
        guard let period = rules.usagePeriod(PeriodLabel(claim.period)) else { return [] }
        let instant = event.content.occurredAt
        var broken: [FindingCode] = []
        if let day = claim.activityDate, day < period.usage.first || day > period.usage.last,
            !claim.exceptions.contains("activity_in_usage_period")
        {
            broken.append(.activityOutsidePeriod)
        }
        if instant < period.instants.claimFrom, !claim.exceptions.contains("claim_window") {
            broken.append(.submittedEarly)
        }
        if isNew, instant >= period.instants.claimBefore,
            !claim.exceptions.contains("claim_deadline")
        {
            broken.append(.submittedLate)
        }
        return broken
    }

    private func submission(
        _ amount: Money, _ claim: ReferenceClaim, _ rules: Program
    ) -> [FindingCode] {
        var broken: [FindingCode] = []
        if rules.documentsAnswered, !claim.isAnswered,
            !claim.exceptions.contains("documents_answered")
        {
            broken.append(.requestUnanswered)
        }
        if let covered = rules.activity(ActivityID(claim.activity))?.expenses, !covered.isEmpty,
            claim.expenses.contains(where: { !covered.contains($0.type) }),
            !claim.exceptions.contains("eligible_expenses")
        {
            broken.append(.ineligibleExpense)
        }
        let invoices = claim.documents.compactMap(\.evidence.invoice?.amount)
            .filter { $0.currency == amount.currency }
        let total = invoices.reduce(0) { $0 + $1.minorUnits }
        if !invoices.isEmpty, total < amount.minorUnits { broken.append(.overInvoices) }
        return broken
    }

    private func duty(
        _ event: Event, _ claim: ReferenceClaim, _ rules: Program
    ) -> [FindingCode] {
        let isSame = claim.submittedBy == event.content.actor.id
        let isBroken =
            rules.separationOfDuties && isSame && !claim.exceptions.contains("separation_of_duties")
        return isBroken ? [.submitterDecided] : []
    }

    /// Whether something that the activity needs was missing.
    private func documents(_ claim: ReferenceClaim, _ rules: Program) -> [FindingCode] {
        guard let activity = rules.activity(ActivityID(claim.activity)) else { return [] }
        let attached = claim.documents.map(\.evidence)
        var missing: Set<String> = []
        for need in activity.evidence {
            let isNeeded =
                switch need.when {
                case .always: true
                case .thirdPartyVendor: claim.thirdPartyVendor
                case .inHouseWork: claim.inHouseWork
                case .whereApplicable: false
                }
            guard isNeeded, let rule = Self.ruleOfKind[need.kind] else { continue }
            let ofKind = attached.filter { $0.kind == need.kind }
            if ofKind.isEmpty { missing.insert(rule) }
            if need.needsNote, ofKind.contains(where: { ($0.note ?? "").isEmpty }) {
                missing.insert("proof_note")
            }
        }
        let reports = attached.contains { $0.kind == .metrics || $0.metric != nil }
        if !activity.metrics.isEmpty, !reports { missing.insert("metrics") }
        if activity.preapproval, !attached.contains(where: { $0.metric?.name == "preapproval" }) {
            missing.insert("preapproval")
        }
        return missing.isSubset(of: claim.exceptions) ? [] : [.evidenceMissing]
    }

    /// The rule that a missing document of a kind breaks; other documents are never needed.
    private static let ruleOfKind: [EvidenceKind: String] = [
        .coreRequirement: "core_requirements", .thirdPartyInvoice: "third_party_invoice",
        .certificationStatement: "certification_statement",
        .proofOfExecution: "proof_of_execution", .metrics: "metrics",
    ]
}

extension ReferenceClaim {
    /// Whether all that the last request asked for came.
    ///
    /// A document answers one item: first the one that names it, then the first of its kind that is
    /// open. Where originals are wanted only a document handed in on paper counts.
    var isAnswered: Bool {
        guard let request = requests.last else { return true }
        var arrived = documents.filter { $0.requestsBefore == requests.count }.map(\.evidence)
        if request.originals == true { arrived.removeAll { $0.original != true } }
        var open: [DocumentsRequested.Item] = []
        for item in request.items {
            let named = arrived.firstIndex { $0.evidence == item.evidence }
            if let named { arrived.remove(at: named) } else { open.append(item) }
        }
        for item in open {
            let ofKind = arrived.firstIndex {
                $0.kind == item.kind || item.kind == .metrics && $0.metric != nil
            }
            guard let ofKind else { return false }
            arrived.remove(at: ofKind)
        }
        return true
    }
}

/// The last day to pay what was approved on a day; nil where the rules set none.
///
/// Source: domain facts b1; a cut-off day puts approvals up to it in the payments of the month's
/// end, later ones a month on.
func referencePaymentDay(_ rules: Program, approvedOn approved: Day) -> Day? {
    if let cutoff = rules.paymentCutoffDay {
        let isLate = Int64(approved.parts.day) > cutoff
        var day = approved
        var monthsEnded = 0
        while monthsEnded < (isLate ? 2 : 1) {
            day = day.adding(days: 1)
            if day.parts.day == 1 { monthsEnded += 1 }
        }
        return day.adding(days: -1)
    }
    guard let target = rules.targets.payment else { return nil }
    var day = approved
    var left = target.days
    while left > 0 {
        day = day.adding(days: 1)
        let counts =
            target.unit == .calendar || !day.isWeekend && !rules.holidays.contains(day)
        if counts { left -= 1 }
    }
    return day
}
