import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsProjections
import Foundation
import Testing

@Suite("Importing an XES log")
struct XESImportTests {
    private static let mapping = """
        {
          "programs": [
            {
              "id": "trips", "name": "Trips", "version": "1", "effectiveFrom": "2019-01-01",
              "currency": "EUR", "timeZone": "Europe/Amsterdam", "fundControl": "none",
              "coopShare": "1", "rounding": "half_up", "retentionMonths": 24,
              "usagePeriods": [
                {"label": "2020", "usageFrom": "2020-01-01", "usageTo": "2020-12-31"}
              ]
            }
          ],
          "claim": {
            "id": "${trace:concept:name}", "program": "trips", "partner": "${team}",
            "activity": "trip", "amount": "${cost}", "currency": "EUR"
          },
          "event": {"actor": "${org:role}"},
          "activities": {
            "hand in": [
                  {"type": "claim.created", "when": "ifNoClaim"}, {"type": "claim.submitted"}
                ],
            "grant": [{"type": "claim.approved"}],
            "pay": [{"type": "claim.reimbursed", "fields": {"paymentReference": "${ref}"}}],
            "file": {"ignore": "the archive is no part of a claim"}
          }
        }
        """

    private static func event(_ activity: String, _ time: String, _ more: String = "") -> String {
        """
              <event>
                <string key="concept:name" value="\(activity)"/>
                <date key="time:timestamp" value="\(time)"/>
                <string key="org:role" value="STAFF"/>\(more)
              </event>

        """
    }

    private static func trace(_ id: String, _ cost: String, _ events: [String]) -> String {
        """
            <trace>
              <string key="concept:name" value="\(id)"/>
              <string key="team" value="blue"/>
              <float key="cost" value="\(cost)"/>
        \(events.joined())    </trace>

        """
    }

    private static let ref = "\n        <string key=\"ref\" value=\"P-1\"/>"

    /// Two traces of claims, five and two events; two of the first cannot be taken.
    private static let log = """
        <?xml version="1.0" encoding="UTF-8"?>
        <log xes.version="2.0" xmlns="http://www.xes-standard.org/">

        """
        + trace(
            "T-1", "26.855",
            [
                event("hand in", "2020-02-01T09:00:00+01:00"),
                event("pay", "2020-02-03T09:00:00+01:00", ref),
                event("grant", "2020-02-02T09:00:00+01:00"),
                event("file", "2020-02-04T09:00:00+01:00"),
                event("dance", "2020-02-05T09:00:00+01:00"),
            ])
        + trace(
            "T-2", "100",
            [
                event("hand in", "2020-03-01T09:00:00+01:00"),
                event("pay", "2099-03-02T09:00:00+01:00", ref),
            ]) + "</log>\n"

    private static func desk() throws -> ImportDesk {
        let desk = try ImportDesk()
        try desk.write(log, to: "log.xes")
        try desk.write(mapping, to: "map.json")
        return desk
    }

