package import ClaimsDomain

extension EventCatalogue {
    /// A plausible event of a type, as the page shows it.
    package static func sample(_ kind: EventKind) -> Event {
        let place = Int64(kind.ordinal) + 1
        let day = Day(since1970: 18_262 + Int32(place))
        let occurred = Instant(startOf: day).adding(milliseconds: 33_300_000)
        let partner = PartnerID("4567890")
        let content = ProposedEvent(
            id: EventID("01900000-0000-7000-8000-" + EventWriter.sequenceText(1_000 + place)),
            source: Source(
                program: sampleProgram.id, partner: kind.sourceNamesPartner ? partner : nil),
            subject: subject(of: kind.subjectKind), occurredAt: occurred,
            actor: actor(of: kind).actor, role: actor(of: kind).role, payload: payload(kind))
        return Event(
            content: content, recordedAt: occurred.adding(milliseconds: 2_113), sequence: place)
    }

    private static func subject(of kind: EventKind.SubjectKind) -> String {
        switch kind {
        case .program: sampleProgram.id.text
        case .partner: "4567890"
        case .period: "FY20-H1"
        case .claim: "CLM-1042"
        case .association: "ASC-7"
        }
    }

    private static func actor(of kind: EventKind) -> (actor: Actor, role: String) {
        switch kind {
        case .programPublished, .partnerEnrolled, .periodClosed:
            (Actor(kind: .user, id: "u-2"), "program_manager")
        case .fundsEarned, .fundsAdjusted, .fundsConverted, .fundsRolledOver:
            (Actor(kind: .serviceAccount, id: "s-earnings"), "earnings")
        case .claimPaymentRequested, .claimReimbursed, .claimReimbursementReversed:
            (Actor(kind: .user, id: "u-41"), "finance")
        case .claimReviewStarted, .claimEndorsed, .claimDocumentsRequested, .claimApproved,
            .claimRejected, .claimExceptionGranted, .associationReviewStarted,
            .associationInformationRequested, .associationApproved, .associationRejected,
            .associationEnded:
            (Actor(kind: .user, id: "u-30"), "reviewer")
        case .associationConsentDeclined: (Actor(kind: .user, id: "c-1"), "customer")
        case .claimCreated, .claimAmended, .claimEvidenceRequested, .claimEvidenceAttached,
            .claimEvidenceWithdrawn, .claimCommentAdded, .claimSubmitted, .claimDisputed,
            .claimWithdrawn, .associationCreated, .associationEvidenceAttached,
            .associationSubmitted, .associationDisputed:
            (Actor(kind: .user, id: "u-17"), "partner")
        }
    }

    /// One switch for all types, so that the compiler asks for one that is new.
    private static func payload(_ kind: EventKind) -> EventPayload {
        switch kind {
        case .programPublished: .programPublished(sampleProgram)
        case .partnerEnrolled: .partnerEnrolled(enrolled)
        case .fundsEarned: .fundsEarned(earned)
        case .fundsAdjusted: .fundsAdjusted(adjusted)
        case .fundsConverted: .fundsConverted(converted)
        case .fundsRolledOver: .fundsRolledOver(rolledOver)
        case .periodClosed: .periodClosed(closing)
        case .claimCreated: .claimCreated(draft)
        case .claimAmended: .claimAmended(amendment)
        case .claimEvidenceRequested: .claimEvidenceRequested(evidenceRequest)
        case .claimEvidenceAttached: .claimEvidenceAttached(invoice)
        case .claimEvidenceWithdrawn:
            .claimEvidenceWithdrawn(
                evidence: EvidenceID("EV-2"), reason: "it belongs to another claim")
        case .claimCommentAdded: .claimCommentAdded(text: "The second journal appeared late.")
        case .claimSubmitted: .claimSubmitted(amount: usd(600_000))
        case .claimReviewStarted: .claimReviewStarted
        case .claimEndorsed: .claimEndorsed(step: "regional")
        case .claimDocumentsRequested: .claimDocumentsRequested(documentsRequest)
        case .claimApproved:
            .claimApproved(amount: usd(580_000), reason: "the third journal is outside the period")
        case .claimRejected: .claimRejected(reasons: ["the advertisement shows no program logo"])
        case .claimDisputed: .claimDisputed(reason: "the advertisement does show the logo, page 14")
        case .claimWithdrawn: .claimWithdrawn(reason: "claimed by our Belgian branch")
        case .claimExceptionGranted:
            .claimExceptionGranted(
                rule: "claim_deadline", reason: "the portal was down on the last day")
        case .claimPaymentRequested: .claimPaymentRequested(amount: usd(580_000))
        case .claimReimbursed: .claimReimbursed(reimbursement)
        case .claimReimbursementReversed: .claimReimbursementReversed(reversal)
        case .associationCreated: .associationCreated(association)
        case .associationEvidenceAttached: .associationEvidenceAttached(statementOfWork)
        case .associationSubmitted: .associationSubmitted(completion)
        case .associationReviewStarted: .associationReviewStarted
        case .associationInformationRequested: .associationInformationRequested(documentsRequest)
        case .associationApproved: .associationApproved(reason: "the statement of work is signed")
        case .associationConsentDeclined:
            .associationConsentDeclined(reason: "the customer works with another partner")
        case .associationRejected:
            .associationRejected(reasons: ["the statement of work names another customer"])
        case .associationDisputed:
            .associationDisputed(reason: "the customer changed its name in 2019")
        case .associationEnded: .associationEnded(reason: "the subscription was cancelled")
        }
    }
}

