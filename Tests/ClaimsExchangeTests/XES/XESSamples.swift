import ClaimsCodec
import ClaimsDomain
import ClaimsExchange
import Foundation

/// Small logs and mappings for the tests of this folder.
enum XESSamples {
    /// The root of the repository.
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The start of a day by the machine's zones.
    static func zone(_ day: Day, _ name: String) -> Instant? {
        guard let zone = TimeZone(identifier: name) else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let (year, month, dayOfMonth) = day.parts
        let parts = DateComponents(year: year, month: month, day: dayOfMonth)
        guard let date = calendar.date(from: parts) else { return nil }
        let seconds = calendar.startOfDay(for: date).timeIntervalSince1970
        return Instant(millisecondsSince1970: Int64(seconds.rounded()) * 1000)
    }

    /// Chunks of a text, `size` bytes each.
    static func chunks(_ bytes: [UInt8], size: Int) -> () throws -> [UInt8] {
        var rest = bytes[...]
        return {
            let chunk = [UInt8](rest.prefix(size))
            rest = rest.dropFirst(size)
            return chunk
        }
    }

    /// The traces of a log, read in chunks of `size` bytes.
    static func traces(
        _ xml: String, size: Int = 4096, usesDefaults: Bool = true
    ) throws -> (traces: [XESTrace], summary: XESSummary) {
        var traces: [XESTrace] = []
        let reader = XESReader(file: "log.xes", usesDefaults: usesDefaults)
        let summary = try reader.read(chunks: chunks(Array(xml.utf8), size: size)) {
            traces.append($0)
        }
        return (traces, summary)
    }

    /// The fault that a log gives; nil when it is read to its end.
    static func fault(_ bytes: [UInt8], size: Int = 4096) -> XESFault? {
        do {
            _ = try XESReader(file: "log.xes").read(chunks: chunks(bytes, size: size)) { _ in }
            return nil
        } catch {
            return error as? XESFault
        }
    }

    /// A log of one claim that is returned once, paid, and has an activity nobody mapped.
    static let log = """
        <?xml version="1.0" encoding="UTF-8"?>
        <log xes.version="2.0" xmlns="http://www.xes-standard.org/">
          <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
          <global scope="event">
            <string key="org:role" value="UNKNOWN"/>
          </global>
          <classifier name="Activity" keys="concept:name"/>
          <string key="creator" value="by hand"/>
          <trace>
            <string key="concept:name" value="case 1"/>
            <string key="budget" value="B-7"/>
            <float key="amount" value="26.855"/>
            <event>
              <string key="concept:name" value="send"/>
              <date key="time:timestamp" value="2019-12-31T23:30:00.000+00:00"/>
              <string key="org:role" value="EMPLOYEE"/>
            </event>
            <event>
              <string key="concept:name" value="pay"/>
              <date key="time:timestamp" value="2020-02-01T09:00:00+01:00"/>
              <string key="reference" value="P-1"/>
            </event>
            <event>
              <string key="concept:name" value="return"/>
              <date key="time:timestamp" value="2020-01-05T09:00:00+01:00"/>
              <string key="org:role" value="CLERK"/>
            </event>
            <event>
              <string key="concept:name" value="archive"/>
              <date key="time:timestamp" value="2020-02-02T09:00:00+01:00"/>
            </event>
            <event>
              <string key="concept:name" value="dance"/>
              <date key="time:timestamp" value="2020-02-03T09:00:00+01:00"/>
            </event>
          </trace>
        </log>
        """

    /// The mapping of `log`; tests replace parts of its text.
    static let mapping = """
        {
          "programs": [
            {
              "id": "travel", "name": "Travel", "version": "1", "effectiveFrom": "2019-01-01",
              "currency": "EUR", "timeZone": "Europe/Amsterdam", "fundControl": "none",
              "coopShare": "1", "rounding": "half_up", "retentionMonths": 24,
              "usagePeriods": [
                {"label": "2019", "usageFrom": "2019-01-01", "usageTo": "2019-12-31"},
                {"label": "2020", "usageFrom": "2020-01-01", "usageTo": "2020-12-31"}
              ]
            }
          ],
          "claim": {
            "id": "${trace:concept:name}", "program": "travel", "partner": "${budget}",
            "activity": "trip", "amount": "${amount}", "currency": "EUR"
          },
          "event": {"actor": "${org:role}", "role": "${org:role}"},
          "activities": {
            "send": [{"type": "claim.created", "when": "ifNoClaim"}, {"type": "claim.submitted"}],
            "return": [
              {
                "type": "claim.documents_requested",
                "fields": {"items": [{"kind": "other", "reason": "returned by ${org:role}"}]}
              }
            ],
            "pay": [
              {"type": "claim.reimbursed", "fields": {"paymentReference": "${reference}"}}
            ],
            "archive": {"ignore": "the archive is no part of a claim"}
          }
        }
        """

    /// A mapping read from a text.
    static func read(_ text: String) throws(XESFault) -> XESMapping {
        try XESMapping(Array(text.utf8), file: "map.json", zone: zone)
    }

    /// The plans of a log by a mapping.
    static func plans(_ xml: String, _ text: String) throws -> [XESPlan] {
        let mapping = try read(text)
        let planner = XESPlanner(mapping: mapping, zone: zone)
        let (traces, _) = try traces(xml, usesDefaults: mapping.usesGlobalDefaults)
        return traces.map { planner.plan($0) }
    }
}
