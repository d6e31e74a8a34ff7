/// The most fraction digits an amount may have: ten to this power still fits an `Int64`.
private let maximumFractionDigits = 18

/// The exact decimal of an amount in minor units, without floating point.
///
/// `decimalText(minorUnits: 125_000, fractionDigits: 2)` is `1250.00`; with `groupSeparator: ","`
/// it is `1,250.00`. Always at least one digit before the point, and exactly `fractionDigits`
/// (0...18) after it; a leading `-` below zero.
package func decimalText(
    minorUnits: Int64, fractionDigits: Int, groupSeparator: Character? = nil
) -> String {
    precondition(
        (0...maximumFractionDigits).contains(fractionDigits),
        "an amount has 0 to \(maximumFractionDigits) fraction digits")
    var digits = String(minorUnits.magnitude)
    let missingDigits = fractionDigits + 1 - digits.utf8.count
    if missingDigits > 0 {
        digits = String(repeating: "0", count: missingDigits) + digits
    }
    var whole = String(digits.dropLast(fractionDigits))
    if let groupSeparator {
        whole = grouped(whole, by: groupSeparator)
    }
    let sign = minorUnits < 0 ? "-" : ""
    return fractionDigits == 0 ? sign + whole : "\(sign)\(whole).\(digits.suffix(fractionDigits))"
}

/// The digits in threes from the right.
private func grouped(_ digits: String, by separator: Character) -> String {
    var result = ""
    var digitsLeft = digits.utf8.count
    for digit in digits {
        result.append(digit)
        digitsLeft -= 1
        if digitsLeft > 0, digitsLeft.isMultiple(of: 3) {
            result.append(separator)
        }
    }
    return result
}
