import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import ClaimsTestSupport
import Testing

@Suite("Questions to a ledger")
struct QuestionTests {
    /// 1 program, 2 earned, 3 and 4 created, 5 submitted, 6 review started, 7 a comment of the
    /// reviewer; one a minute.
    private static func office() throws -> Office {
        var office = try Office()
        try office.submit(Office.create("CLM-1", usd(300)))
        try office.submit(Office.create("CLM-2", usd(200), partner: Samples.otherPartner))
        try office.submit(Office.claim("CLM-1", .submit(amount: nil)))
        try office.submit(Office.claim("CLM-1", .startReview), by: Samples.reviewer)
        try office.submit(
            Office.claim("CLM-2", .comment(text: "hello")), by: Samples.reviewer)
        return office
    }

    static let unknownNames: [(name: String, selection: Selection, message: String)] = [
        (
            "program", selection { $0.program = ProgramID("csp-indirct") },
            "no program 'csp-indirct' in this ledger\n  fix: did you mean 'csp-indirect'?"
        ),
        (
            "partner", selection { $0.partner = PartnerID("456789") },
            "no partner '456789' in this ledger\n  fix: did you mean '4567890'?"
        ),
        (
            "another partner", selection { $0.partner = PartnerID("contoso") },
            "no partner 'contoso' in this ledger\n  fix: look with 'claims list'"
        ),
        (
            "period", selection { $0.period = PeriodLabel("FY19-H1") },
            "no period 'FY19-H1' in this ledger\n  fix: did you mean 'FY20-H1'?"
        ),
        (
            "claim", selection { $0.claim = ClaimID("CLM-22") },
            "no claim 'CLM-22' in this ledger\n  fix: did you mean 'CLM-2'?"
        ),
        (
            "activity", selection { $0.activity = ActivityID("x") },
            "no activity 'x' in this ledger\n  fix: look with 'claims program list'"
        ),
        (
            "actor", selection { $0.actor = "u-99" },
            "no actor 'u-99' in this ledger\n  fix: "
        ),
    ]

    @Test("a filter that names nothing is told, with the nearest name", arguments: unknownNames)
    func unknown(name: String, selection: Selection, message: String) throws {
        let office = try Self.office()
        let ledger = office.ledger
        var errors = [
            ledgerError { _ = try ledger.claims(selection) },
            ledgerError { _ = try ledger.balances(selection) },
            ledgerError { _ = try ledger.lines(selection, at: Viewpoint()) { _ in } },
            ledgerError { _ = try ledger.associations(selection) },
        ]
        errors.append(
            ledgerError {
                _ = try ledger.balanceSeries(
                    selection, grouping: nil, step: .month, at: Viewpoint())
            })
        for error in errors {
            #expect(error?.description.hasPrefix("error: there is \(message)") == true)
            #expect(error?.category == .notFound)
        }
    }

