import ClaimsDomain
import ClaimsLedger
import ClaimsProjections

extension ReportPage {
    /// The columns of a fund's accounts: all buckets, without those that nothing ever passed.
    func accountBuckets(_ fund: Fund) -> [Bucket] {
        let optional: Set<Bucket> = [.adjusted, .rolledIn, .rolledOut, .converted]
        let courses = blocks[fund.blocks].compactMap(\.course)
        return Bucket.inReportOrder.filter { bucket in
            !optional.contains(bucket)
                || courses.contains { course in
                    course.causes.contains { $0.from == bucket || $0.to == bucket }
                }
        }
    }

    /// The funds account by account: figures, why they are so, and the claims.
    func writeAccounts(_ out: inout HTMLWriter) {
        out.raw("<section id=accounts><h2>Partners, fund by fund</h2>")
        if leavesClaimsOut {
            out.raw("<p>The \(counted(report.claims.count, "claim")) of this selection are too ")
            out.raw("many for a page. Choose with <code>--program</code>, <code>--partner</code> ")
            out.raw("or <code>--period</code>, or ask <code>claims list</code>.</p>")
        } else if timelines.count < claims.count {
            out.raw("<p>The page has the timelines of \(counted(timelines.count, "claim")) of ")
            out.raw("\(counted(claims.count, "claim")): those with findings, then those that are ")
            out.raw("open, then those that changed last. The others tell theirs with ")
            out.raw("<code>claims history CLAIM</code>.</p>")
        }
        writeRules(&out)
        for (number, fund) in funds.enumerated() { writeFund(fund, number, &out) }
        if !loose.isEmpty { writeLoose(&out) }
        out.raw("</section>")
    }

    /// Why money moves: said once, since every account has the same few movements.
    private func writeRules(_ out: inout HTMLWriter) {
        let found = Set(report.accounts.flatMap { $0.causes.compactMap(\.rule) })
        guard !found.isEmpty else { return }
        out.raw("<details><summary>Why money moves from one column to another</summary>")
        out.raw("<ul>")
        for rule in PostingRule.allCases where found.contains(rule) {
            out.raw("<li>\(words(rule.rawValue)): \(rule.sentence)")
        }
        out.raw("</ul></details>")
    }

    private func writeFund(_ fund: Fund, _ number: Int, _ out: inout HTMLWriter) {
        out.raw("<section class=fund id=s\(number)><h3>")
        out.text("\(report.programNames[fund.program] ?? fund.program.text)")
        out.raw(" <span>")
        out.text("\(fund.program) \(fund.period) \(fund.currency)")
        out.raw("</span></h3>")
        let buckets = accountBuckets(fund)
        let numbers = buckets.map { String($0.number) }.joined(separator: ",")
        out.raw("<div class=wide><table class=accounts data-buckets=\(numbers)>")
        out.head([("Partner", false)] + buckets.map { ($0.title, true) })
        out.raw("<tbody>")
        let last = report.months.count - 1
        for place in fund.blocks {
            let figures = [blocks[place].course].figures(month: last)
            out.raw("<tr id=r\(place)><th scope=row>")
            out.text(partnerText(blocks[place].account.partner))
            for bucket in buckets {
                let amount = grouped(figures[bucket.number], fund.currency)
                // Nothing needs no explanation, and is most of a large page.
                let isLink = figures[bucket.number] != 0
                out.raw(isLink ? "<td><a href=#a\(place)>\(amount)</a>" : "<td>" + amount)
            }
        }
        out.raw("</table></div><p class=hint>Movement by movement: <code>")
        out.text("claims explain PARTNER \(fund.period) --program \(fund.program)")
        out.raw("</code></p>")
        for place in fund.blocks { writeBlock(blocks[place], place, &out) }
        out.raw("</section>")
    }

    /// The name of a partner with its id, or the id alone.
    func partnerText(_ partner: PartnerID) -> String {
        report.partnerNames[partner].map { "\($0) (\(partner))" } ?? partner.text
    }

    private func writeBlock(_ block: Block, _ place: Int, _ out: inout HTMLWriter) {
        let isOpen = claims.count <= Self.mostOpenClaims
        out.raw("<details class=account id=a\(place)\(isOpen ? " open" : "")><summary>")
        out.text(partnerText(block.account.partner))
        out.raw(" <span>\(counted(block.claims.count, "claim"))</span></summary>")
        if let course = block.course { writeCauses(course, &out) }
        if !block.claims.isEmpty { writeClaims(block.claims, &out) }
        out.raw("</details>")
    }

    /// The movements that add up to what an account holds.
    private func writeCauses(_ course: AccountCourse, _ out: inout HTMLWriter) {
        let currency = course.account.currency
        out.raw("<ul class=why>")
        for cause in course.causes {
            out.raw("<li>\(cause.from.title) &rarr; \(cause.to.title) <b>")
            out.raw(grouped(cause.amount, currency) + "</b>")
            if cause.postings > 1 { out.raw(" in \(cause.postings)") }
        }
        out.raw("</ul>")
    }

    private func writeLoose(_ out: inout HTMLWriter) {
        out.raw("<section class=fund><h3>Claims that were never created</h3>")
        out.raw("<details class=account open><summary>")
        out.raw("\(counted(loose.count, "claim")) that events name</summary>")
        writeClaims(loose, &out)
        out.raw("</details></section>")
    }
}
