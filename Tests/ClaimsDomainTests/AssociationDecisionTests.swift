import ClaimsDomain
import ClaimsTestSupport
import Testing

/// Who may decide an association, and until when it may be disputed or declined.
@Suite struct AssociationDecisionTests {
    private static func instant(_ text: String) -> Instant { Samples.instant(text) }

    /// Submitted on Monday 2020-03-02 and in review.
    private static let inReview: [(command: AssociationCommand, at: Instant)] = [
        (.submit(), Samples.start), (.startReview, Samples.start),
    ]

    static let duties: [AssociationTrial] = [
        AssociationCommand.approve(reason: nil), .reject(reasons: ["no consent"]),
    ].flatMap { command in
        [
            AssociationTrial("\(command.action.rawValue) by who submitted it") { trial in
                trial.before = inReview
                trial.command = command
                trial.actor = Samples.partnerUser
                trial.breaches = [.sameActor("u-17")]
                trial.finding = .submitterDecided
            },
            AssociationTrial("\(command.action.rawValue) by another") { trial in
                trial.before = inReview
                trial.command = command
            },
            AssociationTrial("\(command.action.rawValue) by anybody where that is allowed") {
                trial in
                trial.program.separationOfDuties = false
                trial.before = inReview
                trial.command = command
                trial.actor = Samples.partnerUser
            },
        ]
    }

    @Test("who submits does not decide where the programme separates the two", arguments: duties)
    func separation(trial: AssociationTrial) throws { try trial.check() }

    /// Worked date: rejected on 2020-08-03, disputed to 2020-09-02 (domain facts h).
    private static func dispute(_ at: String, late: Bool, within: Target?) -> AssociationTrial {
        AssociationTrial("disputed at \(at) within \(within?.words ?? "any time")") { trial in
            let rejected = instant("2020-08-03T15:00:00Z")
            trial.program = Samples.associations { rules in
                rules.targets.disputeWithin = within
                rules.claimWithin = nil
            }
            trial.before = [
                (.submit(), instant("2020-08-03T09:00:00Z")),
                (.startReview, instant("2020-08-03T10:00:00Z")),
                (.reject(reasons: ["no consent"]), rejected),
            ]
            trial.command = .dispute(reason: "it is there")
            trial.at = instant(at)
            guard late else { return }
            trial.breaches = [
                .disputedLate(
                    rejectedOn: rejected.day, last: Samples.day("2020-09-02"), at: trial.at)
            ]
            trial.finding = .associationDisputeLate
        }
    }

    private static let thirty = Target(days: 30, unit: .calendar)

    static let disputes: [AssociationTrial] = [
        dispute("2020-08-03T15:00:00Z", late: false, within: thirty),
        dispute("2020-09-02T23:59:59.999Z", late: false, within: thirty),
        dispute("2020-09-03T00:00:00Z", late: true, within: thirty),
        dispute("2029-01-01T00:00:00Z", late: false, within: nil),
    ]

    @Test("a rejection is disputed in time", arguments: disputes)
    func disputedInTime(trial: AssociationTrial) throws { try trial.check() }

    /// Worked date: both windows from Wednesday 2019-12-04 end on Wednesday 2019-12-11.
    private static func decline(
        _ at: String, _ consent: ConsentWindow?, last: String? = nil
    ) -> AssociationTrial {
        let words = consent.map { "\($0.within.words) from \($0.from.rawValue)" }
        return AssociationTrial("declined at \(at), \(words ?? "any time")") { trial in
            trial.program = Samples.associations { rules in
                rules.consent = consent
                rules.acknowledgementMonths = nil
                rules.claimWithin = nil
            }
            trial.before = [
                (.submit(), instant("2019-12-02T09:00:00Z")),
                (.startReview, instant("2019-12-02T10:00:00Z")),
                (.approve(reason: nil), instant("2019-12-04T09:00:00Z")),
            ]
            trial.command = .decline(reason: "another partner")
            trial.at = instant(at)
            guard let last else { return }
            trial.breaches = [.declinedLate(last: Samples.day(last), at: trial.at)]
            trial.finding = .associationConsentLate
        }
    }

    private static func window(
        _ days: Int64, _ unit: Target.Unit, _ from: ConsentWindow.Start
    ) -> ConsentWindow {
        ConsentWindow(within: Target(days: days, unit: unit), from: from)
    }

    static let declines: [AssociationTrial] = [
        decline("2019-12-11T23:59:59.999Z", window(5, .business, .approval)),
        decline("2019-12-12T00:00:00Z", window(5, .business, .approval), last: "2019-12-11"),
        decline("2019-12-11T23:59:59.999Z", window(7, .calendar, .approval)),
        decline("2019-12-12T00:00:00Z", window(7, .calendar, .approval), last: "2019-12-11"),
        decline("2019-12-09T23:59:59.999Z", window(5, .business, .submission)),
        decline("2019-12-10T00:00:00Z", window(5, .business, .submission), last: "2019-12-09"),
        decline("2029-12-11T00:00:00Z", nil),
    ]

    @Test(
        "the customer opts out in time, and the association ends as rejected", arguments: declines)
    func declinedInTime(trial: AssociationTrial) throws {
        try trial.check()
        guard trial.breaches.isEmpty else { return }
        var ledger = try trial.ledger()
        try ledger.perform(.association(Samples.association, trial.command), at: trial.at)
        #expect(ledger.state.association(Samples.association)?.status == .rejected)
    }

    @Test("before an approval a window from approval has not begun")
    func beforeApproval() throws {
        var ledger = try TestLedger(ofAssociations: Samples.associationProgram)
        try ledger.draft()
        try ledger.act(.submit(), .startReview)
        let decline = Command.association(Samples.association, .decline(reason: nil))
        #expect(ledger.refusal(of: decline, at: instant("2029-01-01T00:00:00Z")) == nil)
    }

    private func instant(_ text: String) -> Instant { Samples.instant(text) }

    @Test("what history left out is missing when it is approved")
    func approvedIncomplete() throws {
        var ledger = try TestLedger(ofAssociations: Samples.associationProgram)
        try ledger.draft(draft: Samples.associationDraft { $0.title = nil }, proof: nil)
        try ledger.record(
            .associationSubmitted(AssociationSubmitted()),
            source: Samples.source(in: Samples.associationProgram))
        try ledger.act(.startReview)
        let refusal = ledger.refusal(
            of: .association(Samples.association, .approve(reason: nil)), by: Samples.reviewer)
        #expect(
            refusal
                == .breaksAssociationRules(
                    [
                        .missingFields([.title]),
                        .missingDocument(.proofOfExecution, items: ["a signed statement of work"]),
                    ], program: Samples.associationProgram.id, version: "1"))
        try ledger.record(
            .associationApproved(reason: nil),
            source: Samples.source(in: Samples.associationProgram), by: Samples.reviewer)
        #expect(ledger.findings == ["association_incomplete 3", "association_incomplete 5"])
    }
}