    @Test("names of a filter are those known at the viewpoint; a period is known by its rules")
    func knownNames() throws {
        let office = try Self.office()
        let ledger = office.ledger
        let second = selection { $0.period = Samples.secondPeriod }
        #expect(try ledger.claims(second).value.rows.isEmpty)
        let claim = selection { $0.claim = ClaimID("CLM-1") }
        let early = Viewpoint(knownAt: .sequence(2))
        let error = ledgerError { _ = try ledger.claims(claim, at: early) }
        #expect(
            error?.description == """
                error: there is no claim 'CLM-1' in this ledger
                  fix: the ledger has none yet
                """)
    }

    @Test("claims, one claim's history and its events fit together")
    func history() throws {
        let office = try Self.office()
        let ledger = office.ledger
        let answer = try ledger.history(of: ClaimID("CLM-1"))
        #expect(answer.value.steps.map(\.sequence) == [3, 5, 6])
        #expect(answer.value.events.map(\.sequence) == [3, 5, 6])
        #expect(answer.value.events.map(\.kind) == answer.value.steps.map(\.kind))
        #expect(answer.value.row == (try ledger.claims().value.rows[0]))
        #expect(answer.value.row.status == answer.value.steps.last?.statusAfter)
        let early = Viewpoint(knownAt: .sequence(5))
        #expect(try ledger.history(of: ClaimID("CLM-1"), at: early).value.steps.count == 2)
        let error = ledgerError { _ = try ledger.history(of: ClaimID("CLM-3")) }
        #expect(
            error?.description == """
                error: there is no claim 'CLM-3' in this ledger
                  fix: did you mean 'CLM-1'?
                """)
        let association = ledgerError { _ = try ledger.history(of: AssociationID("ASC-1")) }
        #expect(
            association?.description == """
                error: there is no association 'ASC-1' in this ledger
                  fix: the ledger has none yet
                """)
    }

    static let eventFilters: [(name: String, selection: Selection, claims: [String])] = [
        ("actor", selection { $0.actor = Samples.reviewer.id }, ["CLM-1", "CLM-2"]),
        ("type", selection { $0.kind = .claimSubmitted }, ["CLM-1"]),
        (
            // Each of the two is true of some event of CLM-2, both of one event of none.
            "actor and type",
            selection {
                $0.actor = Samples.reviewer.id
                $0.kind = .claimCreated
            }, []
        ),
        ("from", selection { $0.from = Samples.start.adding(milliseconds: 360_000) }, ["CLM-2"]),
        ("to", selection { $0.to = Samples.start.adding(milliseconds: 120_000) }, ["CLM-1"]),
        (
            "type and partner",
            selection {
                $0.kind = .claimCreated
                $0.partner = Samples.otherPartner
            }, ["CLM-2"]
        ),
    ]

    @Test("a claim is selected when one of its events fits all of it", arguments: eventFilters)
    func eventFilter(name: String, selection: Selection, claims: [String]) throws {
        let office = try Self.office()
        let rows = try office.ledger.claims(selection).value.rows
        #expect(rows.map(\.claim.text) == claims, "\(name)")
    }

    @Test("the lines a selection admits are the stored bytes")
    func lines() throws {
        let office = try Self.office()
        let stored = try office.lines()
        func lines(
            _ selection: Selection, at viewpoint: Viewpoint = Viewpoint()
        ) throws -> [[UInt8]] {
            var lines: [[UInt8]] = []
            let answer = try office.ledger.lines(selection, at: viewpoint) { bytes in
                lines.append(bytes.indices.map { bytes[$0] })
            }
            #expect(answer.value == lines.count)
            return lines
        }
        #expect(try lines(Selection()) == stored)
        let claim = selection { $0.claim = ClaimID("CLM-2") }
        #expect(try lines(claim) == [stored[3], stored[6]])
        #expect(try lines(claim, at: Viewpoint(knownAt: .sequence(6))) == [stored[3]])
        let asOf = Viewpoint(asOf: Samples.start.adding(milliseconds: 180_000))
        #expect(try lines(Selection(), at: asOf) == Array(stored[..<4]))
    }

    @Test("an answer tells its viewpoint, its moment and the last event known")
    func header() throws {
        let office = try Self.office()
        let ledger = office.ledger
        let last = Samples.start.adding(milliseconds: 360_000)
        let now = try ledger.claims()
        #expect((now.moment, now.lastSequence) == (last, 7))
        let viewpoint = Viewpoint(asOf: Samples.start, knownAt: .sequence(4))
        let then = try ledger.claims(at: viewpoint)
        #expect((then.moment, then.lastSequence) == (Samples.start, 4))
        #expect(then.viewpoint == viewpoint)
        let known = Samples.start.adding(milliseconds: 60_001)
        let early = try ledger.claims(at: Viewpoint(knownAt: .instant(known)))
        #expect((early.moment, early.lastSequence) == (known, 2))
    }

    @Test("a series has the balances at each step's end, as asked one by one")
    func series() throws {
        var office = try Self.office()
        for day in ["2020-03-31", "2020-04-01", "2020-07-15"] {
            office.now = Samples.instant("\(day)T23:00:00Z")
            try office.submit(Office.earn(usd(1)), by: Samples.reviewer)
        }
        let series = try office.ledger.balanceSeries(
            Selection(), grouping: .program, step: .month, at: Viewpoint()
        ).value
        #expect(
            series.map { "\($0.day)" } == [
                "2020-03-31", "2020-04-30", "2020-05-31", "2020-06-30", "2020-07-15",
            ])
        let earned = series.map { $0.balances.rows.first?.balance.earned }
        #expect(earned == [2_000_001, 2_000_002, 2_000_002, 2_000_002, 2_000_003])
        for (day, balances) in series {
            let asOf = Viewpoint(asOf: Instant(endOf: day))
            let single = try office.ledger.balances(grouping: .program, at: asOf)
            #expect(balances.rows == single.value.rows)
        }
        let known = try office.ledger.balanceSeries(
            Selection(), grouping: .program, step: .quarter, at: Viewpoint(knownAt: .sequence(9))
        ).value
        #expect(known.map { "\($0.day)" } == ["2020-03-31", "2020-04-01"])
        #expect(known.map { $0.balances.rows.first?.balance.earned } == [2_000_001, 2_000_002])
        let none = try office.ledger.balanceSeries(
            Selection(), grouping: nil, step: .day, at: Viewpoint(knownAt: .sequence(0)))
        #expect(none.value.isEmpty)
    }

    @Test("a claim's currency, and the rules in force or else the latest, are found")
    func lookUps() throws {
        let office = try Self.office()
        let ledger = office.ledger
        #expect(try ledger.currency(of: ClaimID("CLM-1")) == Samples.currency("USD"))
        #expect(try ledger.currency(of: ClaimID("CLM-9")) == nil)
        let id = Office.program.id
        #expect(try ledger.rules(of: id, at: Samples.start) == Office.program)
        #expect(try ledger.rules(of: id, at: Samples.publishedAt) == Office.program)
        #expect(try ledger.rules(of: ProgramID("none"), at: Samples.start) == nil)
    }

    @Test("events of unknown type stop a replay, or are counted where that is asked for")
    func unknownTypes() throws {
        let office = try Self.office()
        var lines = try office.lines().map { String(decoding: $0, as: UTF8.self) }
        lines[6] = lines[6].replacing("claim.comment_added", with: "claim.sung_about")
        try office.setLines(lines.map { Array($0.utf8) })
        let error = ledgerError { _ = try office.ledger.summary() }
        #expect(error?.description.contains("event type 'claim.sung_about' is unknown") == true)
        let (answer, replay) = try office.ledger.summary(toleratingUnknown: true)
        #expect(replay.unknownTypes == ["claim.sung_about": 1])
        #expect(answer.value.events == 6)
        #expect(answer.lastSequence == 7)
    }
}
