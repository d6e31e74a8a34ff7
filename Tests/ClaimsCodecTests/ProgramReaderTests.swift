import ClaimsDomain
import Testing

@testable import ClaimsCodec

/// Program files: what they may leave out, and what is wrong with them.
@Suite struct ProgramReaderTests {
    /// As somebody would write it by hand.
    private static let file = """
        {
          "id": "p", "name": "Program", "version": "1", "effectiveFrom": "2019-07-01",
          "currency": "USD", "timeZone": "Europe/Amsterdam", "fundControl": "reserve",
          "coopShare": "0.40", "threshold": "1500", "rounding": "half_up", "retentionMonths": 24,
          "usagePeriods": [
            {"label": "FY20-H2", "usageFrom": "2020-01-01", "usageTo": "2020-06-30"},
            {"label": "FY21-H1", "usageFrom": "2020-07-01", "usageTo": "2020-12-31",
             "earnedFrom": "2020-01-01", "earnedTo": "2020-06-30", "claimFrom": "2020-08-16",
             "claimDeadline": "2021-02-15", "claimBefore": "2021-02-16T12:00:00+01:00"}
          ],
          "activities": [
            {"id": "a", "name": "A", "category": "c",
             "evidence": [{"kind": "other", "item": "i"}],
             "caps": [{"kind": "attendees", "count": 3, "per": "person"}]}
          ]
        }
        """

    /// One hour east of UTC, whatever the season; one name is known.
    private static var zone: ProgramReader.Zone {
        .named { day, name in
            name == "Europe/Amsterdam"
                ? Instant(startOf: day).adding(milliseconds: -3_600_000) : nil
        }
    }

    private func program(
        _ text: String, _ zone: ProgramReader.Zone = Self.zone
    ) throws(JSONProblem) -> Program {
        let bytes = [UInt8](text)
        return try ProgramReader(resolving: zone).program(JSONNode(parsing: bytes.span))
    }

