import ClaimsDomain
import Testing

@testable import ClaimsCodec

/// What a replay takes from a line.
@Suite struct FactReaderTests {
    /// What a fold has to know of a payload, said once more and by hand.
    private struct Essence: Equatable {
        var amount: Money?
        var period = ""
        var activity = ""
        var reference = ""
        var day: Day?
        var flags: [Bool?] = [nil, nil]
        /// Kind, hash, whether there is a note, invoice, metric.
        var document: [String] = []
        /// Tenant, area, products, subscription, several, transaction; then what is given.
        var association: [String] = []
    }

    private static func essence(_ document: EvidenceAttached) -> Essence {
        let invoice = document.invoice
        return Essence(
            reference: document.evidence.text, day: document.datedOn,
            document: [
                document.kind.rawValue, document.sha256, "\(document.note?.isEmpty == false)",
                invoice?.number ?? "", invoice?.vendor ?? "",
                invoice.map { "\($0.amount)" } ?? "", document.metric?.name ?? "",
                document.metric?.value ?? "",
            ])
    }

    private static func association(
        _ values: [String?], _ several: Bool?, _ transaction: Day?,
        given: [(AssociationField, Bool)]
    ) -> [String] {
        let given = given.filter(\.1).map(\.0)
        return values.map { $0 ?? "" }
            + [several.map { "\($0)" } ?? "", transaction.map { "\($0)" } ?? ""]
            + AssociationField.allCases.filter(given.contains).map(\.rawValue)
    }

    private static func essence(_ created: AssociationCreated) -> Essence {
        let always: [AssociationField] = [
            .customerDomain, .tenantID, .solutionArea, .activity, .products,
        ]
        return Essence(
            activity: created.activity.text,
            association: association(
                [
                    created.tenantID, created.solutionArea,
                    created.products.joined(separator: "\n"), created.subscriptionID,
                ], created.severalSubscriptions, created.transactionOn,
                given: always.map { ($0, true) } + [
                    (.title, created.title != nil),
                    (.subscriptionID, created.subscriptionID != nil),
                    (.severalSubscriptions, created.severalSubscriptions != nil),
                    (.customerName, created.customerName != nil),
                    (.customerContact, created.customerContact != nil),
                    (.partnerContact, created.partnerContact != nil),
                    (.technicalContact, created.technicalContact != nil),
                    (.solutionSeller, created.solutionSeller != nil),
                    (.productName, created.productName != nil),
                    (.transactionOn, created.transactionOn != nil),
                ]))
    }

    private static func essence(_ changes: AssociationSubmitted) -> Essence {
        Essence(
            association: association(
                [nil, nil, changes.products?.joined(separator: "\n"), changes.subscriptionID],
                changes.severalSubscriptions, changes.transactionOn,
                given: AssociationField.allCases.map { ($0, changes.has($0)) }))
    }

    private static func essence(_ fact: AssociationFact, _ names: NameTable) -> [String] {
        association(
            [fact.tenant, fact.solutionArea, fact.products, fact.subscription].map(names.text),
            fact.severalSubscriptions, fact.transactionOn,
            given: AssociationField.allCases.map { ($0, fact.given.has($0)) })
    }

    private static func essence(_ document: DocumentFact, _ state: LedgerState) -> [String] {
        let names = state.documentNames
        return [
            document.kind.rawValue, names.text(document.file), "\(document.hasNote)",
            names.text(document.invoiceNumber), names.text(document.invoiceVendor),
            document.invoiceCurrency.map {
                "\(Money(minorUnits: document.invoiceAmount, currency: $0))"
            } ?? "", state.names.text(document.metricName), state.names.text(document.metricValue),
        ]
    }

    private static func essence(_ payload: EventPayload) -> Essence {
        switch payload {
        case .partnerEnrolled(let partner): Essence(reference: partner.name ?? "")
        case .fundsEarned(let earned): Essence(amount: earned.amount, day: earned.earnedOn)
        case .fundsAdjusted(let adjusted): Essence(amount: adjusted.amount)
        case .fundsConverted(let converted): Essence(amount: converted.amount)
        case .fundsRolledOver(let rolled):
            Essence(amount: rolled.amount, period: rolled.toPeriod.text)
        case .claimCreated(let draft):
            Essence(
                amount: draft.amount, period: draft.period.text, activity: draft.activity.text,
                day: draft.activityDate, flags: [draft.inHouseWork, draft.thirdPartyVendor])
        case .claimAmended(let changes):
            Essence(
                amount: changes.amount, period: changes.period?.text ?? "",
                activity: changes.activity?.text ?? "", day: changes.activityDate,
                flags: [changes.inHouseWork, changes.thirdPartyVendor])
        case .claimSubmitted(let amount), .claimPaymentRequested(let amount),
            .claimApproved(let amount, _):
            Essence(amount: amount)
        case .claimEvidenceAttached(let document), .associationEvidenceAttached(let document):
            essence(document)
        case .claimDocumentsRequested(let request), .associationInformationRequested(let request):
            Essence(day: request.dueOn)
        case .associationSubmitted(let changes): essence(changes)
        case .claimEvidenceWithdrawn(let evidence, _): Essence(reference: evidence.text)
        case .claimEndorsed(let step): Essence(reference: step)
        case .claimExceptionGranted(let rule, _): Essence(reference: rule)
        case .claimReimbursed(let payment):
            Essence(
                amount: payment.amount, reference: payment.paymentReference, day: payment.paidOn)
        case .claimReimbursementReversed(let reversal):
            Essence(amount: reversal.amount, reference: reversal.paymentReference)
        case .associationCreated(let association): essence(association)
        default: Essence()
        }
    }

