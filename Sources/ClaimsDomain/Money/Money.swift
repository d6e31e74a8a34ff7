/// Why a sum of money cannot be formed.
public enum MoneyError: Error, Equatable, Sendable {
    case currencyMismatch(Currency, Currency)
    case outOfRange
}

/// An exact amount: integer minor units of one currency.
///
/// No floating point touches it.
public struct Money: Hashable, Sendable {
    /// Cents for USD and EUR, whole yen for JPY; within ±`largestMinorUnits`.
    public let minorUnits: Int64
    /// ISO 4217.
    public let currency: Currency

    /// 2^53 − 1: any JSON reader, also one with binary64 numbers only, agrees on the digits.
    public static let largestMinorUnits: Int64 = 9_007_199_254_740_991

    /// An amount of `minorUnits`; the caller has checked the range (the codec does on reading).
    public init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// The same amount with the other sign.
    public var negated: Money { Money(minorUnits: -minorUnits, currency: currency) }

    /// The sum; throws when the currencies differ or the sum leaves the range.
    public func adding(_ other: Money) throws(MoneyError) -> Money {
        guard currency == other.currency else {
            throw .currencyMismatch(currency, other.currency)
        }
        let (sum, overflow) = minorUnits.addingReportingOverflow(other.minorUnits)
        guard !overflow, sum.magnitude <= UInt64(Self.largestMinorUnits) else {
            throw .outOfRange
        }
        return Money(minorUnits: sum, currency: currency)
    }

    /// The co-op part of earnings, rounded as the program says; the rebate is the remainder, so
    /// that no cent is lost.
    ///
    /// Source: domain facts c1, rule 1.
    public func split(
        coopShare: ExactDecimal, rounding: Rounding
    ) throws(MoneyError) -> (coop: Money, rebate: Money) {
        guard let part = coopShare.multiplied(by: minorUnits, rounding: rounding) else {
            throw .outOfRange
        }
        let coop = Money(minorUnits: part, currency: currency)
        return (coop, try adding(coop.negated))
    }
}

extension Money: CustomStringConvertible {
    /// The decimal amount and the code, such as `1250.00 USD`.
    public var description: String { "\(decimal) \(currency.code)" }

    /// The decimal amount alone, such as `-0.05`, with exactly the currency's digits.
    public var decimal: String {
        ExactDecimal.text(unscaled: minorUnits, scale: currency.fractionDigits)
    }
}

/// Why a decimal text is not an amount of a currency.
public enum AmountError: Error, Equatable, Sendable, CustomStringConvertible {
    case notDecimal(String)
    case tooManyDecimals(String, Currency)
    case outOfRange(String)

    /// What was found and what was expected.
    public var description: String {
        switch self {
        case .notDecimal(let text):
            "amount '\(text)' is not a decimal number such as '1250.00'"
        case .tooManyDecimals(let text, let currency):
            """
            amount '\(text)' has more decimals than \(currency.code) \
            has (\(currency.fractionDigits))
            """
        case .outOfRange(let text):
            """
            amount '\(text)' is beyond ±\(Money.largestMinorUnits) minor units, \
            the largest this ledger keeps
            """
        }
    }
}

extension Money {
    /// Reads `1250`, `1250.5` or `-1250.00`; more decimals than the currency has are refused, also
    /// when they are zeros, because a surplus digit is more often a wrong currency than a habit.
    public init(decimal text: String, currency: Currency) throws(AmountError) {
        guard let decimals = ExactDecimal.decimals(of: text) else { throw .notDecimal(text) }
        guard decimals <= currency.fractionDigits else { throw .tooManyDecimals(text, currency) }
        guard let units = ExactDecimal(text)?.unscaled(atScale: currency.fractionDigits),
            units.magnitude <= UInt64(Self.largestMinorUnits)
        else { throw .outOfRange(text) }
        self.init(minorUnits: units, currency: currency)
    }
}