    @Test("what is left out follows from the usage period and the zone")
    func resolved() throws {
        let program = try program(Self.file)
        #expect(program.effectiveAt == instant("2019-06-30T23:00:00Z"))
        #expect(program.threshold == money(150_000))
        #expect(program.targets == Targets())
        #expect(program.holidays.isEmpty)
        #expect(!program.separationOfDuties)
        let usage = DayRange(first: day("2020-01-01"), last: day("2020-06-30"))
        #expect(
            program.usagePeriods.first
                == UsagePeriod(
                    label: PeriodLabel("FY20-H2"), earned: usage, usage: usage,
                    // 45 days after the last day.
                    claiming: DayRange(first: usage.first, last: day("2020-08-14")),
                    instants: UsagePeriod.Instants(
                        earnedFrom: instant("2019-12-31T23:00:00Z"),
                        earnedBefore: instant("2020-06-30T23:00:00Z"),
                        usageFrom: instant("2019-12-31T23:00:00Z"),
                        usageBefore: instant("2020-06-30T23:00:00Z"),
                        claimFrom: instant("2019-12-31T23:00:00Z"),
                        claimBefore: instant("2020-08-14T23:00:00Z"))))
        let activity = try #require(program.activities.first)
        #expect(activity.evidence.map(\.when) == [.always])
        #expect(activity.caps == [Cap(limit: .attendees(3), per: .person)])
        #expect(!activity.preapproval)
        #expect(activity.metrics.isEmpty)
    }

    @Test("what is given wins over what would follow")
    func explicit() throws {
        let period = try #require(try program(Self.file).usagePeriods.last)
        #expect(period.earned == DayRange(first: day("2020-01-01"), last: day("2020-06-30")))
        #expect(period.claiming == DayRange(first: day("2020-08-16"), last: day("2021-02-15")))
        #expect(period.instants.earnedFrom == instant("2019-12-31T23:00:00Z"))
        #expect(period.instants.claimFrom == instant("2020-08-15T23:00:00Z"))
        #expect(period.instants.claimBefore == instant("2021-02-16T11:00:00Z"))
    }

    @Test("as written, a day that gives no moment starts in UTC")
    func asWritten() throws {
        let program = try program(Self.file, .asWritten)
        #expect(program.effectiveAt == instant("2019-07-01T00:00:00Z"))
        let period = try #require(program.usagePeriods.last)
        #expect(period.instants.claimFrom == instant("2020-08-16T00:00:00Z"))
        #expect(period.instants.claimBefore == instant("2021-02-16T11:00:00Z"))
    }

    @Test("rules written into an event read back equal, without a zone database")
    func roundTrip() throws {
        for program in [try program(Self.file), SamplePrograms.full, SamplePrograms.minimal] {
            let content = ProposedEvent(
                id: EventID("e"), source: Source(program: program.id), subject: program.id.text,
                occurredAt: instant("2020-01-01T00:00:00Z"), actor: Actor(kind: .system, id: "s"),
                payload: .programPublished(program))
            let event = Event(content: content, recordedAt: content.occurredAt, sequence: 1)
            #expect(try read(line(event)).content.payload == .programPublished(program))
        }
    }

    static let wrong: [(from: String, to: String, at: String, words: String)] = [
        ("\"id\": \"p\", ", "", "{\n", "found no member 'id', expected one"),
        ("\"p\"", "7", "7", "found the number 7, expected a string"),
        (
            "\"2019-07-01\"", "\"2019-7-1\"", "\"2019-7-1\"",
            "found '2019-7-1', expected a date such as '2020-02-29'"
        ),
        (
            "\"USD\"", "\"usd\"", "\"usd\"",
            "found 'usd', expected an ISO 4217 currency code such as 'USD'"
        ),
        ("\"reserve\"", "\"all\"", "\"all\"", "found 'all', expected one of 'reserve', 'none'"),
        ("\"0.40\"", "0.40", "0.40", "found the number 0.40, expected a string"),
        (
            "\"0.40\"", "\"40%\"", "\"40%\"",
            "found '40%', expected a decimal number in a string such as '0.40'"
        ),
        (
            "\"1500\"", "\"1500.005\"", "\"1500.005\"",
            "found '1500.005', expected a decimal amount of USD"
        ),
        ("24", "2.5", "2.5", "found the number 2.5, expected a whole number"),
        (
            "\"half_up\"", "\"up\"", "\"up\"",
            "found 'up', expected one of 'half_up', 'half_even', 'down'"
        ),
        (
            "\"usageTo\": \"2020-06-30\"", "\"usageTo\": \"2019-12-31\"", "\"2019-12-31\"",
            "found 'usageTo' 2019-12-31, expected 2020-01-01 or a later day"
        ),
        (
            "\"2021-02-15\"", "\"2020-08-15\"", "\"2020-08-15\"",
            "found 'claimDeadline' 2020-08-15, expected 2020-08-16 or a later day"
        ),
        (
            "\"earnedTo\": \"2020-06-30\"", "\"earnedTo\": \"2019-12-31\"", "\"2019-12-31\"",
            "found 'earnedTo' 2019-12-31, expected 2020-01-01 or a later day"
        ),
        (
            "\"usageTo\": \"2020-06-30\"", "\"usageTo\": \"9999-12-31\"", "{\"label\": \"FY20-H2\"",
            """
            found 'claimBefore' at the start of 10000-02-15, \
            expected a moment within the years 0001 to 9999
            """
        ),
        (
            "\"2019-07-01\"", "\"0001-01-01\"", "{\n",
            """
            found 'effectiveAt' at the start of 0001-01-01, \
            expected a moment within the years 0001 to 9999
            """
        ),
        (
            "Europe/Amsterdam", "Europe/Utrecht", "\"Europe/Utrecht\"",
            "found 'Europe/Utrecht', expected an IANA time zone such as 'Europe/Amsterdam'"
        ),
        (
            "\"2021-02-16T12:00:00+01:00\"", "\"2021-02-16\"", "\"2021-02-16\"",
            """
            found '2021-02-16', expected an RFC 3339 time with a zone such as \
            '2020-02-03T09:15:00Z'
            """
        ),
        (
            "\"kind\": \"other\"", "\"kind\": \"others\"", "\"others\"",
            """
            found 'others', expected one of 'core_requirement', 'third_party_invoice', \
            'certification_statement', 'proof_of_execution', 'metrics', 'other'
            """
        ),
        ("\"count\": 3, ", "", "{\"kind\": \"attendees\"", "found no member 'count', expected one"),
        (
            "\"attendees\"", "\"fixed_amount\"", "{\"kind\": \"fixed_amount\"",
            "found no member 'amount', expected one"
        ),
        (
            "[{\"kind\": \"other\", \"item\": \"i\"}]", "{}", "{},",
            "found an object, expected an array"
        ),
        (
            "\"label\": \"FY20-H2\", ", "", "{\"usageFrom\": \"2020-01-01\"",
            "found no member 'label', expected one"
        ),
    ]

    @Test("a wrong value is told at its byte", arguments: wrong)
    func problem(from: String, to: String, at place: String, words: String) throws {
        let text = Self.file.replacing(from, by: to)
        let bytes = [UInt8](text)
        let wanted = [UInt8](place)
        let offset = bytes.indices.first { bytes[$0...].starts(with: wanted) }
        do throws(JSONProblem) {
            _ = try program(text)
            Issue.record("accepted")
        } catch {
            #expect(error.description == words)
            #expect(error.offset == offset)
        }
    }
}
