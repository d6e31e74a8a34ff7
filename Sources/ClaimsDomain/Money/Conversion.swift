extension Reimbursed.Rate {
    /// The currency at the other end of the rate; nil when it does not lead from or to this one, or
    /// leads nowhere.
    func other(than currency: Currency) -> Currency? {
        guard from != to else { return nil }
        if currency == from { return to }
        return currency == to ? from : nil
    }

    /// An amount of one of its currencies in the other, brought to minor units.
    ///
    /// One way it multiplies by the rate, the other way it divides by it. nil for an amount of a
    /// third currency, for a rate that is not above zero, and where the result is beyond the
    /// largest amount.
    public func converted(_ amount: Money, rounding: Rounding) -> Money? {
        guard let target = other(than: amount.currency), value.unscaled > 0 else { return nil }
        let rate = (
            unscaled: Int128(value.unscaled), unit: ExactDecimal.power(of: value.scale)
        )
        let (factor, divisor) =
            amount.currency == from ? (rate.unscaled, rate.unit) : (rate.unit, rate.unscaled)
        // Minor units of two currencies may differ in size: cents, whole yen, thousandths.
        let (product, isTooLarge) =
            (Int128(amount.minorUnits)
            * ExactDecimal.power(of: target.fractionDigits))
            .multipliedReportingOverflow(by: factor)
        let unit = divisor.multipliedReportingOverflow(
            by: ExactDecimal.power(of: amount.currency.fractionDigits))
        guard !isTooLarge, !unit.overflow,
            let units = ExactDecimal.quotient(product, by: unit.partialValue, rounding),
            units.magnitude <= UInt64(Money.largestMinorUnits)
        else { return nil }
        return Money(minorUnits: units, currency: target)
    }

    /// Such as `0.9023 EUR for 1 USD of 2020-03-06`.
    public var words: String { "\(value) \(to.code) for 1 \(from.code) of \(date)" }
}
