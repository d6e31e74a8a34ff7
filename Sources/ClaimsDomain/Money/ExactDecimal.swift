/// How a product is brought to whole minor units.
///
/// Which one applies is a value of the program.
public enum Rounding: String, Sendable, CaseIterable {
    case halfUp = "half_up"
    case halfEven = "half_even"
    case down
}

/// An exact decimal such as a share or a percentage: `unscaled` × 10^−`scale`.
public struct ExactDecimal: Hashable, Sendable {
    /// The digits as a whole number.
    public let unscaled: Int64
    /// Digits after the point, 0...18.
    public let scale: Int

    /// The most digits after the point that still fit 64 bits.
    public static let largestScale = 18

    /// The decimal `unscaled` × 10^−`scale`.
    public init(unscaled: Int64, scale: Int) {
        self.unscaled = unscaled
        self.scale = scale
    }

    /// Reads `-?digits(.digits)?`; nil for anything else, or for more digits than fit.
    public init?(_ text: String) {
        var digits: Int64 = 0
        var scale = 0
        var seenPoint = false
        var count = 0
        var bytes = Array(text.utf8)[...]
        let negative = bytes.first == UInt8(ascii: "-")
        if negative { bytes = bytes.dropFirst() }
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "."):
                guard !seenPoint, count > 0 else { return nil }
                seenPoint = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let (tens, overflow) = digits.multipliedReportingOverflow(by: 10)
                let (sum, carry) = tens.addingReportingOverflow(Int64(byte - 48))
                guard !overflow, !carry else { return nil }
                digits = sum
                count += 1
                if seenPoint { scale += 1 }
            default: return nil
            }
        }
        guard count > 0, bytes.last != UInt8(ascii: "."), scale <= Self.largestScale else {
            return nil
        }
        self.init(unscaled: negative ? -digits : digits, scale: scale)
    }

    /// The digits after the point of `-?digits(.digits)?`, also of a number too large to fit; nil
    /// for any other text.
    static func decimals(of text: String) -> Int? {
        let unsigned = (text.hasPrefix("-") ? text.dropFirst() : text[...]).utf8
        let parts = unsigned.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let isDecimal = parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(digits.contains) }
        guard isDecimal, parts.count <= 2 else { return nil }
        return parts.count == 2 ? parts[1].count : 0
    }

    /// The whole number of 10^−`target` units; nil when that is not exact or does not fit.
    public func unscaled(atScale target: Int) -> Int64? {
        guard target >= scale else { return nil }
        var value = unscaled
        for _ in scale..<target {
            let (next, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            value = next
        }
        return value
    }

    /// This decimal times whole units, brought to whole units; nil when it does not fit.
    public func multiplied(by units: Int64, rounding: Rounding) -> Int64? {
        Self.quotient(Int128(units) * Int128(unscaled), by: Self.power(of: scale), rounding)
    }

    /// Brings a decimal of any precision to `scale` digits; nil when it does not fit.
    public func rounded(toScale target: Int, _ rounding: Rounding) -> Int64? {
        if target >= scale { return unscaled(atScale: target) }
        return Self.quotient(Int128(unscaled), by: Self.power(of: scale - target), rounding)
    }

    /// The decimal text of `unscaled` × 10^−`scale`, with exactly `scale` digits.
    public static func text(unscaled: some FixedWidthInteger, scale: Int) -> String {
        let digits = String(unscaled.magnitude)
        let sign = unscaled < 0 ? "-" : ""
        guard scale > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
        return sign + padded.dropLast(scale) + "." + padded.suffix(scale)
    }

    /// The same without zeros at the end, but at least so many digits.
    static func shortText(unscaled: Int128, scale: Int, atLeast digits: Int) -> String {
        var unscaled = unscaled
        var scale = scale
        while scale > digits, unscaled % 10 == 0 {
            unscaled /= 10
            scale -= 1
        }
        return text(unscaled: unscaled, scale: scale)
    }

    static func power(of exponent: Int) -> Int128 {
        (0..<exponent).reduce(Int128(1)) { product, _ in product * 10 }
    }

    /// Half up rounds a half away from zero, as accountants do: −0.5 becomes −1.
    static func quotient(
        _ dividend: Int128, by divisor: Int128, _ rounding: Rounding
    ) -> Int64? {
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        let twice = remainder.magnitude * 2
        let half = divisor.magnitude
        let away =
            switch rounding {
            case .down: false
            case .halfUp: twice >= half
            case .halfEven: twice > half || (twice == half && quotient % 2 != 0)
            }
        let step: Int128 = away ? (dividend < 0 ? -1 : 1) : 0
        return Int64(exactly: quotient + step)
    }
}

extension ExactDecimal: CustomStringConvertible {
    /// The decimal text, with exactly `scale` digits after the point.
    public var description: String { Self.text(unscaled: unscaled, scale: scale) }
}
