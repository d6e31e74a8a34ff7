import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsProjections
import ClaimsTestSupport

/// A ledger with the sample program and partner 100 enrolled in it, to import reports into.
struct ReportDesk {
    let desk: ImportDesk
    /// Who imports.
    static let actor = Actor(kind: .system, id: "import")
    static let program = ProgramID("csp-indirect")
    static let source = Source(program: program, partner: PartnerID("100"))

    init() throws {
        desk = try ImportDesk()
        try record([
            (.programPublished(Samples.program), Self.program.text, Source(program: Self.program)),
            (.partnerEnrolled(PartnerEnrolled(name: "Harbor Lane IT")), "100", Self.source),
        ])
    }

    /// Records events as they are, a minute after each other from 2020-03-02 on.
    func record(_ events: [(payload: EventPayload, subject: String, source: Source)]) throws {
        var writer = try desk.ledger.openWriter()
        let first = writer.head
        for (index, event) in events.enumerated() {
            let content = ProposedEvent(
                id: EventID("T-\(first + Int64(index))"), source: event.source,
                subject: event.subject,
                occurredAt: Samples.start.adding(milliseconds: (first + Int64(index)) * 60_000),
                actor: Samples.partnerUser, payload: event.payload)
            guard try writer.record(content, now: ImportDesk.now) == .appended else {
                preconditionFailure("\(content.id) cannot be recorded")
            }
        }
        try writer.flush()
    }

    /// Records a claim of partner 100 that is approved with an amount.
    func approve(_ claim: String, _ amount: Money) throws {
        let created = ClaimCreated(
            period: Samples.firstPeriod, activity: Samples.activity, amount: amount,
            activityDate: Samples.day("2020-02-03"))
        try record([
            (.claimCreated(created), claim, Self.source),
            (.claimSubmitted(amount: amount), claim, Self.source),
            (.claimReviewStarted, claim, Self.source),
            (.claimApproved(amount: amount, reason: nil), claim, Self.source),
        ])
    }

    /// Records that a claim was paid.
    func pay(
        _ claim: String, _ amount: Money, _ reference: String, on day: String = "2020-03-10",
        payout: Money? = nil
    ) throws {
        let paid = Reimbursed(
            amount: amount, paymentReference: reference, paidOn: Samples.day(day), payout: payout)
        try record([(.claimReimbursed(paid), claim, Self.source)])
    }

    /// How a report is imported.
    struct Terms {
        var mapping = ReportMapping()
        var enrolls = false
        var isPartial = false
        var rejects: String?
        var matching = PaymentMatching()
        var isRehearsal = false
        var limit = Int.max
    }

    func importEarnings(
        _ text: String, _ terms: Terms = Terms()
    ) throws -> ImportSummary {
        try desk.write(text, to: "earnings.csv")
        var writer = try desk.ledger.openWriter()
        var report = try ReportImport.earnings(
            desk.path("earnings.csv"), of: desk.ledger, options(terms), enrolls: terms.enrolls)
        return try run(&report, &writer, terms)
    }

    func importPayments(
        _ text: String, _ terms: Terms = Terms()
    ) throws -> ImportSummary {
        try desk.write(text, to: "payments.csv")
        var writer = try desk.ledger.openWriter()
        var report = try ReportImport.payments(
            desk.path("payments.csv"), of: desk.ledger, options(terms), terms.matching)
        return try run(&report, &writer, terms)
    }

    private func run(
        _ report: inout ReportImport, _ writer: inout LedgerWriter, _ terms: Terms
    ) throws -> ImportSummary {
        var left = terms.limit
        let goesOn: (ImportProgress) -> Bool = { _ in
            left -= 1
            return left >= 0
        }
        try report.check(goesOn)
        if !terms.isRehearsal { try report.record(into: &writer, goesOn) }
        return report.summary
    }

    private func options(_ terms: Terms) -> ReportImportOptions {
        var given = ImportTerms(now: ImportDesk.now)
        given.isPartial = terms.isPartial
        given.rejects = terms.rejects.map(desk.path)
        var options = ReportImportOptions(actor: Self.actor, given)
        options.mapping = terms.mapping
        return options
    }

    /// The balance of partner 100 in a period, in USD.
    func balance(_ period: PeriodLabel = Samples.firstPeriod) throws -> FundBalance {
        let account = FundAccount(
            program: Self.program, partner: PartnerID("100"), period: period,
            currency: Samples.currency("USD"))
        return try desk.ledger.replay().replay.state.account(account)?.balance ?? FundBalance()
    }
}
