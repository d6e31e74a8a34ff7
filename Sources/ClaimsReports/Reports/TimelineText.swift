import ClaimsDomain
package import ClaimsLedger
import ClaimsProjections

/// A claim's audit trail in a format: for people a timeline to read, else a table.
package func historyText(
    _ answer: Answer<ClaimHistory>, as format: OutputFormat, width: Int?,
    style: TextStyle = .plain
) -> String {
    guard format == .table else { return render(historyTable(answer), as: format) }
    return timeline(
        of: "claim \(answer.value.row.claim)", answer.value.steps, answer.value.events,
        headerNotes(answer), width, style)
}

/// An association's audit trail in a format.
package func historyText(
    _ answer: Answer<AssociationHistory>, as format: OutputFormat, width: Int?,
    style: TextStyle = .plain
) -> String {
    guard format == .table else { return render(historyTable(answer), as: format) }
    return timeline(
        of: "association \(answer.value.row.association)", answer.value.steps,
        answer.value.events, headerNotes(answer), width, style)
}

/// What is recorded within a minute of happening is known when it happens, for people.
private let promptMilliseconds: Int64 = 60_000

/// Said above every timeline, so that a missing line says something.
private let promptNote = "each event is known from its minute on, unless a line says since when"

/// What stands below an event's first line is moved in by this much.
private let indent = 4

/// Per event: when, what, who; what it says; what it changed; since when it is known.
private func timeline(
    of subject: String, _ steps: [TrailStep], _ events: [Event], _ notes: [String], _ width: Int?,
    _ style: TextStyle
) -> String {
    var text = textHead(
        title: "History of \(subject)", notes: notes + [promptNote], width: width)
    var round = 0
    var payment: PaymentState?
    for (step, event) in zip(steps, events) {
        if step.kind.isRequest { round += 1 }
        let role = event.content.role.map { " as \($0)" } ?? ""
        let who = visibleText("\(step.actor)\(role)")
        text += "\(step.occurredAt)  \(step.kind.rawValue) by \(who)  #\(step.sequence)\n"
        if let summary = event.content.payload.summary {
            let words = summary.text(for: .people)
            text += below(step.kind.isRequest ? "round \(round): \(words)" : words, width)
        }
        text += changeLine(step, style) ?? ""
        if let paid = step.payment, paid != payment ?? .unpaid {
            let marked = StatusMark.marked(paid.rawValue, style)
            text += String(repeating: " ", count: indent)
            text += "payment: \(style.coloured(marked.text, marked.colour))\n"
        }
        payment = step.payment
        for posting in step.postings {
            text += below("fund: \(posting.words.text(for: .people))", width)
        }
        for finding in step.findings {
            text += below("finding: \(finding.rawValue), \(finding.sentence)", width)
        }
        if step.recordedAt >= step.occurredAt.adding(milliseconds: promptMilliseconds) {
            text += below("known since \(step.recordedAt)", width)
        }
    }
    return text
}

/// A status and what it became, with its mark and colour on a terminal; nil where it stayed.
private func changeLine(_ step: TrailStep, _ style: TextStyle) -> String? {
    let (before, after) = (step.statusBefore, step.statusAfter)
    guard before != after else { return nil }
    let isFirst = before == ClaimStatus.absent.rawValue
    let marked = StatusMark.marked(
        isFirst ? after : StatusMark.change(from: before, to: after), style)
    return String(repeating: " ", count: indent)
        + "status: \(style.coloured(marked.text, marked.colour))\n"
}

/// A line of an event, safe for the terminal and wrapped to its width.
private func below(_ line: String, _ width: Int?) -> String {
    wrappedLines(visibleText(line), into: width, indent: indent)
}
