import ClaimsCodec
import ClaimsDomain
import ClaimsProjections

// What the script needs to show another month end. Amounts are minor units; those beyond what a
// JavaScript number holds exactly are texts. Both lists are changes from the one before: an
// account's are `month, mask, value...`, a claim's `days later, status * 16 + mask, value...`. A
// bit of the mask says that its value follows.

/// JSON being written into a page.
private struct DataWriter {
    private(set) var json = ""
    private var isFirst = true

    mutating func open(_ mark: String) {
        separate()
        json += mark
        isFirst = true
    }

    mutating func close(_ mark: String) {
        json += mark
        isFirst = false
    }

    mutating func key(_ name: String) {
        separate()
        json += "\"\(name)\":"
        isFirst = true
    }

    mutating func number(_ value: Int64) {
        separate()
        let isExact = value.magnitude <= 1 << 53 - 1
        json += isExact ? String(value) : "\"\(value)\""
    }

    mutating func text(_ text: String) {
        separate()
        var writer = JSONWriter()
        writer.string(text)
        // No text of the log ends the script element.
        json += String(decoding: writer.bytes, as: UTF8.self).replacing("<", with: "\\u003c")
    }

    private mutating func separate() {
        if !isFirst { json += "," }
        isFirst = false
    }
}

extension ReportPage {
    /// The data of the script, as JSON that may stand in a script element.
    var dataText: String {
        var out = DataWriter()
        let currencies = currencies
        out.open("{")
        list("days", &out) { out in
            for month in report.months { out.number(Int64(month.day.since1970)) }
        }
        list("currencies", &out) { out in
            for currency in currencies {
                out.open("[")
                out.text(currency.code)
                out.number(Int64(currency.fractionDigits))
                out.close("]")
            }
        }
        list("statuses", &out) { out in for status in Self.statuses { out.text(words(status)) } }
        list("open", &out) { out in
            for status in Self.statuses { out.number(Self.isOpen(status) ? 1 : 0) }
        }
        list("ages", &out) { out in for age in Self.ages { out.number(Int64(age)) } }
        list("funds", &out) { out in
            for fund in funds {
                out.open("[")
                out.text(fund.program.text)
                out.text(fund.period.text)
                out.number(Int64(currencies.firstIndex(of: fund.currency) ?? 0))
                out.close("]")
            }
        }
        list("blocks", &out, writeBlocks)
        list("claims", &out) { out in
            for claim in claims { Self.write(claim.stands, currencies, &out) }
        }
        out.close("}")
        return out.json
    }

    private func list(
        _ name: String, _ out: inout DataWriter, _ body: (inout DataWriter) -> Void
    ) {
        out.key(name)
        out.open("[")
        body(&out)
        out.close("]")
    }

    private func writeBlocks(_ out: inout DataWriter) {
        for (number, fund) in funds.enumerated() {
            for place in fund.blocks {
                let block = blocks[place]
                out.open("[")
                out.number(Int64(number))
                out.text(block.account.partner.text)
                out.text(report.partnerNames[block.account.partner] ?? "")
                out.number(Int64(block.claims.count))
                out.open("[")
                var isPast = false
                for (month, past) in (block.course?.isPast ?? []).enumerated()
                where past != isPast {
                    out.number(Int64(month))
                    isPast = past
                }
                out.close("]")
                out.open("[")
                if let course = block.course { Self.write(course, &out) }
                out.close("]")
                out.close("]")
            }
        }
    }

    /// The figures of an account that postings move, up to `paid` in the order of balances.
    private static func write(_ course: AccountCourse, _ out: inout DataWriter) {
        let buckets = Bucket.inReportOrder.prefix(8)
        var last = [Int64](repeating: 0, count: buckets.count)
        var isKnown = false
        for (month, balance) in course.balances.enumerated() {
            guard let balance else { continue }
            let figures = buckets.map { balance.figure(of: $0, expired: 0) }
            guard figures != last || !isKnown else { continue }
            isKnown = true
            out.number(Int64(month))
            out.number(mask(figures, last))
            for (new, old) in zip(figures, last) where new != old { out.number(new &- old) }
            last = figures
        }
    }

    private static func write(
        _ stands: [ClaimStand], _ currencies: [Currency], _ out: inout DataWriter
    ) {
        out.open("[")
        var day: Int64 = 0
        var last: [Int64] = [0, 0, 0, -1]
        for stand in stands {
            let currency = stand.currency.flatMap { currencies.firstIndex(of: $0) } ?? -1
            let values = [stand.amount, stand.approved, stand.paid, Int64(currency)]
            let status = Int64(statuses.firstIndex(of: stand.status) ?? 0)
            out.number(Int64(stand.day.since1970) - day)
            out.number(status * 16 + mask(values, last))
            for (new, old) in zip(values, last) where new != old { out.number(new) }
            day = Int64(stand.day.since1970)
            last = values
        }
        out.close("]")
    }

    private static func mask(_ new: [Int64], _ old: [Int64]) -> Int64 {
        zip(new, old).enumerated().reduce(0) { $0 | ($1.1.0 == $1.1.1 ? 0 : 1 << $1.0) }
    }
}
