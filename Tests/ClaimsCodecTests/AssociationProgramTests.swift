import ClaimsDomain
import Testing

@testable import ClaimsCodec

/// The rules for associations in program files: read, resolved, written, and what is wrong.
@Suite struct AssociationProgramTests {
    private static func file(_ associations: String) -> String {
        """
        {
          "id": "p", "name": "Program", "version": "1", "effectiveFrom": "2019-07-01",
          "currency": "USD", "timeZone": "America/Los_Angeles", "fundControl": "none",
          "coopShare": "0", "rounding": "half_up", "retentionMonths": 24, "usagePeriods": [],
          "activities": [{"id": "usage", "name": "Usage", "category": "association"}],
          "associations": \(associations)
        }
        """
    }

    private func program(_ associations: String) throws(LineProblem) -> Program {
        let bytes = [UInt8](Self.file(associations))
        return try ProgramText.program(bytes.span) { day, _ in
            Instant(startOf: day).adding(milliseconds: 25_200_000)
        }
    }

    @Test("no rule that is left out is in force, and days become moments in the program's zone")
    func resolved() throws {
        #expect(try program("{}").associations == AssociationRules())
        let rules = try #require(
            try program(
                """
                {"exclusivity": [{"per": "workload", "onSubmission": "flag",
                 "onApproval": "refuse", "heldFrom": "2019-10-01"}]}
                """
            ).associations)
        let rule = try #require(rules.exclusivity.first)
        #expect(rule.heldFromAt == instant("2019-10-01T07:00:00Z"))
        #expect((rule.onSubmission, rule.onApproval) == (.flag, .refuse))
        #expect(rule.scope == AssociationScope())
    }

    @Test("what is written is read again", arguments: [SamplePrograms.associations, .init()])
    func roundTrip(rules: AssociationRules) throws {
        var program = SamplePrograms.full
        program.associations = rules
        let content = ProposedEvent(
            id: EventID("e"), source: Source(program: program.id), subject: program.id.text,
            occurredAt: program.effectiveAt, actor: Actor(kind: .user, id: "u"),
            payload: .programPublished(program))
        let event = Event(content: content, recordedAt: program.effectiveAt, sequence: 1)
        #expect(try read(line(event)) == event)
    }

    static let wrong: [(String, String)] = [
        (
            #"{"requirements": [{"fields": []}]}"#,
            "'fields' is an empty array, expected an array that is not empty"
        ),
        (
            #"{"requirements": [{"fields": ["titel"]}]}"#,
            "'fields' is 'titel', expected one of 'customerDomain', 'tenantId', "
                + "'solutionArea', 'activity', 'title', 'products', 'subscriptionId', "
                + "'customerName', 'customerContact', 'partnerContact', 'technicalContact', "
                + "'solutionSeller', 'productName', 'transactionOn'"
        ),
        (
            #"{"requirements": [{"fields": ["title"], "activities": ["use"]}]}"#,
            "found 'use', expected one of 'usage'"
        ),
        (
            #"{"solutionAreas": ["A"], "exclusivity": [{"per": "workload", "#
                + #""onSubmission": "flag", "onApproval": "flag", "solutionAreas": ["B"]}]}"#,
            "found 'B', expected one of 'A'"
        ),
        (#"{"withoutPayment": ["sales"]}"#, "found 'sales', expected one of 'usage'"),
        (
            #"{"consent": {"within": {"days": 5, "unit": "weeks"}, "from": "approval"}}"#,
            "'unit' is 'weeks', expected one of 'business', 'calendar'"
        ),
        (#"{"acknowledgementMonths": 1201}"#, "a whole number from 0 to 1200"),
    ]

    @Test("what cannot be meant is told where it stands", arguments: wrong)
    func refused(associations: String, text: String) throws {
        let error = #expect(throws: LineProblem.self) { try program(associations) }
        let found = try #require(error).what.description
        #expect(found.contains(text), "\(found)")
    }
}
