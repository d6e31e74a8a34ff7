import ClaimsDomain
import ClaimsProjections

/// What became of money that was earned: the parts of a bar, from the left or the bottom.
enum BarPart: CaseIterable {
    case paid, due, reserved, available, expired

    /// The name for people.
    var title: String {
        switch self {
        case .paid: "paid"
        case .due: "approved, not paid"
        case .reserved: "reserved"
        case .available: "available"
        case .expired: "expired"
        }
    }

    private var bucket: Bucket {
        switch self {
        case .paid: .paid
        case .due: .due
        case .reserved: .reserved
        case .available: .available
        case .expired: .expired
        }
    }

    /// Its size in figures by the order of balances; what is below zero is not drawn.
    func size(in figures: [Int64]) -> Int64 { max(0, figures[bucket.number]) }

    /// The sizes of all parts.
    static func sizes(_ figures: [Int64]) -> [Int64] { allCases.map { $0.size(in: figures) } }
}

/// A share as CSS writes it, cut to hundredths of a percent.
func percentText(_ part: Int64, of whole: Int128) -> String {
    guard whole > 0, part > 0 else { return "0" }
    return decimalText(
        minorUnits: Int64(Int128(part) * 10_000 / whole), fractionDigits: 2) + "%"
}

extension HTMLWriter {
    /// A horizontal bar of what became of the money.
    mutating func bar(_ figures: [Int64]) {
        let sizes = BarPart.sizes(figures)
        let whole = sizes.reduce(Int128(0)) { $0 + Int128($1) }
        raw("<span class=bar aria-hidden=true>")
        for (place, size) in sizes.enumerated() {
            raw("<i class=p\(place) style=width:\(percentText(size, of: whole))></i>")
        }
        raw("</span>")
    }

    /// What the colours of the bars mean.
    mutating func legend() {
        raw("<ul class=legend>")
        for (place, part) in BarPart.allCases.enumerated() {
            raw("<li><i class=p\(place)></i>\(part.title)")
        }
        raw("</ul>")
    }

    /// A bar for each month, with the months below.
    mutating func chart(
        _ months: [[Int64]], days: [Day], currency: Currency, currencyNumber: Int
    ) {
        let sizes = months.map { BarPart.sizes($0) }
        let wholes = sizes.map { $0.reduce(Int128(0)) { $0 + Int128($1) } }
        let most = wholes.max() ?? 0
        raw("<figure><figcaption>What became of the \(currency) funds, at the end of each month")
        raw("<span class=most>full height: <b data-most=\(currencyNumber)>")
        raw(grouped(Int64(clamping: most), currency))
        raw("</b> \(currency)</span></figcaption>")
        raw("<div class=chart data-chart=\(currencyNumber) aria-hidden=true>")
        for (place, parts) in sizes.enumerated() {
            let isLast = place == sizes.count - 1
            raw(isLast ? "<div class=\"m on\">" : "<div class=m>")
            for (number, size) in parts.enumerated().reversed() {
                raw("<i class=p\(number) style=height:\(percentText(size, of: most))></i>")
            }
            raw("</div>")
        }
        raw("</div><div class=axis aria-hidden=true>")
        for (place, day) in days.enumerated() {
            let (year, month, _) = day.parts
            let isNamed = place == 0 || month == 1
            raw(isNamed ? "<span class=y>" : "<span>")
            raw("\(isNamed ? "\(year)" : days.count <= 30 ? "\(month)" : "")</span>")
        }
        raw("</div></figure>")
    }
}
