/// Where the co-op funds earned for a period stand against the programme's threshold.
///
/// Source: domain facts c1, rules 2 and 3.
public struct ThresholdStanding: Equatable, Sendable {
    /// The programme's threshold.
    public let threshold: Money
    /// Earned, with the adjustments since: restated earnings count.
    public let coop: Money
    /// The same before rounding, as a decimal, where the programme tests that and it differs.
    public let exactly: String?
    /// Whether it stays below, so that all of it becomes rebate; equal is not below.
    public let isBelow: Bool
    /// What of it was converted before.
    public let converted: Money

    /// What is still to be converted when it is below; never negative.
    public var convertible: Money {
        Money(
            minorUnits: max(0, coop.minorUnits.subtractingClamped(converted.minorUnits)),
            currency: coop.currency)
    }

    /// The figures compared, in words.
    public var words: String {
        let before = exactly.map { " (\($0) before rounding)" } ?? ""
        return "co-op earned is \(coop)\(before), the threshold is \(threshold)"
    }
}

extension Program {
    /// How the funds of an account stand against the threshold.
    ///
    /// nil where there is no threshold, or none in the account's currency: no rate is ever guessed.
    package func threshold(of account: AccountRecord) -> ThresholdStanding? {
        guard let threshold, threshold.currency == account.currency else { return nil }
        let balance = account.balance
        func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: account.currency) }
        let coop = balance.earned.addingClamped(balance.adjusted)
        // Units of 10^-scale: what was not recorded as a share counts as it is.
        let unit = ExactDecimal.power(of: coopShare.scale)
        let exact =
            (Int128(coop) - Int128(account.share)) * unit
            + Int128(account.eligible) * Int128(coopShare.unscaled)
        let isExact = thresholdBasis == .rounded || exact == Int128(coop) * unit
        let isBelow =
            isExact
            ? coop < threshold.minorUnits : exact < Int128(threshold.minorUnits) * unit
        let digits = account.currency.fractionDigits
        return ThresholdStanding(
            threshold: threshold, coop: money(coop),
            exactly: isExact
                ? nil
                : ExactDecimal.shortText(
                    unscaled: exact, scale: coopShare.scale + digits, atLeast: digits),
            isBelow: isBelow, converted: money(balance.converted))
    }
}
