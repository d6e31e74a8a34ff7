import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import Foundation
import Testing

@testable import ClaimsExchange

@Suite("The claims as an event log")
struct XESExportTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The traces of an export: case, then activity and time of each event.
    private static func traces(_ xes: String) throws -> [[String]] {
        var chunks = [Array(xes.utf8), []][...]
        let next = { chunks.popFirst() ?? [] }
        var found: [[String]] = []
        let reader = XESReader(file: "export.xes")
        _ = try reader.read(chunks: next) { trace in
            let events = trace.events.map { event in
                ["concept:name", "time:timestamp", "event:type", "amount", "currency"]
                    .map { event.attributes[$0]?.text ?? "" }.joined(separator: " ")
            }
            found.append([trace.attributes["concept:name"]?.text ?? ""] + events)
        }
        return found
    }

    @Test("an export that is imported and exported again has the same events, claim by claim")
    func thereAndBack() throws {
        let source = try ExportDesk(events: 3_000, seed: 4)
        let first = try withExtendedLifetime(source) {
            try ExportDesk.text("xes", of: source.ledger)
        }
        let desk = try ImportDesk()
        try desk.write(first, to: "claims.xes")
        let mapping = Self.root.appending(path: "tools/xes/claims.json").path
        let summary = try desk.importXES(desk.path("claims.xes"), mapping: mapping)
        #expect(summary.listed.isEmpty, "\(summary.listedTexts.prefix(3))")
        let second = try ExportDesk.text("xes", of: desk.ledger)
        #expect(try Self.traces(second) == Self.traces(first))
        #expect(summary.records > 2_000)
    }

    @Test("an event keeps what it was called where it came from, once")
    func activities() throws {
        let desk = try ImportDesk()
        let event = { (name: String, time: String) in
            """
            <event><string key="concept:name" value="\(name)"/>
            <date key="time:timestamp" value="\(time)"/>
            <string key="org:resource" value="u-1"/></event>
            """
        }
        try desk.write(
            """
            <log><trace><string key="concept:name" value="C-1"/>
            \(event("Handed &lt;in&gt;", "2020-01-02T00:00:00Z"))
            \(event("Handed &lt;in&gt;", "2020-01-03T00:00:00Z"))
            \(event("claim.approved", "2020-01-04T00:00:00Z"))
            </trace></log>
            """, to: "log.xes")
        try desk.write(
            """
            {"claim":{"id":"${trace:concept:name}","program":"p","partner":"1","period":"H1",
            "activity":"a","amount":"5","currency":"EUR"},
            "event":{"actor":"${event:org:resource}"},
            "activities":{"Handed <in>":[{"type":"claim.created","when":"ifNoClaim"},
            {"type":"claim.submitted"}],"claim.approved":[{"type":"claim.approved"}]}}
            """, to: "map.json")
        _ = try desk.importXES(desk.path("log.xes"), mapping: desk.path("map.json"))
        let found = try Self.traces(try ExportDesk.text("xes", of: desk.ledger))
        #expect(
            found == [
                [
                    "C-1", "Handed <in> 2020-01-02T00:00:00Z claim.created 5.00 EUR",
                    "claim.submitted 2020-01-02T00:00:00Z claim.submitted 5.00 EUR",
                    "Handed <in> 2020-01-03T00:00:00Z claim.submitted 5.00 EUR",
                    "claim.approved 2020-01-04T00:00:00Z claim.approved 5.00 EUR",
                ]
            ])
        #expect(try desk.lines().count { $0.contains("xesactivity") } == 2)
    }
}
