import ClaimsDomain
import ClaimsTestSupport
import Testing

/// What an association has to give before it is handed in.
@Suite struct AssociationRuleTests {
    private static func missing(
        _ name: String, _ fields: [AssociationField], _ activity: String = "usage",
        proof: EvidenceAttached? = Samples.proof(),
        _ set: (inout AssociationCreated) -> Void
    ) -> AssociationTrial {
        AssociationTrial(name) { trial in
            trial.draft = Samples.associationDraft(activity, set)
            trial.proof = proof
            trial.breaches = fields.isEmpty ? [] : [.missingFields(fields)]
            trial.finding = fields.isEmpty ? nil : .associationIncomplete
        }
    }

    static let fields: [AssociationTrial] = [
        missing("all is given", []) { _ in },
        missing("a field is missing", [.title]) { $0.title = nil },
        missing("two fields are missing", [.title, .customerContact]) {
            $0.title = nil
            $0.customerContact = nil
        },
        missing("Dynamics without technical contact", [.technicalContact]) {
            $0.products = ["Teams", "dynamics 365 Sales"]
        },
        missing("Dynamics with technical contact", []) {
            $0.products = ["Dynamics 365 Sales"]
            $0.technicalContact = "c-2"
        },
        missing("another product needs no technical contact", []) {
            $0.products = ["Sales for Dynamics 365"]
        },
        missing("several subscriptions, none named", [.subscriptionID]) {
            $0.severalSubscriptions = true
        },
        missing("several subscriptions, one named", []) {
            $0.severalSubscriptions = true
            $0.subscriptionID = "sub-1"
        },
        missing("one subscription need not be named", []) { $0.severalSubscriptions = false },
        missing("revenue needs its three names, and no proof", [], "revenue", proof: nil) { _ in },
        missing(
            "revenue without its names", [.customerName, .solutionSeller, .productName], "revenue",
            proof: nil
        ) {
            $0.customerName = nil
            $0.solutionSeller = nil
            $0.productName = nil
        },
        missing("usage needs no names", []) {
            $0.customerName = nil
            $0.solutionSeller = nil
            $0.productName = nil
        },
        missing("the day of the transaction, where there is a time to claim", [.transactionOn]) {
            $0.transactionOn = nil
        },
        AssociationTrial("what is missing comes with the submission") { trial in
            trial.draft.title = nil
            trial.draft.products = ["Dynamics 365 Sales"]
            trial.draft.severalSubscriptions = true
            var changes = AssociationSubmitted()
            changes.title = "Contoso"
            changes.technicalContact = "c-2"
            changes.subscriptionID = "sub-1"
            trial.command = .submit(changes)
        },
        AssociationTrial("the products handed in count, not those drafted") { trial in
            trial.draft.products = ["Dynamics 365 Sales"]
            var changes = AssociationSubmitted()
            changes.products = ["Teams"]
            trial.command = .submit(changes)
        },
        AssociationTrial("a programme that asks for nothing") { trial in
            trial.program = Samples.associations { rules in
                rules.requirements = []
                rules.claimWithin = nil
            }
            trial.draft.title = nil
            trial.draft.customerContact = nil
            trial.draft.transactionOn = nil
        },
        AssociationTrial("a programme without rules for associations") { trial in
            trial.program.associations = nil
            trial.draft.title = nil
            trial.proof = nil
        },
    ]

    @Test("the fields that its kind needs are given", arguments: fields)
    func given(trial: AssociationTrial) throws { try trial.check() }

    private static func dated(
        _ datedOn: String?, at: String = "2020-03-02T09:00:00Z", months: Int64? = 12,
        _ breach: AssociationBreach? = nil
    ) -> AssociationTrial {
        AssociationTrial("proof of \(datedOn ?? "no date") at \(at)") { trial in
            trial.program = Samples.associations { $0.acknowledgementMonths = months }
            trial.proof = Samples.proof(datedOn)
            trial.draft.transactionOn = Samples.day("2019-12-31")
            trial.at = Samples.instant(at)
            trial.breaches = breach.map { [$0] } ?? []
            trial.finding = breach == nil ? nil : .associationIncomplete
        }
    }

    private static func old(
        _ latest: String, _ from: String, _ to: String
    ) -> AssociationBreach {
        .oldProof(latest: Samples.day(latest), from: Samples.day(from), to: Samples.day(to))
    }

    static let proofs: [AssociationTrial] = [
        AssociationTrial("no proof") { trial in
            trial.proof = nil
            trial.breaches = [
                .missingDocument(.proofOfExecution, items: ["a signed statement of work"])
            ]
            trial.finding = .associationIncomplete
        },
        AssociationTrial("another document is no proof") { trial in
            trial.proof?.kind = .other
            trial.breaches = [
                .missingDocument(.proofOfExecution, items: ["a signed statement of work"])
            ]
            trial.finding = .associationIncomplete
        },
        AssociationTrial("where the activity asks for none") { trial in
            trial.program.activities[0].evidence = []
            trial.proof = nil
        },
        dated("2019-03-02"),
        dated("2019-03-01", old("2019-03-01", "2019-03-02", "2020-03-02")),
        dated("2020-03-02"),
        dated("2020-03-03", old("2020-03-03", "2019-03-02", "2020-03-02")),
        dated("2019-02-28", at: "2020-02-29T09:00:00Z"),
        dated(
            "2019-02-27", at: "2020-02-29T09:00:00Z",
            old("2019-02-27", "2019-02-28", "2020-02-29")),
        dated(nil, .undatedProof(months: 12)),
        dated(nil, months: nil),
        dated("2001-01-01", months: nil),
    ]