// MARK: - Funds and claims

extension EventCatalogue {
    static var dollar: Currency { sampleProgram.currency }

    static func usd(_ minorUnits: Int64) -> Money {
        Money(minorUnits: minorUnits, currency: dollar)
    }

    static func day(_ month: Int, _ day: Int, year: Int = 2020) -> Day {
        Day(year: year, month: month, day: day) ?? Day(since1970: 0)
    }

    private static var enrolled: PartnerEnrolled {
        PartnerEnrolled(name: "Contoso Services", country: "NL", currency: dollar)
    }

    private static var earned: FundsEarned {
        FundsEarned(
            amount: usd(1_250_000), earnedOn: day(6, 30, year: 2019),
            reference: "EARN-2019-06-4567890", lever: "indirect-reseller")
    }

    private static var adjusted: FundsAdjusted {
        FundsAdjusted(
            amount: usd(-25_000), reasonCode: "returned_order",
            reason: "order 77120 was returned in July", reference: "ADJ-311")
    }

    private static var converted: FundsConverted {
        FundsConverted(amount: usd(90_000), reason: "below the threshold of the period")
    }

    private static var rolledOver: FundsRolledOver {
        FundsRolledOver(
            amount: usd(40_000), toPeriod: PeriodLabel("FY20-H2"),
            reason: "extension of the period")
    }

    private static var closing: PeriodClosed {
        var balance = PeriodClosed.Balance(currency: dollar)
        balance.accounts = 1
        balance.earned = 1_250_000
        balance.adjusted = -25_000
        balance.rolledOut = 40_000
        balance.converted = 90_000
        balance.approved = 580_000
        balance.paid = 580_000
        balance.unclaimed = 515_000
        return PeriodClosed(
            balances: [balance], treeSize: 34,
            rootHash: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    }

    private static var draft: ClaimCreated {
        ClaimCreated(
            period: PeriodLabel("FY20-H1"), activity: ActivityID("print-advertising"),
            amount: usd(600_000), activityDate: day(11, 20, year: 2019),
            title: "Autumn campaign in two trade journals", location: "Utrecht",
            thirdPartyVendor: true)
    }

    private static var evidenceRequest: EvidenceRequested {
        EvidenceRequested(
            from: "u-18", kind: .thirdPartyInvoice, note: "the printer's final invoice")
    }

    private static var amendment: ClaimAmended {
        var changes = ClaimAmended()
        changes.amount = usd(600_000)
        changes.title = "Autumn campaign in three trade journals"
        return changes
    }

    private static var invoice: EvidenceAttached {
        EvidenceAttached(
            evidence: EvidenceID("EV-1"), kind: .thirdPartyInvoice,
            filename: "invoice-2019-311.pdf",
            mediaType: "application/pdf", size: 48_213,
            sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            invoice: EvidenceAttached.Invoice(
                number: "2019-311", vendor: "Fabrikam Print", date: day(12, 2, year: 2019),
                amount: usd(600_000)))
    }
}
