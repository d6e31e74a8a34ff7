import ClaimsDomain
import ClaimsTestSupport
import Testing

/// An action on a claim that a rule of the programme refuses, or lets pass.
///
/// Each is tried six times: asked and recorded as history, without and with an exception from the
/// rule; and what is refused or found has to vanish with the exception, nothing else.
struct RuleTrial: Sendable, CustomTestStringConvertible {
    /// Another claim of the same kind that is approved already.
    struct Other: Sendable {
        var draft = Samples.draft()
        var partner = Samples.partner
        /// Where it stands; `approved` with the whole amount.
        var isApproved = true
        var documents: [EvidenceAttached] = []
    }

    let name: String
    var program = Samples.strictProgram
    var draft = Samples.draft()
    var documents: [EvidenceAttached] = []
    /// What a reviewer asked for before the action, and what came then.
    var request: DocumentsRequested?
    var answers: [EvidenceAttached] = []
    var others: [Other] = []
    /// Earned for the period of the draft.
    var earned: Money? = usd(2_000_000)
    var command = ClaimCommand.submit(amount: nil)
    /// When the claim is drafted, and submitted before a decision.
    var drafted = Samples.instant("2020-02-20T09:00:00Z")
    /// When the action is tried.
    var at = Samples.start
    var actor = Samples.reviewer
    var role: String?
    /// Why it is refused; nil when it passes.
    var breach: RuleBreach?
    /// What it is found to be as history.
    var finding: FindingCode?

    var testDescription: String { name }

    init(_ name: String, _ set: (inout RuleTrial) -> Void = { _ in }) {
        self.name = name
        set(&self)
    }
}

extension RuleTrial {
    /// Asks and records, with and without an exception.
    func check() throws {
        var ledger = try prepared()
        let expected = breach.map {
            Refusal.breaksRule($0, program: program.id, version: program.version)
        }
        #expect(refusal(in: ledger) == expected)
        #expect(try found(in: &ledger) == (finding.map { [$0] } ?? []))
        guard let breach else { return }
        #expect(expected?.rule == breach.rule.rawValue)
        var excepted = try prepared(exceptedFrom: breach.rule)
        #expect(refusal(in: excepted) == nil)
        #expect(try found(in: &excepted) == [])
        // An exception from any other rule changes nothing.
        for other in ClaimRule.allCases where other != breach.rule {
            let ledger = try prepared(exceptedFrom: other)
            #expect(refusal(in: ledger) == expected, "excepted from \(other)")
        }
    }

    func refusal(in ledger: TestLedger) -> Refusal? {
        ledger.refusal(of: .claim(Samples.claim, command), at: at, by: actor, role: role)
    }

    /// The codes of what is found when the action is recorded unasked.
    private func found(in ledger: inout TestLedger) throws -> [FindingCode] {
        let payload: EventPayload
        switch command {
        case .submit: payload = .claimSubmitted(amount: draft.amount)
        case .approve(let amount, let reason):
            payload = .claimApproved(amount: amount ?? draft.amount, reason: reason)
        case .attach(let evidence): payload = .claimEvidenceAttached(evidence)
        case .reject(let reasons): payload = .claimRejected(reasons: reasons)
        default: return []
        }
        let made = try ledger.record(
            payload, source: Samples.source(in: program), at: at, by: actor)
        return ledger.state.findings.filter { $0.sequence == made.fact.sequence }.map(\.code)
    }

    /// The ledger before the action; the way there is history, so that only the action is judged.
    func prepared(exceptedFrom rule: ClaimRule? = nil) throws -> TestLedger {
        var ledger = try TestLedger(publishing: [], earned: nil)
        let source = Samples.source(in: program)
        try ledger.record(
            .programPublished(program), subject: program.id.text,
            source: Source(program: program.id), at: program.effectiveAt)
        if let earned {
            try ledger.record(
                .fundsEarned(FundsEarned(amount: earned, earnedOn: Samples.day("2019-12-31"))),
                subject: draft.period.text, source: source, at: drafted)
        }
        for (place, other) in others.enumerated() {
            try record(other, ClaimID("CLM-\(place + 2)"), in: &ledger)
        }
        try ledger.record(.claimCreated(draft), source: source, at: drafted)
        for document in documents {
            try ledger.record(.claimEvidenceAttached(document), source: source, at: drafted)
        }
        if let rule {
            try ledger.record(
                .claimExceptionGranted(rule: rule.rawValue, reason: "agreed"), source: source,
                at: drafted)
        }
        let isDecision = command.action == .approve || command.action == .reject
        guard isDecision || request != nil else { return ledger }
        try ledger.record(.claimSubmitted(amount: draft.amount), source: source, at: drafted)
        try ledger.record(
            .claimReviewStarted, source: source, at: drafted, by: Samples.reviewer)
        guard let request else { return ledger }
        try ledger.record(.claimDocumentsRequested(request), source: source, at: drafted)
        for answer in answers {
            try ledger.record(.claimEvidenceAttached(answer), source: source, at: drafted)
        }
        return ledger
    }

    private func record(_ other: Other, _ id: ClaimID, in ledger: inout TestLedger) throws {
        let source = Source(program: program.id, partner: other.partner)
        var steps: [EventPayload] = [.claimCreated(other.draft)]
        steps += other.documents.map { .claimEvidenceAttached($0) }
        steps.append(.claimSubmitted(amount: other.draft.amount))
        if other.isApproved {
            steps += [.claimReviewStarted, .claimApproved(amount: other.draft.amount, reason: nil)]
        }
        for step in steps {
            try ledger.record(step, subject: id.text, source: source, at: drafted)
        }
    }
}

extension ClaimCommand {
    /// The approval of all that was submitted.
    static let approveAll = ClaimCommand.approve(amount: nil, reason: nil)
}