    @Test("every event is taken or listed with its line and reason")
    func whole() throws {
        let desk = try Self.desk()
        let summary = try desk.importXES(desk.path("log.xes"), mapping: desk.path("map.json"))
        #expect((summary.records, summary.taken, summary.repeated) == (7, 4, 0))
        #expect(
            summary.appended == [
                .claimCreated: 2, .claimSubmitted: 2, .claimApproved: 1, .claimReimbursed: 1,
            ])
        #expect(summary.skipped == ["file: the archive is no part of a claim": 1])
        #expect(summary.listed.map(\.what) == ["dance", "claim.reimbursed"])
        #expect(summary.listed[1].reason == "its time 2099-03-02T08:00:00Z is in the future")
        let lines = Self.log.split(separator: "\n", omittingEmptySubsequences: false)
        for listed in summary.listed {
            let number = try #require(Int(listed.place.dropFirst("line ".count)))
            #expect(lines[number - 1].contains("<event>"), "\(listed.place)")
        }
        // The program too.
        #expect(try desk.ledger.head() == 7)
        #expect(try desk.ledger.verify().isSound)
        let rows = try desk.ledger.claims().value.rows
        #expect(rows.map(\.claim.text) == ["T-1", "T-2"])
        #expect(rows.map(\.amount) == [2_686, 10_000])
        #expect(rows.map(\.paid) == [2_686, 0])
        #expect(rows.map(\.status) == ["approved", "submitted"])
        let programs = try desk.ledger.programs().value
        #expect(programs.map(\.publishedAt) == [Instant("2018-12-31T23:00:00Z")])
    }

    @Test("importing again appends nothing")
    func again() throws {
        let desk = try Self.desk()
        _ = try desk.importXES(desk.path("log.xes"), mapping: desk.path("map.json"))
        let log = try desk.log()
        let second = try desk.importXES(desk.path("log.xes"), mapping: desk.path("map.json"))
        #expect((second.records, second.taken, second.repeated) == (7, 0, 4))
        #expect(second.appended.isEmpty)
        #expect(second.listed.count == 2)
        #expect(try desk.log() == log)
    }

    @Test("stopped after a trace, the rest comes with the next import")
    func stopped() throws {
        let desk = try Self.desk()
        let (file, mapping) = (desk.path("log.xes"), desk.path("map.json"))
        let first = try desk.importXES(file, mapping: mapping, limit: 1)
        #expect(first.isInterrupted)
        #expect((first.records, first.taken) == (5, 3))
        let rest = try desk.importXES(file, mapping: mapping)
        #expect(!rest.isInterrupted)
        #expect((rest.records, rest.taken, rest.repeated) == (7, 1, 3))
        let whole = try Self.desk()
        _ = try whole.importXES(whole.path("log.xes"), mapping: whole.path("map.json"))
        #expect(try desk.log() == whole.log())
    }

    @Test("a claim that the ledger has from elsewhere is not created again")
    func knownClaim() throws {
        let desk = try Self.desk()
        let event =
            #"{"specversion":"1.0","id":"E-1","source":"/programs/trips/partners/blue","#
            + #""type":"claim.created","subject":"T-2","time":"2020-02-20T00:00:00Z","#
            + #""authtype":"user","authid":"u-1","data":{"period":"2020","activity":"trip","#
            + #""amountMinor":10000,"currency":"EUR","activityDate":"2020-02-20"}}"#
        try desk.write(event + "\n", to: "in.jsonl")
        #expect(try desk.importEvents("in.jsonl").taken == 1)
        let summary = try desk.importXES(desk.path("log.xes"), mapping: desk.path("map.json"))
        #expect(summary.appended[.claimCreated] == 1)
        #expect(summary.appended[.claimSubmitted] == 2)
        // The created one came before its program; the other trace was approved without a review.
        let findings = try desk.ledger.verify().findings
        #expect(findings == ["no_rules_in_force": 1, "out_of_order": 1])
    }

    @Test("a log that breaks off keeps what was complete, and tells where")
    func broken() throws {
        let desk = try Self.desk()
        let cut = try #require(Self.log.range(of: "T-2")).lowerBound
        try desk.write(String(Self.log[..<cut]), to: "cut.xes")
        let error = #expect(throws: LedgerError.self) {
            try desk.importXES(desk.path("cut.xes"), mapping: desk.path("map.json"))
        }
        #expect(error?.description.hasPrefix("\(desk.path("cut.xes")):") == true)
        #expect(error?.category == .badData)
        #expect(try desk.ledger.claims().value.rows.map(\.claim.text) == ["T-1"])
        #expect(try desk.ledger.verify().isSound)
    }

    @Test("a log or mapping that is not there, or no mapping, is told and changes nothing")
    func missing() throws {
        let desk = try Self.desk()
        try desk.write("{\"claim\": 7}", to: "odd.json")
        let cases: [(log: String, mapping: String, category: LedgerError.Category)] = [
            ("none.xes", "map.json", .notFound), ("log.xes", "odd.json", .badData),
        ]
        for (log, mapping, category) in cases {
            let error = #expect(throws: LedgerError.self) {
                try desk.importXES(desk.path(log), mapping: desk.path(mapping))
            }
            #expect(error?.category == category, "\(error?.description ?? "")")
        }
        let error = #expect(throws: LedgerError.self) {
            try desk.importXES(desk.path("log.xes"), mapping: desk.path("none.json"))
        }
        #expect(error?.description.contains("no such file") == true)
        #expect(try desk.ledger.claims().value.rows.isEmpty)
    }
}
