extension UsagePeriod {
    /// The last day a claim of an activity may be handed in, and the first moment that is too late.
    ///
    /// The deadline of the period, or so many days after the activity where the period counts them
    /// and they end before. A replay has no time zones but the period's resolved boundaries: such a
    /// day ends by the latest of their offsets, at most an hour later than by the clock. Source:
    /// domain facts b1, the rollover of 2020.
    package func deadline(ofActivityOn day: Day?) -> (day: Day, before: Instant) {
        guard let day, let count = activityDeadlineDays else {
            return (claimDeadline, instants.claimBefore)
        }
        let last = day.adding(days: Int(count))
        guard last < claimDeadline else { return (claimDeadline, instants.claimBefore) }
        let offset =
            [
                (instants.usageFrom, usage.first),
                (instants.usageBefore, usage.last.adding(days: 1)),
                (instants.claimBefore, claimDeadline.adding(days: 1)),
            ].map { $0.millisecondsSince1970 - Instant(startOf: $1).millisecondsSince1970 }.max()
            ?? 0
        return (last, Instant(startOf: last.adding(days: 1)).adding(milliseconds: offset))
    }
}

extension Program {
    /// The last day in time to pay what was approved on a day; nil where no rule sets one.
    ///
    /// With a cut-off, approvals up to that day of the month are paid by the month's end, later
    /// ones by the end of the next. Source: domain facts b1, monthly cut-off.
    package func paymentDue(approvedOn day: Day) -> Day? {
        guard let cutoff = paymentCutoffDay else {
            return targets.payment?.due(from: day, holidays: holidays)
        }
        let (year, month, date) = day.parts
        let first = Day(year: year, month: month, day: 1) ?? day
        let months = date <= cutoff ? 1 : 2
        return first.adding(months: months).adding(days: -1)
    }

    /// The last day originals of an activity are kept: the same day so many months later, or that
    /// month's last day where it has no such day.
    ///
    /// Source: domain facts b1 and b2, clamping.
    package func originalsKeptUntil(activityOn day: Day) -> Day {
        day.adding(months: Int(retentionMonths))
    }
}
