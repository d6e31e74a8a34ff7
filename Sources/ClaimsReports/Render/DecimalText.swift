package import ClaimsDomain

/// The most fraction digits an amount may have: ten to this power still fits an `Int64`.
private let maximumFractionDigits = 18

/// What stands between thousands for people.
private let groupSeparator: Character = ","

/// The exact decimal of an amount in minor units, without floating point: how programs read it.
///
/// `decimalText(minorUnits: 125_000, fractionDigits: 2)` is `1250.00`. Always at least one digit
/// before the point, and exactly `fractionDigits` (0...18) after it; a leading `-` below zero.
package func decimalText(minorUnits: Int64, fractionDigits: Int) -> String {
    let (sign, whole, fraction) = digits(minorUnits, fractionDigits)
    return sign + whole + fraction
}

/// The same for people, `1,250.00`; what is grouped anywhere is grouped here.
package func groupedText(minorUnits: Int64, fractionDigits: Int) -> String {
    let (sign, whole, fraction) = digits(minorUnits, fractionDigits)
    return sign + grouped(whole) + fraction
}

/// An amount and its currency for people: `1,250.00 USD`.
package func groupedText(_ amount: Money) -> String {
    let digits = groupedText(
        minorUnits: amount.minorUnits, fractionDigits: amount.currency.fractionDigits)
    return "\(digits) \(amount.currency)"
}

/// What stands before the digits, the digits before the point, and the point with those after it.
private func digits(
    _ minorUnits: Int64, _ fractionDigits: Int
) -> (sign: String, whole: String, fraction: String) {
    precondition(
        (0...maximumFractionDigits).contains(fractionDigits),
        "an amount has 0 to \(maximumFractionDigits) fraction digits")
    var digits = String(minorUnits.magnitude)
    let missingDigits = fractionDigits + 1 - digits.utf8.count
    if missingDigits > 0 {
        digits = String(repeating: "0", count: missingDigits) + digits
    }
    return (
        minorUnits < 0 ? "-" : "", String(digits.dropLast(fractionDigits)),
        fractionDigits == 0 ? "" : ".\(digits.suffix(fractionDigits))"
    )
}

/// The digits in threes from the right.
private func grouped(_ digits: String) -> String {
    var result = ""
    var digitsLeft = digits.utf8.count
    for digit in digits {
        result.append(digit)
        digitsLeft -= 1
        if digitsLeft > 0, digitsLeft.isMultiple(of: 3) {
            result.append(groupSeparator)
        }
    }
    return result
}
