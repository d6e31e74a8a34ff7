import ClaimsDomain
import ClaimsLedger
import ClaimsProjections

extension ReportPage {
    /// How many rows a list shows: what is further away waits.
    static let mostRows = 200

    /// What is due, the earliest first, then what is late.
    func writeDeadlines(_ out: inout HTMLWriter) {
        out.raw("<section id=next><h2>What expires next</h2>")
        writeMoment(&out)
        let due = report.deadlines.filter { $0.state == .due }
        if due.isEmpty { out.raw("<p>Nothing is due.</p>") }
        writeDeadlines(due, "claims deadlines", &out)
        let late = report.deadlines.filter { $0.state != .due }
        if !late.isEmpty {
            out.raw("<h3>Late</h3>")
            writeDeadlines(late, "claims deadlines --overdue", &out)
        }
        out.raw("</section>")
    }

    private func writeDeadlines(
        _ rows: [DeadlineRow], _ command: String, _ out: inout HTMLWriter
    ) {
        guard !rows.isEmpty else { return }
        out.raw("<div class=wide><table>")
        out.head(
            [("Due", false), ("Left", false), ("What", false), ("Subject", false)]
                + [("Partner", false), ("Program", false), ("Amount", true), ("Cur", false)])
        out.raw("<tbody>")
        for row in rows.prefix(Self.mostRows) {
            out.raw("<tr><th scope=row>\(row.due)<td class=\(row.state.rawValue)>")
            out.raw(Self.timeLeft(row.state, days: row.daysLeft))
            out.raw("<td>\(words(row.kind.rawValue))<td>")
            out.raw(subject(row.subject, row.kind.subjectKind))
            out.raw("<td>")
            out.text(row.partner.text)
            out.raw("<td>")
            out.text(row.program.text)
            out.raw("<td class=n>" + grouped(row.amount?.minorUnits ?? 0, row.amount?.currency))
            out.raw("<td>\(row.amount?.currency.code ?? "-")")
        }
        out.raw("</table></div>")
        writeRest(rows.count, command, &out)
    }

    /// How long until a day that something is due by, or since.
    static func timeLeft(_ state: DeadlineState, days: Int64) -> String {
        switch state {
        case .due where days == 0: "today"
        case .due: counted(Int(days), "day")
        case .overdue: "overdue by \(counted(Int(-days), "day"))"
        case .expired: "expired \(counted(Int(-days), "day")) ago"
        }
    }

    /// What history did against the rules: each code with its findings.
    func writeFindings(_ out: inout HTMLWriter) {
        out.raw("<section id=findings><h2>Findings</h2>")
        writeMoment(&out)
        guard !report.findings.isEmpty else {
            out.raw("<p>No findings: history broke no rule.</p></section>")
            return
        }
        for code in FindingCode.allCases {
            let rows = report.findings.filter { $0.code == code }
            guard !rows.isEmpty else { continue }
            out.raw("<details class=finding><summary><b class=found>\(words(code.rawValue))</b> ")
            out.raw("<span>\(counted(rows.count, "finding"))</span></summary>")
            out.raw("<p>What it means: \(code.sentence). Look at first: \(code.falsePositive).")
            out.raw("</p><div class=wide><table>")
            out.head(
                [("Event", true), ("When", false), ("Subject", false), ("Partner", false)]
                    + [("Program", false)])
            out.raw("<tbody>")
            for row in rows.prefix(Self.mostRows) {
                out.raw("<tr><td class=n>\(row.sequence)<td>\(row.time?.day.description ?? "-")")
                out.raw("<td>" + subject(row.subject, row.subjectKind) + "<td>")
                out.text(row.partner.text)
                out.raw("<td>")
                out.text(row.program.text)
            }
            out.raw("</table></div>")
            writeRest(rows.count, "claims findings --code \(code.rawValue)", &out)
            out.raw("</details>")
        }
        out.raw("</section>")
    }

    /// The moment that a list holds for, since the slider does not change it.
    func writeMoment(_ out: inout HTMLWriter) {
        out.raw("<p class=\"hint then\">As of \(report.months.last?.day.description ?? "-"), ")
        out.raw("whatever month end is chosen above.</p>")
    }

    /// How to see the rest of a list that shows at most so many rows.
    func writeRest(
        _ count: Int, beyond most: Int = mostRows, _ command: String, _ out: inout HTMLWriter
    ) {
        guard count > most else { return }
        out.raw("<p class=hint>And \(counted(count - most, "more", "more")): ")
        out.raw("<code>\(command)</code></p>")
    }

    /// A claim or association that the page has leads to it.
    func subject(_ name: String, _ kind: EventKind.SubjectKind) -> String {
        let anchor =
            switch kind {
            case .claim: placesByClaim[name].map { "c\($0)" }
            case .association: placesByAssociation[name].map { "n\($0)" }
            case .program, .partner, .period: String?.none
            }
        let text = htmlEscaped(name)
        return anchor.map { "<a href=#\($0)>\(text)</a>" } ?? text
    }
}

extension FindingRow {
    /// What it is about; one that no event names is derived, and about a claim.
    var subjectKind: EventKind.SubjectKind { kind?.subjectKind ?? .claim }
}
