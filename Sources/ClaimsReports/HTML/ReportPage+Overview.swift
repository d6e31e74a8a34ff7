import ClaimsDomain
import ClaimsLedger
import ClaimsProjections

extension ReportPage {
    /// The buckets of the overview.
    static let overviewBuckets: [Bucket] = [
        .earned, .claimed, .approved, .paid, .expired, .available,
    ]

    /// The currencies of the funds, in the order of their first fund's code.
    var currencies: [Currency] { Set(funds.map(\.currency)).sorted() }

    private func courses(_ currency: Currency) -> [AccountCourse?] {
        blocks.filter { $0.account.currency == currency }.map(\.course)
    }

    /// The funds of each currency, and what became of them month by month.
    func writeOverview(_ out: inout HTMLWriter) {
        out.raw("<section id=overview><h2>Overview</h2>")
        guard !report.months.isEmpty, !funds.isEmpty else {
            out.raw("<p>No fund matches.</p></section>")
            return
        }
        out.legend()
        for (number, currency) in currencies.enumerated() {
            let courses = courses(currency)
            let months = report.months.indices.map { courses.figures(month: $0) }
            let last = months[months.count - 1]
            out.raw("<article class=currency data-currency=\(number)><h3>\(currency)</h3>")
            out.raw("<dl class=tiles>")
            for bucket in Self.overviewBuckets where bucket != .approved {
                out.raw("<div><dt>\(bucket.title)<dd>")
                out.raw("<a href=#funds data-tile=\(bucket.number)>")
                out.raw(grouped(last[bucket.number], currency) + "</a></div>")
            }
            out.raw("</dl>")
            out.chart(
                months, days: report.months.map(\.day), currency: currency, currencyNumber: number)
            writeMonths(months, currency, &out)
            out.raw("</article>")
        }
        out.raw("</section>")
    }

    /// The figures behind a chart.
    private func writeMonths(
        _ months: [[Int64]], _ currency: Currency, _ out: inout HTMLWriter
    ) {
        out.raw("<details><summary>The figures of this chart</summary><div class=wide>")
        out.raw("<table><caption>\(currency), all that is selected</caption>")
        out.head(
            [("Month end", false)] + Self.overviewBuckets.map { ($0.title, true) })
        out.raw("<tbody>")
        for (month, figures) in zip(report.months, months) {
            out.raw("<tr><th scope=row>\(month.day)")
            for bucket in Self.overviewBuckets {
                out.raw("<td class=n>" + grouped(figures[bucket.number], currency))
            }
        }
        out.raw("</table></div></details>")
    }

    /// A row a programme, period and currency.
    func writeFunds(_ out: inout HTMLWriter) {
        out.raw("<section id=funds><h2>Funds by program and period</h2>")
        guard !report.months.isEmpty, !funds.isEmpty else {
            out.raw("<p>No fund matches.</p></section>")
            return
        }
        out.raw("<p class=hint>Each amount leads to the accounts that it is the sum of.</p>")
        out.raw("<div class=wide><table class=funds>")
        out.head(
            [("Program", false), ("Period", false), ("Cur", false), ("Use", false)]
                + Self.overviewBuckets.map { ($0.title, true) } + [("Claim by", false)])
        out.raw("<tbody>")
        for (number, fund) in funds.enumerated() {
            let courses = blocks[fund.blocks].map(\.course)
            let figures = courses.figures(month: report.months.count - 1)
            out.raw("<tr id=f\(number)><th scope=row>")
            out.text(fund.program.text)
            out.raw("<td>")
            out.text(fund.period.text)
            out.raw("<td>\(fund.currency)<td>")
            out.bar(figures)
            for bucket in Self.overviewBuckets {
                out.raw("<td class=n><a href=#s\(number)>")
                out.raw(grouped(figures[bucket.number], fund.currency) + "</a>")
            }
            let deadline = courses.lazy.compactMap { $0?.row.deadline }.first
            out.raw("<td>\(deadline?.description ?? "-")")
        }
        out.raw("</table></div></section>")
    }
}
