import ClaimsDomain
import ClaimsLedger
import ClaimsProjections

extension ReportPage {
    /// The whole page: the same bytes for the same log and arguments.
    package var text: String {
        var out = HTMLWriter()
        writeHead(&out)
        out.raw("<body><a class=skip href=#main>To the figures</a>")
        writeTop(&out)
        out.raw("<main id=main>")
        writeOverview(&out)
        writeFunds(&out)
        writeStatuses(&out)
        writeAssociations(&out)
        writeDeadlines(&out)
        writeFindings(&out)
        writeAccounts(&out)
        out.raw("</main>")
        writeStamp(&out)
        out.raw("<script type=application/json id=data>" + dataText + "</script>\n")
        out.raw("<script>" + pageScript + "</script></body></html>\n")
        return out.html
    }

    private func writeHead(_ out: inout HTMLWriter) {
        out.raw("<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8>\n")
        out.raw("<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; ")
        out.raw("style-src 'unsafe-inline'; script-src \(policyHash(of: pageScript)); ")
        out.raw("base-uri 'none'; form-action 'none'\">\n")
        out.raw("<meta name=viewport content=\"width=device-width, initial-scale=1\">\n")
        out.raw("<meta name=color-scheme content=\"light dark\">\n")
        out.element("title", "Funds and claims, \(report.months.last?.day.description ?? "empty")")
        out.raw("\n<style>" + pageStyle + "</style></head>\n")
    }

    private func writeTop(_ out: inout HTMLWriter) {
        out.raw("<header><h1>Funds and claims</h1>")
        out.raw("<p class=lead>\(counted(report.claims.count, "claim")), ")
        if !report.associations.isEmpty {
            out.raw("\(counted(report.associations.count, "association")), ")
        }
        out.raw("\(counted(report.accounts.count, "fund account")), ")
        out.raw("\(counted(Int(report.events), "event"))")
        if let name = origin.origin {
            out.raw(" of ")
            out.text(name)
        }
        for note in headerNotes(answer) {
            out.raw("<br>")
            out.text(note)
        }
        out.raw("</p><nav aria-label=Sections><ul>")
        for (anchor, title) in [
            ("overview", "Overview"), ("funds", "Funds"), ("status", "Status and age"),
            ("associations", "Associations"), ("next", "What expires next"),
            ("findings", "Findings"), ("accounts", "Partners"), ("stamp", "Proof"),
        ] where anchor != "associations" || !report.associations.isEmpty {
            out.raw("<li><a href=#\(anchor)>\(title)</a>")
        }
        out.raw("</ul></nav></header>")
        if !report.months.isEmpty { writeControls(&out) }
    }

    /// The slider and the filters: they show only where the script runs.
    private func writeControls(_ out: inout HTMLWriter) {
        let last = report.months.count - 1
        out.raw("<form id=controls class=controls hidden><div class=slide>")
        out.raw("<label for=when>State at the end of</label>")
        out.raw("<output id=shown for=when>\(report.months[last].day)</output>")
        out.raw("<input id=when type=range min=0 max=\(last) value=\(last) step=1></div>")
        out.raw("<div class=filters>")
        writeChoice("program", "Program", Set(funds.map(\.program)).sorted().map(\.text), &out)
        writeChoice("period", "Period", Set(funds.map(\.period)).sorted().map(\.text), &out)
        out.raw("<label>Partner <input id=partner type=search placeholder=\"name or id\"></label>")
        if !claims.isEmpty {
            writeChoice("state", "Status", Self.statuses.map(words), &out)
            out.raw("<label>Claim <input id=claim type=search placeholder=id></label>")
        }
        out.raw("<button type=reset>Show all</button></div>")
        out.raw("<p id=said class=hint role=status></p></form>")
    }

    private func writeChoice(
        _ id: String, _ title: String, _ values: [String], _ out: inout HTMLWriter
    ) {
        out.raw("<label>\(title) <select id=\(id)><option value=\"\">all")
        for value in values {
            out.raw("<option>")
            out.text(value)
        }
        out.raw("</select></label>")
    }

    /// What the page is made from, so that anybody can make it again and compare.
    private func writeStamp(_ out: inout HTMLWriter) {
        out.raw("<footer id=stamp><h2>Proof</h2>")
        guard let root = origin.root else {
            out.raw("<p>Made from an empty ledger: there is nothing to prove.</p></footer>")
            return
        }
        out.raw("<p>Every figure on this page follows from the first ")
        out.raw("\(counted(Int(answer.lastSequence), "event")) of the log, and from no other.</p>")
        out.raw("<dl class=stamp>")
        let command = (["claims"] + origin.query).joined(separator: " ")
        for (title, value) in [
            ("Log", origin.origin ?? "a plain file"), ("Events", String(answer.lastSequence)),
            ("Tree root (RFC 6962, SHA-256)", root), ("Asked with", command),
            ("Made by", origin.version),
        ] {
            out.raw("<dt>\(title)<dd><code>")
            out.text(value)
            out.raw("</code>")
        }
        out.raw("</dl><p>The same command gives the same bytes. With <code>--stamp FILE</code> it ")
        out.raw("writes a stamp beside the page, and <code>claims reproduce FILE</code> compares ")
        out.raw("them; <code>claims checkpoint</code> signs the root, <code>claims verify</code> ")
        out.raw("derives it again from the bytes of the log.</p></footer>")
    }
}
