package import ClaimsDomain

/// Reads a programme's rules from JSON that has passed the schema table.
///
/// What a program file may leave out is resolved here: deadlines by the fallback rule, moments by
/// the zone.
package struct ProgramReader {
    /// How a date becomes a moment where the text does not give it.
    package enum Zone {
        /// The text carries the moments; where it does not (a foreign producer), UTC counts.
        case asWritten
        /// The start of a day in a named zone; nil when the zone is unknown.
        case named((Day, String) -> Instant?)
    }

    private let zone: Zone

    package init(resolving zone: Zone) { self.zone = zone }

    /// The rules; throws at the first value that does not fit, by its byte.
    package func program(_ node: JSONNode) throws(JSONProblem) -> Program {
        let currency = try node.currency("currency")
        let timeZone = try node.required("timeZone")
        let effectiveFrom = try node.day("effectiveFrom")
        var threshold: Money?
        if let text = node["threshold"] { threshold = try text.money(in: currency) }
        var periods: [UsagePeriod] = []
        for element in try node.elements("usagePeriods") {
            periods.append(try usagePeriod(element, timeZone: timeZone))
        }
        var holidays: [Day] = []
        for element in try node.elements("holidays") { holidays.append(try element.asDay()) }
        var activities: [Activity] = []
        for element in try node.elements("activities") {
            activities.append(try activity(element, currency: currency))
        }
        let effectiveAt = try instant("effectiveAt", of: effectiveFrom, node, timeZone: timeZone)
        return Program(
            id: ProgramID(try node.text("id")), name: try node.text("name"),
            version: try node.text("version"), effectiveFrom: effectiveFrom,
            effectiveAt: effectiveAt, currency: currency, timeZone: try timeZone.asText(),
            fundControl: try node.choice("fundControl"),
            coopShare: try node.decimal("coopShare"), threshold: threshold,
            rounding: try node.choice("rounding"),
            retentionMonths: try node.whole("retentionMonths"), usagePeriods: periods,
            targets: try targets(node["targets"]), holidays: holidays,
            separationOfDuties: try node["separationOfDuties"]?.asFlag() ?? false,
            roles: try roles(node), activities: activities,
            thresholdBasis: try node["thresholdBasis"] == nil
                ? .rounded : node.choice("thresholdBasis"),
            documentsAnswered: try node["documentsAnswered"]?.asFlag() ?? false,
            evidenceOnce: try node["evidenceOnce"]?.asFlag() ?? false,
            paymentCutoffDay: try cutoff(node),
            associations: try associations(node["associations"], timeZone: timeZone))
    }

    private func usagePeriod(
        _ node: JSONNode, timeZone: JSONNode
    ) throws(JSONProblem) -> UsagePeriod {
        let usage = DayRange(first: try node.day("usageFrom"), last: try node.day("usageTo"))
        let fallback = usage.last.adding(days: UsagePeriod.fallbackDeadlineDays)
        let earned = DayRange(
            first: try node["earnedFrom"]?.asDay() ?? usage.first,
            last: try node["earnedTo"]?.asDay() ?? usage.last)
        let claiming = DayRange(
            first: try node["claimFrom"]?.asDay() ?? usage.first,
            last: try node["claimDeadline"]?.asDay() ?? fallback)
        for (range, name) in [
            (usage, "usageTo"), (earned, "earnedTo"), (claiming, "claimDeadline"),
        ]
        where range.last < range.first {
            throw JSONProblem(
                .unexpected(
                    found: "'\(name)' \(range.last)", expected: "\(range.first) or a later day"),
                at: node[name]?.offset ?? node.offset)
        }
        func at(_ name: String, _ day: Day) throws(JSONProblem) -> Instant {
            try instant(name, of: day, node, timeZone: timeZone)
        }
        return UsagePeriod(
            label: PeriodLabel(try node.text("label")), earned: earned, usage: usage,
            claiming: claiming,
            instants: UsagePeriod.Instants(
                earnedFrom: try at("earnedFromAt", earned.first),
                earnedBefore: try at("earnedBefore", earned.last.adding(days: 1)),
                usageFrom: try at("usageFromAt", usage.first),
                usageBefore: try at("usageBefore", usage.last.adding(days: 1)),
                claimFrom: try at("claimFromAt", claiming.first),
                claimBefore: try at("claimBefore", claiming.last.adding(days: 1))),
            activityDeadlineDays: node["activityDeadlineDays"] == nil
                ? nil : try node.whole("activityDeadlineDays"))
    }

    func instant(
        _ name: String, of day: Day, _ node: JSONNode, timeZone: JSONNode
    ) throws(JSONProblem) -> Instant {
        if let written = node[name] { return try written.asInstant() }
        let instant: Instant
        switch zone {
        case .asWritten: instant = Instant(startOf: day)
        case .named(let resolve):
            guard let resolved = resolve(day, try timeZone.asText()) else {
                throw timeZone.problem("an IANA time zone such as 'Europe/Amsterdam'")
            }
            instant = resolved
        }
        // A boundary without a text could be written but never read again.
        guard Instant.earliest <= instant, instant <= Instant.latest else {
            throw JSONProblem(
                .unexpected(
                    found: "'\(name)' at the start of \(day)",
                    expected: "a moment within the years 0001 to 9999"), at: node.offset)
        }
        return instant
    }

    /// One rule says when to pay: a cut-off, or a target.
    private func cutoff(_ node: JSONNode) throws(JSONProblem) -> Int64? {
        guard let cutoff = node["paymentCutoffDay"] else { return nil }
        let day = try node.whole("paymentCutoffDay")
        guard day > 0 else { throw cutoff.problem("a day of the month from 1 to 28") }
        guard node["targets"]?["payment"] == nil else {
            throw JSONProblem(
                .unexpected(
                    found: "'paymentCutoffDay' beside a payment target", expected: "one of them"),
                at: cutoff.offset)
        }
        return day
    }

    private func roles(_ node: JSONNode) throws(JSONProblem) -> [ClaimAction: [String]] {
        var roles: [ClaimAction: [String]] = [:]
        for element in try node.elements("roles") {
            var allowed: [String] = []
            for role in try element.elements("roles") { allowed.append(try role.asText()) }
            roles[try element.choice("action"), default: []] += allowed
        }
        return roles
    }

    private func targets(_ node: JSONNode?) throws(JSONProblem) -> Targets {
        guard let node else { return Targets() }
        return Targets(
            review: try target(node["review"]), dispute: try target(node["dispute"]),
            payment: try target(node["payment"]))
    }

    func target(_ node: JSONNode?) throws(JSONProblem) -> Target? {
        guard let node else { return nil }
        return Target(days: try node.whole("days"), unit: try node.choice("unit"))
    }

    private func activity(
        _ node: JSONNode, currency: Currency
    ) throws(JSONProblem) -> Activity {
        var evidence: [EvidenceRequirement] = []
        for element in try node.elements("evidence") {
            let when: EvidenceRequirement.Condition =
                element["when"] == nil ? .always : try element.choice("when")
            evidence.append(
                EvidenceRequirement(
                    kind: try element.choice("kind"), item: try element.text("item"), when: when,
                    needsNote: try element["note"]?.asFlag() ?? false))
        }
        let metrics = try texts("metrics", of: node)
        var caps: [Cap] = []
        for element in try node.elements("caps") {
            caps.append(try cap(element, currency: currency))
        }
        return Activity(
            id: ActivityID(try node.text("id")), name: try node.text("name"),
            category: try node.text("category"), evidence: evidence, metrics: metrics, caps: caps,
            preapproval: try node["preapproval"]?.asFlag() ?? false,
            expenses: try texts("expenses", of: node))
    }

    private func texts(_ name: String, of node: JSONNode) throws(JSONProblem) -> [String] {
        var texts: [String] = []
        for element in try node.elements(name) { texts.append(try element.asText()) }
        return texts
    }

    private func cap(_ node: JSONNode, currency: Currency) throws(JSONProblem) -> Cap {
        func amount() throws(JSONProblem) -> Money {
            try node.required("amount").money(in: currency)
        }
        let limit: Cap.Limit
        switch try node.text("kind") {
        case "fixed_amount": limit = .fixedAmount(try amount())
        case "percent_of_earned": limit = .percentOfEarned(try node.decimal("percent"))
        case "greater_of":
            limit = .greaterOf(percent: try node.decimal("percent"), amount: try amount())
        default: limit = .attendees(try node.whole("count"))
        }
        var sharedWith: [ActivityID] = []
        for element in try node.elements("sharedWith") {
            sharedWith.append(ActivityID(try element.asText()))
        }
        return Cap(
            limit: limit, per: try node.choice("per"), sharedWith: sharedWith,
            expenses: try texts("expenses", of: node))
    }
}
