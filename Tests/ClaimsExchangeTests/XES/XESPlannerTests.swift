import ClaimsDomain
import ClaimsExchange
import Testing

@Suite("XES planner")
struct XESPlannerTests {
    /// One line a step.
    static func outline(_ plan: XESPlan) -> [String] {
        plan.steps.map { step in
            switch step {
            case .event(let event, let ordinal, _):
                "\(ordinal) \(event.id) \(event.occurredAt) \(event.payload.kind.rawValue)"
            case .listed(let rejection):
                "\(rejection.ordinal) \(rejection.cause.rawValue) "
                    + "'\(rejection.activity)': \(rejection.reason)"
            }
        }
    }

    static func events(_ plan: XESPlan) -> [ProposedEvent] {
        plan.steps.compactMap { step in
            if case .event(let event, _, _) = step { event } else { nil }
        }
    }

    @Test("a trace becomes events in time order, and what becomes none is listed")
    func sample() throws {
        let plan = try XESSamples.plans(XESSamples.log, XESSamples.mapping)[0]
        #expect(plan.claim == ClaimID("case 1"))
        #expect(
            Self.outline(plan) == [
                "1 xes-case 1-1-1 2019-12-31T23:30:00Z claim.created",
                "1 xes-case 1-1-2 2019-12-31T23:30:00Z claim.submitted",
                "3 xes-case 1-3-1 2020-01-05T08:00:00Z claim.documents_requested",
                "2 xes-case 1-2-1 2020-02-01T08:00:00Z claim.reimbursed",
                "4 ignored 'archive': the archive is no part of a claim",
                "5 unmapped 'dance': the mapping does not name this activity",
            ])
    }

    @Test("the events carry what mapping, trace and calendar say")
    func payloads() throws {
        let events = Self.events(try XESSamples.plans(XESSamples.log, XESSamples.mapping)[0])
        let eur = try #require(Currency(code: "EUR"))
        let amount = Money(minorUnits: 2686, currency: eur)
        let newYear = try #require(Day("2020-01-01"))
        let paid = try #require(Day("2020-02-01"))
        // In Amsterdam the first event is of the new year already.
        #expect(
            events.map(\.payload) == [
                .claimCreated(
                    ClaimCreated(
                        period: PeriodLabel("2020"), activity: ActivityID("trip"), amount: amount,
                        activityDate: newYear)),
                .claimSubmitted(amount: amount),
                .claimDocumentsRequested(
                    DocumentsRequested(items: [.init(kind: .other, reason: "returned by CLERK")])),
                .claimReimbursed(
                    Reimbursed(amount: amount, paymentReference: "P-1", paidOn: paid)),
            ])
        #expect(events.allSatisfy { $0.subject == "case 1" })
        #expect(
            events.allSatisfy {
                $0.source == Source(program: ProgramID("travel"), partner: PartnerID("B-7"))
            })
        #expect(events.map(\.actor.id) == ["EMPLOYEE", "EMPLOYEE", "CLERK", "UNKNOWN"])
        #expect(events.allSatisfy { $0.actor.kind == .user && $0.role == $0.actor.id })
    }

    @Test("the same trace gives the same plan")
    func deterministic() throws {
        let plans = try (0..<3).map { _ in
            try XESSamples.plans(XESSamples.log, XESSamples.mapping)
        }
        #expect(plans[0] == plans[1])
        #expect(plans[1] == plans[2])
    }

    /// A log of one trace with events `(activity, time, further attributes)`.
    static func log(
        _ events: [(String, String)], trace: String = "<float key='amount' value='1'/>"
    ) -> String {
        let lines = events.map { activity, time in
            """
            <event><string key='concept:name' value='\(activity)'/>\
            <date key='time:timestamp' value='\(time)'/></event>
            """
        }
        return """
            <log><trace><string key='concept:name' value='c'/><string key='budget' value='b'/>
            <string key='org:role' value='r'/>\(trace)
            \(lines.joined(separator: "\n"))
            </trace></log>
            """
    }

    @Test("events of equal time keep the order of the file")
    func equalTimes() throws {
        let time = "2020-03-01T00:00:00Z"
        let xml = Self.log([
            ("send", time), ("return", time), ("send", "2020-02-29T23:00:00Z"), ("return", time),
        ])
        let plan = try XESSamples.plans(xml, XESSamples.mapping)[0]
        #expect(
            Self.events(plan).map(\.id.text) == [
                "xes-c-3-1", "xes-c-3-2", "xes-c-1-2", "xes-c-2-1", "xes-c-4-1",
            ])
    }

    @Test("a claim is created once, and not where the ledger has it")
    func conditions() throws {
        let text = XESSamples.mapping.replacing(
            "\"archive\": {\"ignore\": \"the archive is no part of a claim\"}",
            with: """
                "archive": [{"type": "claim.created", "when": "ifNoClaim"},
                  {"type": "claim.comment_added", "when": "ifClaim", "fields": {"text": "again"}}],
                "dance": [{"type": "claim.created", "when": "ifNoClaim"}]
                """)
        let xml = Self.log([
            ("dance", "2020-03-01T00:00:00Z"), ("dance", "2020-03-02T00:00:00Z"),
            ("archive", "2020-03-03T00:00:00Z"),
        ])
        let planner = XESPlanner(mapping: try XESSamples.read(text), zone: XESSamples.zone)
        let trace = try XESSamples.traces(xml).traces[0]
        #expect(
            Self.outline(planner.plan(trace)) == [
                "1 xes-c-1-1 2020-03-01T00:00:00Z claim.created",
                "2 ignored 'dance': the mapping has no event for it when there is a claim already",
                "3 xes-c-3-2 2020-03-03T00:00:00Z claim.comment_added",
            ])
        let known = Self.outline(planner.plan(trace, claimExists: true))
        #expect(known.map { $0.prefix(9) } == ["1 ignored", "2 ignored", "3 xes-c-3"])
    }

    static let unusable: [(log: String, lines: [String])] = [
        (
            log([("send", "2020-03-01"), ("return", "2020-03-01T00:00:00Z")]),
            [
                "2 xes-c-2-1 2020-03-01T00:00:00Z claim.documents_requested",
                "1 unusable 'send': time '2020-03-01' is no RFC 3339 time with a zone",
            ]
        ),
        (
            "<log><trace><event><string key='concept:name' value='send'/></event></trace></log>",
            ["1 unusable 'send': it has no time: the event has no attribute 'time:timestamp'"]
        ),
        (
            """
            <log><trace><event><date key='time:timestamp' value='2020-01-01T00:00:00Z'/></event>
            </trace></log>
            """,
            [
                """
                1 unusable '': the claim is not known: \
                no id, the trace has no attribute 'concept:name'
                """
            ]
        ),
        (
            log([("send", "2021-03-01T00:00:00Z"), ("return", "2021-03-02T00:00:00Z")]),
            [
                """
                1 unusable 'send': claim.created: program 'travel' has no usage period with \
                2021-03-01T00:00:00Z in it
                """,
                "2 xes-c-2-1 2021-03-02T00:00:00Z claim.documents_requested",
            ]
        ),
        (
            log([("send", "2020-03-01T00:00:00Z")], trace: ""),
            [
                """
                1 unusable 'send': claim.created: no amount, \
                neither the event nor its trace has an attribute 'amount'
                """
            ]
        ),
        (
            log([("send", "2020-03-01T00:00:00Z")], trace: "<string key='amount' value='1,5'/>"),
            [
                """
                1 unusable 'send': claim.created: \
                amount '1,5' is not a decimal number such as '26.8512'
                """
            ]
        ),
        (
            log([("send", "2020-03-01T00:00:00Z")], trace: "<float key='amount' value='-1'/>"),
            [
                """
                1 unusable 'send': claim.created: 'amountMinor' is the number -100, \
                expected a whole number of minor units from 0 to 9007199254740991
                """
            ]
        ),
        (
            log([("pay", "2020-03-01T00:00:00Z")]),
            [
                """
                1 unusable 'pay': claim.reimbursed: paymentReference: \
                neither the event nor its trace has an attribute 'reference'
                """
            ]
        ),
    ]

    @Test("what an event lacks is listed with it, and the others go on", arguments: unusable)
    func listed(log: String, lines: [String]) throws {
        #expect(Self.outline(try XESSamples.plans(log, XESSamples.mapping)[0]) == lines)
    }

    @Test("a log without amounts is read with a constant")
    func constantAmount() throws {
        let text = XESSamples.mapping.replacing("\"${amount}\"", with: "\"0\"")
        let log = Self.log([("send", "2020-03-01T00:00:00Z")], trace: "")
        let events = Self.events(try XESSamples.plans(log, text)[0])
        let eur = try #require(Currency(code: "EUR"))
        #expect(
            events.last?.payload == .claimSubmitted(amount: Money(minorUnits: 0, currency: eur)))
    }

    @Test("fields may override what the claim gives; what may be left out is when it is missing")
    func overrides() throws {
        let text = XESSamples.mapping
            .replacing(
                "\"archive\": {\"ignore\": \"the archive is no part of a claim\"}",
                with: """
                    "archive": [{"type": "claim.approved",
                      "fields": {"amount": "${less}", "currency": "JPY", "reason": "${why}"}}],
                    "dance": [{"type": "claim.evidence_attached", "fields": {
                      "evidence": "EV-1", "kind": "third_party_invoice", "filename": "a.pdf",
                      "mediaType": "application/pdf", "size": 12, "sha256": "\(
                        String(repeating: "ab", count: 32))",
                      "invoice": {"number": "${no}", "vendor": "V", "date": "${time:timestamp}",
                        "amount": "2.5"}}}]
                    """)
        let log = Self.log(
            [("archive", "2020-03-01T00:00:00Z"), ("dance", "2020-03-01T23:30:00Z")],
            trace: """
                <float key='amount' value='1'/><int key='less' value='7'/><id key='no' value='N'/>
                """)
        let events = Self.events(try XESSamples.plans(log, text)[0])
        let (jpy, eur) = try (#require(Currency(code: "JPY")), #require(Currency(code: "EUR")))
        #expect(
            events.first?.payload
                == .claimApproved(amount: Money(minorUnits: 7, currency: jpy), reason: nil))
        guard case .claimEvidenceAttached(let attached)? = events.last?.payload else {
            Issue.record("no evidence: \(events)")
            return
        }
        let date = try #require(Day("2020-03-02"))
        #expect(
            attached.invoice
                == .init(
                    number: "N", vendor: "V", date: date,
                    amount: Money(minorUnits: 250, currency: eur)))
        #expect(attached.size == 12)
    }

    @Test("the rules in force at the first event give the period; the ledger's count beside")
    func rulesInForce() throws {
        var mapping = try XESSamples.read(XESSamples.mapping)
        var later = mapping.programs[0]
        later.version = "2"
        later.effectiveAt = try #require(Instant("2020-01-01T00:00:00Z"))
        later.usagePeriods[1].label = PeriodLabel("2020-new")
        mapping.programs[0].usagePeriods[1].label = PeriodLabel("2020-old")
        let planner = XESPlanner(mapping: mapping, programs: [later], zone: XESSamples.zone)
        for (time, label) in [
            ("2019-12-31T23:59:59.999Z", "2020-old"), ("2020-01-01T00:00:00Z", "2020-new"),
        ] {
            let trace = try XESSamples.traces(Self.log([("send", time)])).traces[0]
            guard case .claimCreated(let created)? = Self.events(planner.plan(trace)).first?.payload
            else {
                Issue.record("no claim at \(time)")
                continue
            }
            #expect(created.period.text == label)
        }
    }
}
