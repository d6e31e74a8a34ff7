import ClaimsCodec
package import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// Exports the claims or the associations as an event log of XES (IEEE 1849-2016): a trace each,
/// with its events.
///
/// An event's activity (`concept:name`) is what it was called in the log that it was imported from,
/// else its type. One pass over the ledger; what belongs to one trace is gathered in a temporary
/// file.
package struct XESExport {
    private let selection: Selection
    private let cases: EventKind.SubjectKind

    /// `cases`: what a trace is, `claim` or `association`.
    package init(cases: EventKind.SubjectKind = .claim, selection: Selection = Selection()) {
        self.cases = cases
        self.selection = selection
    }

    /// Writes the log as of a viewpoint; traces in the order of their first events.
    package func write(
        _ ledger: Ledger, at viewpoint: Viewpoint, to output: ExportOutput
    ) throws -> Answer<Replay> {
        let cases = cases
        let gatherer = XESGatherer()
        let answer = try ledger.events(selection, at: viewpoint) { state, fact, bytes in
            guard fact.kind.subjectKind == cases else { return }
            try gatherer.take(state, fact, bytes)
        }
        try output.write(Self.header)
        try gatherer.spill.eachSubject { number, events in
            let subject = answer.value.state.names.text(gatherer.subjects[number])
            var bytes = Array("  <trace>\n".utf8)
            Self.append(subject, cases, answer.value, to: &bytes)
            for event in events { bytes.append(contentsOf: event) }
            bytes.append(contentsOf: "  </trace>\n".utf8)
            try output.write(bytes)
        }
        try output.write("</log>\n")
        try output.finish()
        return answer
    }

    /// The extensions, what every trace and event has, and how to tell activities.
    private static let header = """
        <?xml version="1.0" encoding="UTF-8"?>
        <log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
          <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
          <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
          <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
          <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
          <global scope="trace">
            <string key="concept:name" value=""/>
          </global>
          <global scope="event">
            <string key="concept:name" value=""/>
            <date key="time:timestamp" value="1970-01-01T00:00:00.000Z"/>
            <string key="org:resource" value=""/>
            <string key="lifecycle:transition" value="complete"/>
          </global>
          <classifier name="Activity" keys="concept:name"/>
          <classifier name="Event type" keys="event:type"/>

        """

    /// The attributes of a trace: how the claim or association stands.
    private static func append(
        _ subject: String, _ kind: EventKind.SubjectKind, _ replay: Replay, to bytes: inout [UInt8]
    ) {
        func add(_ key: String, _ value: String?, _ type: XESType = .string) {
            guard let value else { return }
            XMLText.append(type, key, value, indent: "    ", to: &bytes)
        }
        add("concept:name", subject)
        if kind == .claim, let row = ClaimRegister.row(of: ClaimID(subject), in: replay) {
            add("program", row.program.text)
            add("partner", row.partner.text)
            add("period", row.period.text)
            add("activity", row.activity.text)
            add("activityDate", row.activityDate?.description)
            add("status", row.status)
            add("payment", row.payment.rawValue)
            guard let currency = row.currency else { return }
            add("currency", currency.code)
            for (key, units) in [
                ("amount", row.amount), ("approved", row.approved), ("paid", row.paid),
            ] {
                add(key, Money(minorUnits: units, currency: currency).decimal, .float)
            }
        } else if let row = AssociationRegister.row(of: AssociationID(subject), in: replay) {
            add("program", row.program.text)
            add("partner", row.partner.text)
            add("activity", row.activity.text)
            add("status", row.status.rawValue)
        }
    }
}

/// Gathers the events of each trace as XML.
private final class XESGatherer {
    private(set) var spill = SubjectSpill()
    /// The subjects by their numbers.
    private(set) var subjects: [NameKey] = []
    private var numbers: [NameKey: Int] = [:]
    private var line = ScannedLine()

    func take(_ state: LedgerState, _ fact: Fact, _ bytes: Span<UInt8>) throws {
        let number: Int
        if let known = numbers[fact.subject] {
            number = known
        } else {
            number = spill.add()
            numbers[fact.subject] = number
            subjects.append(fact.subject)
        }
        try line.scan(bytes)
        var xml: [UInt8] = Array("    <event>\n".utf8)
        func add(_ key: String, _ value: String?, _ type: XESType = .string) {
            guard let value else { return }
            XMLText.append(type, key, value, indent: "      ", to: &xml)
        }
        let role = line.data.first { $0.name.string(in: bytes) == "role" }
        add("concept:name", activity(bytes) ?? fact.kind.rawValue)
        add("time:timestamp", fact.occurredAt.description, .date)
        add("org:resource", line[.authid]?.string(in: bytes))
        add("org:role", role?.value.string(in: bytes))
        add("lifecycle:transition", "complete")
        add("event:type", fact.kind.rawValue)
        add("event:id", line[.id]?.string(in: bytes))
        add("event:sequence", String(fact.sequence), .int)
        add("event:recordedtime", fact.recordedAt.description, .date)
        add("event:authtype", line[.authtype]?.string(in: bytes))
        let claim =
            fact.kind.subjectKind == .claim
            ? state.claim(ClaimID(state.names.text(fact.subject))) : nil
        let fields = try EventFields(
            line, of: fact.kind, in: bytes, claimCurrency: claim?.currency)
        for entry in fields.entries { add(entry.key, entry.text, entry.type) }
        xml.append(contentsOf: "    </event>\n".utf8)
        try spill.append(xml, to: number)
    }

    /// What the event was called where it was imported from.
    private func activity(_ bytes: Span<UInt8>) -> String? {
        line.extensions
            .first {
                $0.value.isString && $0.name.string(in: bytes) == StepWriter.activityAttribute
            }
            .map { $0.value.string(in: bytes) }
    }
}
