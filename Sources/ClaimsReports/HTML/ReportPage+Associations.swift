import ClaimsDomain
import ClaimsLedger
import ClaimsProjections

extension ReportPage {
    /// A page lists at most this many associations: about a twentieth of 5 MB.
    static let mostAssociations = 1_000

    /// The associations by status and age, and each of them; nothing of a ledger that has none.
    func writeAssociations(_ out: inout HTMLWriter) {
        guard !report.associations.isEmpty else { return }
        out.raw("<section id=associations><h2>Associations</h2>")
        writeMoment(&out)
        writeAssociationStatuses(&out)
        writeAssociationList(&out)
        out.raw("</section>")
    }

    /// How many stand in each status, in the order of an association's life, and for how long.
    private func writeAssociationStatuses(_ out: inout HTMLWriter) {
        out.raw("<p class=hint>The age of those that somebody has to act on is the number of days ")
        out.raw("since they came into their status.</p>")
        out.raw("<div class=wide><table id=standings>")
        out.head(
            [("Status", false), ("Associations", true)] + Self.ageTitles.map { ($0, true) })
        out.raw("<tbody>")
        for status in AssociationStatus.allCases {
            let group = report.associations.filter { $0.row.status == status }
            guard !group.isEmpty else { continue }
            out.raw("<tr><th scope=row class=\(status.styleClass)>\(words(status.rawValue))")
            out.raw("<td class=n>\(group.count)")
            var ages = Self.ageTitles.map { _ in 0 }
            for since in group.compactMap(\.since) { ages[agePlace(since)] += 1 }
            for count in ages { out.raw("<td class=n>\(status.isOpen ? String(count) : "-")") }
        }
        out.raw("</table></div>")
    }

    private func writeAssociationList(_ out: inout HTMLWriter) {
        let count = report.associations.count
        out.raw("<details\(count <= Self.mostOpenClaims ? " open" : "")><summary>")
        out.raw("Each association <span>\(counted(count, "association"))</span></summary>")
        out.raw("<p class=hint>Event by event: <code>claims association history ID</code></p>")
        out.raw("<div class=wide><table id=listed>")
        out.head(
            [("Association", false), ("Partner", false), ("Program", false)]
                + [("Activity", false), ("Status", false), ("Since", false), ("Due", false)]
                + [("Competes with", false), ("Findings", true)])
        out.raw("<tbody>")
        for (place, association) in report.associations.prefix(Self.mostAssociations).enumerated() {
            writeAssociation(association, place, &out)
        }
        out.raw("</table></div>")
        writeRest(count, beyond: Self.mostAssociations, "claims association list", &out)
        out.raw("</details>")
    }

    private func writeAssociation(
        _ association: AssociationSince, _ place: Int, _ out: inout HTMLWriter
    ) {
        let row = association.row
        out.raw("<tr id=n\(place)><th scope=row>")
        out.text(row.association.text)
        for text in [partnerText(row.partner), row.program.text, row.activity.text] {
            out.raw("<td>")
            out.text(text)
        }
        out.raw("<td class=\(row.status.styleClass)>\(words(row.status.rawValue))")
        out.raw("<td><time>\(association.since?.description ?? "-")</time><td>")
        if let running = row.clock {
            out.raw("<span class=\(Self.styleClass(running))><time>\(running.clock.due)</time>, ")
            out.raw(Self.timeLeft(running.state, days: running.daysLeft) + "</span><br>")
            out.element("span class=hint", running.clock.rule)
        } else {
            out.raw("-")
        }
        let rivals = row.competing.map { subject($0.text, .association) }
        out.raw("<td>" + (rivals.isEmpty ? "-" : rivals.joined(separator: ", ")))
        let findings = associationFindingCounts[row.association.text] ?? 0
        out.raw(findings > 0 ? "<td class=\"n found\">\(findings)" : "<td class=n>-")
    }

    /// A right to act that is gone makes nobody late: it is not shown as a warning.
    private static func styleClass(_ running: AssociationRowClock) -> String {
        running.state == .expired ? "hint" : running.state.rawValue
    }
}

extension AssociationStatus {
    /// Whether somebody has to act on an association in this status, so that its age matters.
    var isOpen: Bool {
        switch self {
        case .editing, .submitted, .underReview, .actionRequired, .disputed: true
        case .absent, .approved, .rejected, .ended: false
        }
    }

    /// The class of the style sheet: that of the same status of a claim, and one that has ended
    /// looks like a claim that was withdrawn.
    fileprivate var styleClass: String {
        switch self {
        case .absent, .editing, .submitted, .underReview, .actionRequired, .approved, .rejected,
            .disputed:
            ReportPage.styleClass(rawValue)
        case .ended: ReportPage.styleClass(ClaimStatus.withdrawn.rawValue)
        }
    }
}
