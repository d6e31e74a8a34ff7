import ClaimsDomain
import ClaimsTestSupport
import Testing

/// The shipped rules for associations: Online Services Advisor before October 2019, and claimed
/// partners of record from then on, by the date of the event.
@Suite("Associations under the shipped programs")
struct AssociationProgramsTests {
    private static let advisor = ProgramID("online-services-advisor")
    private static let vendor = ProgramID("dynamics-isv")

    private func ledger() throws -> TestLedger {
        let names = [
            "online-services-advisor", "online-services-advisor.cpor", "dynamics-isv",
            "dynamics-isv.cpor",
        ]
        return try TestLedger(publishing: try names.map(ProgramFilesTests.read), earned: nil)
    }

    /// October 2019 begins at seven o'clock UTC where the program is.
    static let eras: [(at: String, version: String)] = [
        ("2019-09-15T09:00:00Z", "FY20.1"), ("2019-10-01T06:59:59.999Z", "FY20.1"),
        ("2019-10-01T07:00:00Z", "FY20.2"), ("2019-11-15T09:00:00Z", "FY20.2"),
    ]

    @Test("the rules are those in force when it happens", arguments: eras)
    func era(at: String, version: String) throws {
        var ledger = try ledger()
        let instant = Samples.instant(at)
        var draft = AssociationCreated(
            customerDomain: "contoso.example", tenantID: "t-1", solutionArea: "Microsoft 365",
            activity: ActivityID("usage"), products: ["Teams"])
        draft.title = "Teams"
        try ledger.perform(
            .createAssociation(
                Samples.association, program: Self.advisor, partner: Samples.partner, draft),
            at: instant)
        let refusal = ledger.refusal(of: .association(Samples.association, .submit()), at: instant)
        let work =
            "statement of work signed by the customer, or the customer's signed "
            + "acknowledgement"
        let breaches: [AssociationBreach] =
            version == "FY20.1"
            ? [.missingFields([.subscriptionID, .transactionOn])]
            : [
                .missingFields([.customerContact, .partnerContact]),
                .missingDocument(.proofOfExecution, items: [work]),
            ]
        #expect(
            refusal
                == .breaksAssociationRules(breaches, program: Self.advisor, version: version))
        let checked = try #require(ledger.state.check(Samples.association, at: instant))
        #expect(Set(checked.map(\.version)) == [version])
    }

    @Test("an advisor claims within 90 days of the sale; a partner of record at any time")
    func ninetyDays() throws {
        func refusal(sale: String, _ at: String) throws -> String? {
            var ledger = try ledger()
            var draft = AssociationCreated(
                customerDomain: "contoso.example", tenantID: "t-1", solutionArea: "Microsoft 365",
                activity: ActivityID("usage"), products: ["Teams"])
            draft.title = "Teams"
            draft.subscriptionID = "sub-1"
            draft.customerContact = "c-1"
            draft.partnerContact = "u-1"
            draft.transactionOn = Samples.day(sale)
            let instant = Samples.instant(at)
            try ledger.perform(
                .createAssociation(
                    Samples.association, program: Self.advisor, partner: Samples.partner, draft),
                at: instant)
            var proof = Samples.proof()
            proof.datedOn = instant.day
            try ledger.perform(.association(Samples.association, .attach(proof)), at: instant)
            let command = Command.association(Samples.association, .submit())
            return ledger.refusal(of: command, at: instant)?.rule
        }
        #expect(try refusal(sale: "2019-07-02", "2019-09-30T23:00:00Z") == nil)
        #expect(
            try refusal(sale: "2019-07-01", "2019-09-30T00:00:00Z") == "association_claim_window")
        #expect(try refusal(sale: "2019-07-01", "2019-09-29T23:59:59Z") == nil)
        #expect(try refusal(sale: "2019-01-01", "2019-11-15T09:00:00Z") == nil)
    }

    @Test("what an advisor held of Microsoft 365 has to be associated anew, Dynamics lasts")
    func reassociation() throws {
        func rule(_ area: String, _ product: String) throws -> String? {
            var ledger = try ledger()
            let before = Samples.instant("2019-09-15T09:00:00Z")
            let after = Samples.instant("2019-11-15T09:00:00Z")
            func draft(_ id: AssociationID, _ partner: PartnerID, at: Instant) throws {
                var draft = AssociationCreated(
                    customerDomain: "contoso.example", tenantID: "t-1", solutionArea: area,
                    activity: ActivityID("usage"), products: [product])
                draft.title = product
                draft.subscriptionID = "sub-1"
                draft.customerContact = "c-1"
                draft.partnerContact = "u-1"
                draft.technicalContact = "c-2"
                draft.transactionOn = Samples.day("2019-09-10")
                try ledger.perform(
                    .createAssociation(id, program: Self.advisor, partner: partner, draft), at: at)
                var proof = Samples.proof()
                proof.datedOn = at.day
                try ledger.perform(.association(id, .attach(proof)), at: at)
                try ledger.act(.submit(), .startReview, on: id, at: at)
            }
            try draft(AssociationID("ASC-9"), Samples.otherPartner, at: before)
            try ledger.act(.approve(reason: nil), on: AssociationID("ASC-9"), at: before)
            try draft(Samples.association, Samples.partner, at: after)
            #expect(ledger.findings == [])
            return ledger.refusal(
                of: .association(Samples.association, .approve(reason: nil)), at: after,
                by: Samples.reviewer)?.rule
        }
        #expect(try rule("Microsoft 365", "Teams") == nil)
        #expect(
            try rule("Business Applications", "Dynamics 365 Sales") == "association_exclusive")
    }

    @Test("a revenue association names seller, customer and solution, and brings no payment")
    func revenue() throws {
        var ledger = try ledger()
        let instant = Samples.instant("2019-11-15T09:00:00Z")
        var draft = AssociationCreated(
            customerDomain: "contoso.example", tenantID: "t-1",
            solutionArea: "Business Applications", activity: ActivityID("revenue-association"),
            products: ["Dynamics 365 Finance"])
        draft.title = "Finance"
        draft.customerContact = "c-1"
        draft.partnerContact = "u-1"
        try ledger.perform(
            .createAssociation(
                Samples.association, program: Self.vendor, partner: Samples.partner, draft),
            at: instant)
        try ledger.perform(
            .association(Samples.association, .attach(Samples.proof("2019-11-01"))), at: instant)
        let submit = Command.association(Samples.association, .submit())
        #expect(
            ledger.refusal(of: submit, at: instant)
                == .breaksAssociationRules(
                    [
                        .missingFields([
                            .customerName, .technicalContact, .solutionSeller, .productName,
                        ])
                    ], program: Self.vendor, version: "FY20.2"))
        var claim = Samples.draft(period: PeriodLabel("FY20-H1"))
        claim.activity = ActivityID("revenue-association")
        #expect(
            ledger.refusal(
                of: .create(
                    Samples.claim, program: Self.vendor, partner: Samples.partner, claim),
                at: instant)?.rule == "activity_paid")
    }
}
