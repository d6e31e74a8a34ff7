import ClaimsDomain
import ClaimsTestSupport
import Testing

/// The clocks of an association, by where it stands.
@Suite struct AssociationClockTests {
    /// Monday.
    private static let monday = Samples.instant("2020-03-02T09:00:00Z")

    private func ledger(
        _ program: Program = Samples.associationProgram, _ commands: AssociationCommand...
    ) throws -> TestLedger {
        var ledger = try TestLedger(ofAssociations: program)
        try ledger.draft()
        for command in commands { try ledger.act(command) }
        return ledger
    }

    private func clock(_ ledger: TestLedger) throws -> String? {
        let record = try #require(ledger.state.association(Samples.association))
        return ledger.state.clock(of: record)
            .map { "\($0.kind.rawValue) \($0.due): \($0.rule) [\($0.source)]" }
    }

    @Test("each status has its clock, from the event that began it")
    func statuses() throws {
        var ledger = try ledger()
        #expect(try clock(ledger) == nil)
        try ledger.act(.submit())
        #expect(
            try clock(ledger)
                == "start 2020-03-09: start of review within 5 business days of 2020-03-02 "
                + "(version 1) [associations.targets.start]")
        ledger.now = Samples.instant("2020-03-04T09:00:00Z")
        try ledger.act(.startReview)
        #expect(
            try clock(ledger)
                == "review 2020-03-11: review within 5 business days of 2020-03-04 "
                + "(version 1) [associations.targets.review]")
        try ledger.act(.requestInformation(Samples.request))
        #expect(
            try clock(ledger)
                == "answer 2020-03-11: answer within 5 business days of 2020-03-04 "
                + "(version 1) [associations.targets.answer]")
        try ledger.act(.submit(), .startReview, .reject(reasons: ["no"]))
        #expect(
            try clock(ledger)
                == "dispute_window 2020-04-03: dispute possible within 30 calendar days of "
                + "2020-03-04 (version 1) [associations.targets.disputeWithin]")
        try ledger.act(.dispute(reason: "yes"))
        #expect(
            try clock(ledger)
                == "dispute 2020-03-11: dispute within 5 business days of 2020-03-04 "
                + "(version 1) [associations.targets.dispute]")
        try ledger.act(.approve(reason: nil))
        #expect(
            try clock(ledger)
                == "consent 2020-03-11: opt-out possible within 7 calendar days of 2020-03-04 "
                + "(version 1) [associations.consent]")
        try ledger.act(.end(reason: "left"))
        #expect(try clock(ledger) == nil)
    }

    @Test("a request that names a day is answered by it")
    func named() throws {
        var request = Samples.request
        request.dueOn = Samples.day("2020-03-20")
        let ledger = try ledger(
            Samples.associationProgram, .submit(), .startReview, .requestInformation(request))
        #expect(
            try clock(ledger)
                == "answer 2020-03-20: due date of the request of 2020-03-02 [dueOn]")
    }

    @Test("a competing claim gives the review its longer time, and only where there is one")
    func competing() throws {
        func due(_ program: Program) throws -> String? {
            var ledger = try TestLedger(ofAssociations: program)
            try ledger.draft(AssociationID("ASC-9"), partner: Samples.otherPartner)
            try ledger.act(.submit(), on: AssociationID("ASC-9"))
            try ledger.draft()
            try ledger.act(.submit(), .startReview)
            return try clock(ledger)
        }
        #expect(
            try due(Samples.associationProgram)
                == "review 2020-03-16: review within 10 business days of 2020-03-02 "
                + "(version 1) [associations.targets.competingReview]")
        #expect(
            try due(Samples.associations { $0.targets.competingReview = nil })
                == "review 2020-03-09: review within 5 business days of 2020-03-02 "
                + "(version 1) [associations.targets.review]")
    }

    @Test("holidays of the programme do not count")
    func holidays() throws {
        var program = Samples.associationProgram
        program.holidays = [Samples.day("2020-03-05"), Samples.day("2020-03-09")]
        let ledger = try ledger(program, .submit())
        #expect(try clock(ledger)?.hasPrefix("start 2020-03-11: ") == true)
    }

    @Test("without a time to the start of the review, the review's runs from being handed in")
    func noStart() throws {
        let program = Samples.associations { $0.targets.start = nil }
        let ledger = try ledger(program, .submit())
        #expect(
            try clock(ledger)
                == "review 2020-03-09: review within 5 business days of 2020-03-02 "
                + "(version 1) [associations.targets.review]")
    }

    @Test("a programme without rules for associations has its targets for claims count")
    func fallback() throws {
        var program = Samples.associationProgram
        program.associations = nil
        var ledger = try ledger(program, .submit(), .startReview)
        #expect(
            try clock(ledger)
                == "review 2020-03-04: review within 2 business days of 2020-03-02 (version 1) "
                + "[targets.review]")
        try ledger.act(.reject(reasons: ["no"]))
        #expect(try clock(ledger) == nil)
        try ledger.act(.dispute(reason: "yes"))
        #expect(
            try clock(ledger)
                == "dispute 2020-03-09: dispute within 5 business days of 2020-03-02 (version 1) "
                + "[targets.dispute]")
        try ledger.act(.approve(reason: nil))
        #expect(try clock(ledger) == nil)
    }

    /// What is done on the last day in time and on the day after, and what is then found.
    static let late:
        [(
            before: [AssociationCommand], command: AssociationCommand, last: String,
            code: FindingCode
        )] = [
            ([.submit()], .startReview, "2020-03-09", .associationReviewLate),
            (
                [.submit(), .startReview], .approve(reason: nil), "2020-03-09",
                .associationReviewLate
            ),
            (
                [.submit(), .startReview], .reject(reasons: ["no"]), "2020-03-09",
                .associationReviewLate
            ),
            (
                [.submit(), .startReview, .requestInformation(Samples.request)], .submit(),
                "2020-03-09", .associationAnswerLate
            ),
            (
                [.submit(), .startReview, .reject(reasons: ["no"]), .dispute(reason: "yes")],
                .approve(reason: nil), "2020-03-09", .associationReviewLate
            ),
        ]

    @Test("being late is found and never refused: no status changes by itself", arguments: late)
    func found(
        before: [AssociationCommand], command: AssociationCommand, last: String, code: FindingCode
    ) throws {
        let end = Samples.instant("\(last)T23:59:59.999Z")
        for (at, isLate) in [(end, false), (end.adding(milliseconds: 1), true)] {
            var ledger = try TestLedger(ofAssociations: Samples.associationProgram)
            try ledger.draft()
            for step in before { try ledger.act(step) }
            try ledger.act(command, at: at)
            let sequence = ledger.entries.count
            #expect(ledger.findings == (isLate ? ["\(code.rawValue) \(sequence)"] : []))
        }
    }
}