    private static func essence(_ fact: Fact, _ state: LedgerState) -> Essence {
        let names = state.names
        let evidence = state.documentNames.text(fact.evidence)
        return Essence(
            amount: fact.currency.map { Money(minorUnits: fact.amount, currency: $0) },
            period: names.text(fact.period), activity: names.text(fact.activity),
            reference: names.text(fact.reference) + evidence, day: fact.day,
            flags: [fact.inHouseWork, fact.thirdPartyVendor],
            document: fact.document.map { essence($0, state) } ?? [],
            association: fact.association.map { essence($0, names) } ?? [])
    }

    @Test("a line gives the fact of its event", arguments: SampleEvents.all)
    func fact(event: Event) throws {
        var reader = FactReader()
        var state = LedgerState()
        _ = state.names.intern("something before")
        _ = state.documentNames.intern("a document before")
        let bytes = EventWriter.line(event)
        guard case .fact(let fact, let rules) = try reader.read(bytes.span, into: &state) else {
            Issue.record("unknown")
            return
        }
        #expect(fact.kind == event.kind)
        #expect(fact.sequence == event.sequence)
        #expect(fact.occurredAt == event.content.occurredAt)
        #expect(fact.recordedAt == event.recordedAt)
        let names = state.names
        #expect(names.text(fact.program) == event.content.source.program.text)
        #expect(names.text(fact.partner) == event.content.source.partner?.text ?? "")
        #expect(names.text(fact.subject) == event.content.subject)
        #expect(names.text(fact.actor) == event.content.actor.id)
        #expect(Self.essence(fact, state) == Self.essence(event.content.payload))
        if case .programPublished(let program) = event.content.payload {
            #expect(rules == program)
        } else {
            #expect(rules == nil)
        }
    }

    @Test("the fact of a decided event is the one read from its line", arguments: SampleEvents.all)
    func decided(event: Event) throws {
        var reader = FactReader()
        var state = LedgerState()
        let bytes = EventWriter.line(event)
        guard case .fact(let fact, _) = try reader.read(bytes.span, into: &state) else {
            Issue.record("unknown")
            return
        }
        let known = state
        let same = Fact(event, names: &state.names, documents: &state.documentNames)
        #expect(same == fact)
        #expect(state.names.count == known.names.count)
        #expect(state.documentNames.table.count == known.documentNames.table.count)
    }

    @Test("one reader over all lines gives what a new reader a line gives")
    func reuse() throws {
        var reader = FactReader()
        var state = LedgerState()
        for event in SampleEvents.all + SampleEvents.all.reversed() {
            let bytes = EventWriter.line(event)
            var other = FactReader()
            var sameState = state
            guard case .fact(let fact, _) = try reader.read(bytes.span, into: &state),
                case .fact(let expected, _) = try other.read(bytes.span, into: &sameState)
            else {
                Issue.record("unknown")
                continue
            }
            #expect(fact == expected)
        }
    }

    @Test("a reader that refused a line reads the next as if nothing had been")
    func afterRefusal() throws {
        var reader = FactReader()
        var state = LedgerState()
        let broken = [UInt8](plainLine.replacing("\"u-1\"", by: "\"u-1\",\"x\":[1"))
        #expect(throws: LineProblem.self) { try reader.read(broken.span, into: &state) }
        let bytes = [UInt8](plainLine)
        _ = try reader.readKeepingLine(
            bytes.span, names: &state.names, documents: &state.documentNames)
        #expect(reader.line.extensions.isEmpty)
        #expect(reader.line.data.count == 2)
    }

    @Test("the same text gives the same key, whether it is written with escapes or not")
    func escapedNames() throws {
        let escaped = plainLine.replacing("\"C-1\"", by: "\"\\u0043-1\"")
            .replacing("\"/programs/p/partners/q\"", by: "\"\\/programs\\/p\\/partners\\/\\u0071\"")
        var reader = FactReader()
        var state = LedgerState()
        let first = [UInt8](plainLine)
        let second = [UInt8](escaped)
        guard case .fact(let one, _) = try reader.read(first.span, into: &state),
            case .fact(let two, _) = try reader.read(second.span, into: &state)
        else {
            Issue.record("unknown")
            return
        }
        #expect(one == two)
    }

    @Test("an unknown type is a problem, or is told where that is asked for")
    func unknownType() throws {
        let bytes = [UInt8](plainLine.replacing("claim.submitted", by: "claim.audited"))
        var strict = FactReader()
        var tolerant = FactReader(toleratesUnknown: true)
        var state = LedgerState()
        #expect(throws: LineProblem.self) { try strict.read(bytes.span, into: &state) }
        guard case .unknown(let type) = try tolerant.read(bytes.span, into: &state) else {
            Issue.record("known")
            return
        }
        #expect(type == "claim.audited")
        // What is no JSON is a problem for both.
        let cut = Array(bytes.dropLast())
        #expect(throws: LineProblem.self) { try tolerant.read(cut.span, into: &state) }
    }
}