    @Test("its proof is there, and the acknowledgement recent on the day", arguments: proofs)
    func proven(trial: AssociationTrial) throws { try trial.check() }

    @Test("of several proofs one that is recent is enough")
    func severalProofs() throws {
        var ledger = try TestLedger(ofAssociations: Samples.associationProgram)
        try ledger.draft(proof: Samples.proof("2018-01-01"))
        let submit = Command.association(Samples.association, .submit())
        #expect(ledger.refusal(of: submit)?.rule == "association_acknowledgement")
        try ledger.act(.attach(Samples.proof()))
        #expect(ledger.refusal(of: submit) == nil)
    }

    private static func window(
        _ transactionOn: String, _ at: String, last: String? = nil, within: Target? = nil
    ) -> AssociationTrial {
        AssociationTrial("a transaction of \(transactionOn) claimed at \(at)") { trial in
            trial.program = Samples.associations { rules in
                rules.claimWithin = within ?? Target(days: 90, unit: .calendar)
                rules.acknowledgementMonths = nil
            }
            trial.draft.transactionOn = Samples.day(transactionOn)
            trial.at = Samples.instant(at)
            guard let last else { return }
            trial.breaches = [
                .claimedLate(
                    transactionOn: Samples.day(transactionOn), last: Samples.day(last),
                    at: trial.at)
            ]
            trial.finding = .associationLate
        }
    }

    /// Worked date: 90 days from 2019-10-01 end on 2019-12-30 (domain facts h).
    static let windows: [AssociationTrial] = [
        window("2019-10-01", "2019-12-30T23:59:59.999Z"),
        window("2019-10-01", "2019-12-31T00:00:00Z", last: "2019-12-30"),
        window("2019-12-01", "2020-02-29T12:00:00Z"),
        window("2019-12-01", "2020-03-01T00:00:00Z", last: "2020-02-29"),
        window("2020-01-17", "2020-01-21T09:00:00Z", within: Target(days: 1, unit: .business)),
        window(
            "2020-01-17", "2020-01-22T09:00:00Z", last: "2020-01-21",
            within: Target(days: 1, unit: .business)),
        AssociationTrial("a programme without a time to claim") { trial in
            trial.program = Samples.associations { $0.claimWithin = nil }
            trial.draft.transactionOn = Samples.day("2001-01-01")
        },
    ]

    @Test("it is handed in soon enough after the transaction", arguments: windows)
    func claimedInTime(trial: AssociationTrial) throws { try trial.check() }

    @Test("all that is missing is named in one refusal, with the rules and where they stand")
    func text() throws {
        var ledger = try TestLedger(ofAssociations: Samples.associationProgram)
        try ledger.draft(
            draft: Samples.associationDraft {
                $0.title = nil
                $0.products = ["Dynamics 365 Sales"]
                $0.transactionOn = Samples.day("2019-11-01")
            }, proof: nil)
        let refusal = ledger.refusal(of: .association(Samples.association, .submit()))
        #expect(
            refusal?.description == """
                missing: 'title', 'technicalContact' (rule association_fields: \
                'associations.requirements'); no document of kind 'proof_of_execution' is \
                attached; it has to show a signed statement of work (rule association_proof: \
                'activities.evidence'); it is 2020-03-02T09:01:00Z, a transaction of 2019-11-01 \
                could be claimed to the end of 2020-01-30 (rule association_claim_window: \
                'associations.claimWithin') of program 'cpor', version '1'
                """)
    }

    @Test("an area or activity that the programme does not have is refused when drafted")
    func unknown() throws {
        let ledger = try TestLedger(ofAssociations: Samples.associationProgram)
        func refusal(_ draft: AssociationCreated) -> String? {
            ledger.refusal(
                of: .createAssociation(
                    Samples.association, program: Samples.associationProgram.id,
                    partner: Samples.partner, draft))?.description
        }
        #expect(refusal(Samples.associationDraft()) == nil)
        #expect(
            refusal(Samples.associationDraft("usag"))
                == "program 'cpor' has no activity 'usag'; did you mean 'usage'? "
                + "(rule activity_known)")
        #expect(
            refusal(Samples.associationDraft { $0.solutionArea = "Microsoft 356" })
                == "program 'cpor' has no solution area 'Microsoft 356'; it has "
                + "'Business Applications', 'Microsoft 365' (rule solution_area_known)")
    }

    @Test("money cannot be claimed for an activity that brings no payment")
    func withoutPayment() throws {
        let program = Samples.associationProgram
        var ledger = try TestLedger(publishing: [program], earned: nil)
        var draft = Samples.draft()
        draft.activity = ActivityID("revenue")
        let refused = ledger.refusal(of: Samples.create(Samples.claim, draft, in: program))
        #expect(
            refused?.description
                == "activity 'revenue' of program 'cpor' brings no payment; record it as an "
                + "association (rule activity_paid)")
        draft.activity = ActivityID("usage")
        try ledger.perform(Samples.create(Samples.claim, draft, in: program))
        let amended = ledger.refusal(
            of: .claim(
                Samples.claim, .amend(Samples.changes { $0.activity = ActivityID("revenue") })))
        #expect(amended?.rule == "activity_paid")
    }
}
