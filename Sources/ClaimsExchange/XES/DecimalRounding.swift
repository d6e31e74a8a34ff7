package import ClaimsDomain

/// Brings decimal texts of any precision to whole minor units, digit by digit: no floating point
/// and no limit on the digits behind the point.
package enum DecimalRounding {
    /// Why a text is not an amount of a currency.
    package enum Problem: Error, Equatable, Sendable, CustomStringConvertible {
        case notDecimal(String)
        case outOfRange(String)

        /// What was found and what was expected.
        package var description: String {
            switch self {
            case .notDecimal(let text): "'\(text)' is not a decimal number such as '26.8512'"
            case .outOfRange(let text):
                "'\(text)' is beyond ±\(Money.largestMinorUnits) minor units"
            }
        }
    }

    /// Powers of ten a text may name; beyond them no amount fits and no digit is left.
    private static let largestExponent = 1_000

    /// The amount of `[+-]digits[.digits][e[+-]digits]`, rounded as named; O(length).
    package static func money(
        _ text: String, currency: Currency, rounding: Rounding
    ) throws(Problem) -> Money {
        guard let number = Number(text) else { throw .notDecimal(text) }
        let units = number.rounded(toScale: currency.fractionDigits, rounding)
        guard let units, units.magnitude <= UInt64(Money.largestMinorUnits) else {
            throw .outOfRange(text)
        }
        return Money(minorUnits: units, currency: currency)
    }

    /// `digits` × 10^−`scale`.
    private struct Number {
        var isNegative = false
        var digits: [UInt8] = []
        var scale = 0

        init?(_ text: String) {
            var rest = Array(text.utf8)[...]
            if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
                isNegative = sign == UInt8(ascii: "-")
                rest = rest.dropFirst()
            }
            digits = Self.takeDigits(&rest)
            guard !digits.isEmpty else { return nil }
            if rest.first == UInt8(ascii: ".") {
                rest = rest.dropFirst()
                let fraction = Self.takeDigits(&rest)
                guard !fraction.isEmpty else { return nil }
                digits += fraction
                scale = fraction.count
            }
            if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
                rest = rest.dropFirst()
                let isMinus = rest.first == UInt8(ascii: "-")
                if isMinus || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
                let exponent = Self.takeDigits(&rest)
                guard !exponent.isEmpty else { return nil }
                let power = exponent.reduce(0) {
                    min($0 * 10 + Int($1), DecimalRounding.largestExponent)
                }
                scale += isMinus ? power : -power
            }
            guard rest.isEmpty else { return nil }
        }

        private static func takeDigits(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
            var digits: [UInt8] = []
            while let byte = rest.first, case let digit = byte &- 48, digit <= 9 {
                digits.append(digit)
                rest = rest.dropFirst()
            }
            return digits
        }

        /// Whole units of 10^−`target`; nil when they leave 64 bits.
        func rounded(toScale target: Int, _ rounding: Rounding) -> Int64? {
            let dropped = max(0, scale - target)
            let kept = digits.dropLast(dropped)
            var units: Int64 = 0
            for digit in kept {
                guard let next = Self.appending(digit, to: units) else { return nil }
                units = next
            }
            if units != 0 {
                for _ in 0..<max(0, target - scale) {
                    guard let next = Self.appending(0, to: units) else { return nil }
                    units = next
                }
            }
            // More digits are dropped than there are: the first dropped one is a zero before them.
            let rest = dropped > digits.count ? [0] : digits.suffix(dropped)
            let isHalfOrMore = (rest.first ?? 0) >= 5
            let isHalf = rest.first == 5 && rest.dropFirst().allSatisfy { $0 == 0 }
            let goesAway =
                switch rounding {
                case .down: false
                case .halfUp: isHalfOrMore
                case .halfEven: isHalfOrMore && (!isHalf || units % 2 != 0)
                }
            let magnitude = goesAway ? units + 1 : units
            return isNegative ? -magnitude : magnitude
        }

        private static func appending(_ digit: UInt8, to units: Int64) -> Int64? {
            let (tens, overflow) = units.multipliedReportingOverflow(by: 10)
            guard !overflow, tens < Int64.max - 10 else { return nil }
            return tens + Int64(digit)
        }
    }
}
