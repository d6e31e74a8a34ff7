import ClaimsDomain
import ClaimsLedger
import ClaimsProjections

extension ReportPage {
    /// A table of claims, each with its timeline below it.
    func writeClaims(_ places: Range<Int>, _ out: inout HTMLWriter) {
        out.raw("<div class=wide><table class=claims>")
        out.head(
            [("Claim", false), ("Activity", false), ("Status", false), ("Amount", true)]
                + [("Approved", true), ("Paid", true), ("Since", false)])
        out.raw("<tbody>")
        for place in places {
            let claim = claims[place]
            let row = claim.row
            let timeline = timelines[row.claim]
            func link(_ text: String) -> String {
                timeline == nil ? text : "<a href=#t\(place)>\(text)</a>"
            }
            out.raw("<tr class=c id=c\(place)><th scope=row>" + link(htmlEscaped(row.claim.text)))
            out.raw("<td>")
            out.text(row.activity.text)
            out.raw("<td class=\(Self.styleClass(row.status))>\(words(row.status))")
            for amount in [row.amount, row.approved, row.paid] {
                out.raw("<td>" + link(grouped(amount, row.currency)))
            }
            out.raw("<td>\(claim.since?.description ?? "-")")
            if let timeline { writeTimeline(timeline, place, &out) }
        }
        out.raw("</table></div>")
    }

    private func writeTimeline(
        _ timeline: ClaimTimeline, _ place: Int, _ out: inout HTMLWriter
    ) {
        out.raw("<tr class=t><td colspan=7><details><summary>")
        out.raw(counted(timeline.steps.count, "event"))
        let findings = findingCounts[claims[place].row.claim.text] ?? 0
        if findings > 0 { out.raw(", <b class=found>\(counted(findings, "finding"))</b>") }
        out.raw("</summary><ol class=steps id=t\(place)>")
        var status = ""
        for (step, event) in zip(timeline.steps, timeline.events) {
            writeStep(step, event, isStatusNew: step.statusAfter != status, &out)
            status = step.statusAfter
        }
        out.raw("</ol></details>")
    }

    /// Who, when, what, known when, and what it did to the fund.
    private func writeStep(
        _ step: TrailStep, _ event: Event, isStatusNew: Bool, _ out: inout HTMLWriter
    ) {
        out.raw("<li><time>\(minuteText(step.occurredAt))</time> <b>")
        out.raw(words(step.kind.action) + "</b> <span class=who>")
        out.text(step.actor)
        out.raw("</span>")
        if let summary = event.content.payload.summary {
            out.raw(" <q>")
            out.text(summary.text(for: .people))
            out.raw("</q>")
        }
        if isStatusNew {
            out.raw(" <span class=\(Self.styleClass(step.statusAfter))>")
            out.raw(words(step.statusAfter) + "</span>")
        }
        for posting in step.postings {
            out.raw(" <span class=move>\(posting.from.title) &rarr; \(posting.to.title) ")
            out.raw(grouped(posting.amount.minorUnits, posting.amount.currency))
            out.raw(" \(posting.amount.currency)</span>")
        }
        for finding in step.findings {
            out.raw(" <em class=found>finding: \(finding.sentence)</em>")
        }
        if step.recordedAt.day != step.occurredAt.day {
            out.raw(" <span class=known>known since \(minuteText(step.recordedAt))</span>")
        }
    }
}

/// A moment to the minute, in UTC.
private func minuteText(_ instant: Instant) -> String {
    let text = instant.description
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
}

extension EventKind {
    /// What happened, without what it happened to.
    var action: String {
        rawValue.firstIndex(of: ".").map { String(rawValue[$0...].dropFirst()) } ?? rawValue
    }
}
