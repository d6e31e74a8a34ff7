import ArgumentParser
import ClaimsDomain
import ClaimsProjections

/// Whose claims, funds or associations.
struct PartnerFilterOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Only this program.", valueName: "id"), completion: .programs)
    var program: String?

    @Option(
        help: ArgumentHelp("Only this partner.", valueName: "id"), completion: .partners)
    var partner: String?

    var selection: Selection {
        var selection = Selection()
        selection.program = program.map { ProgramID($0) }
        selection.partner = partner.map { PartnerID($0) }
        return selection
    }
}

/// Which fund accounts.
struct AccountFilterOptions: ParsableArguments {
    @OptionGroup var whose: PartnerFilterOptions

    @Option(
        help: ArgumentHelp("Only this usage period.", valueName: "label"), completion: .periods)
    var period: String?

    var selection: Selection {
        var selection = whose.selection
        selection.period = period.map { PeriodLabel($0) }
        return selection
    }
}

/// Which fund accounts, and which of their claims.
struct ClaimFilterOptions: ParsableArguments {
    @OptionGroup var account: AccountFilterOptions

    @Option(
        help: ArgumentHelp("Only this claim.", valueName: "id"), completion: .claims)
    var claim: String?

    var selection: Selection {
        var selection = account.selection
        selection.claim = claim.map { ClaimID($0) }
        return selection
    }
}

/// Which events; of claims, those that have one.
struct EventFilterOptions: ParsableArguments {
    @OptionGroup var claim: ClaimFilterOptions

    @Option(
        help: ArgumentHelp(
            "Only events of this type, or claims that have one.", valueName: "event type"))
    var type: String?

    @Option(
        help: ArgumentHelp("Only what this actor did, or claims they touched.", valueName: "id"))
    var actor: String?

    @Option(
        help: ArgumentHelp(
            "Only events from this time or date on, or claims that have one.", valueName: "when"))
    var from: String?

    @Option(
        help: ArgumentHelp(
            "Only events up to this time or date, or claims that have one.", valueName: "when"))
    var to: String?

    func selection(zone name: String?) throws -> Selection {
        let zone = try ZoneOption.zone(name)
        var selection = claim.selection
        selection.kind = try type.map(Self.kind)
        selection.actor = actor
        selection.from = try from.map { try Moment.start($0, zone, option: "--from") }
        selection.to = try to.map { try Moment.end($0, zone, option: "--to") }
        return selection
    }

    private static func kind(_ text: String) throws -> EventKind {
        if let kind = EventKind(rawValue: text) { return kind }
        let hint = NearestName.hint(
            for: text, among: EventKind.allCases.map(\.rawValue),
            else: "the types are in events/README.md")
        throw ValidationError("there is no event type '\(text)'\(hint)")
    }
}

/// What a question is limited to.
struct FilterOptions: ParsableArguments {
    @OptionGroup var event: EventFilterOptions

    @Option(help: ArgumentHelp("Only this activity.", valueName: "id"))
    var activity: String?

    @Option(help: ArgumentHelp("Only claims in this status, as shown.", valueName: "status"))
    var status: String?

    @Option(help: ArgumentHelp("Only amounts of at least this.", valueName: "decimal"))
    var minAmount: String?

    @Option(help: ArgumentHelp("Only amounts of at most this.", valueName: "decimal"))
    var maxAmount: String?

    func selection(zone name: String?) throws -> Selection {
        var selection = try event.selection(zone: name)
        selection.activity = activity.map { ActivityID($0) }
        selection.status = try status.map { status in
            try StatusOption.status(
                status,
                among: ClaimStatus.allCases.filter { $0 != .absent }.map(\.rawValue)
                    + [ClaimRegister.expired])
        }
        selection.minAmount = try minAmount.map { try Self.bound($0, "--min-amount") }
        selection.maxAmount = try maxAmount.map { try Self.bound($0, "--max-amount") }
        return selection
    }

    private static func bound(_ text: String, _ option: String) throws -> ExactDecimal {
        guard let bound = ExactDecimal(text) else {
            throw ValidationError("\(option) is '\(text)', expected a decimal such as '1250.00'")
        }
        return bound
    }
}

/// A status in which claims or associations may be asked for.
enum StatusOption {
    /// The status, if it is one of those that are shown.
    static func status(_ text: String, among known: [String]) throws -> String {
        guard known.contains(text) else {
            throw ValidationError(
                "there is no status '\(text)'" + NearestName.choice(for: text, among: known))
        }
        return text
    }
}
