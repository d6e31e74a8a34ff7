/// One published version of a programme's rules by the keys of a fold's names.
///
/// A fold asks for rules, periods and activities at every other event: by key that costs nothing,
/// by text it would cost more than all the rest.
final class KeyedRules: Sendable {
    let published: PublishedProgram
    let program: NameKey
    /// The keys of the usage periods and of the activities, in the order the rules list them.
    let periods: [NameKey]
    let activities: [NameKey]
    /// What each activity needs, in the same order.
    let needs: [ActivityNeeds]

    var rules: Program { published.rules }

    init(_ published: PublishedProgram, names: inout NameTable) {
        self.published = published
        let rules = published.rules
        program = names.intern(rules.id.text)
        var keys: [NameKey] = []
        for period in rules.usagePeriods { keys.append(names.intern(period.label.text)) }
        periods = keys
        keys = []
        for activity in rules.activities { keys.append(names.intern(activity.id.text)) }
        activities = keys
        needs = rules.activities.map(ActivityNeeds.init)
    }

    /// Whether these rules were in force at a moment.
    func isInForce(at instant: Instant) -> Bool {
        published.publishedAt <= instant && rules.effectiveAt <= instant
    }

    /// The usage period of a label.
    func usagePeriod(_ key: NameKey) -> UsagePeriod? {
        periods.firstIndex(of: key).map { rules.usagePeriods[$0] }
    }
}

/// What an activity asks of a claim's documents, as far as one look can tell.
struct ActivityNeeds: Sendable {
    /// The kinds that have to be there always, for work of others, and for work of one's own.
    let always: EvidenceKinds
    let ofVendors: EvidenceKinds
    let ofOwnWork: EvidenceKinds
    /// The kinds of which every document has to come with a note, whoever did the work.
    let withNotes: EvidenceKinds
    /// Whether more than the kinds has to be looked at: a pre-approval, caps.
    let needsMore: Bool
    let hasMetrics: Bool

    init(_ activity: Activity) {
        func kinds(_ isMeant: (EvidenceRequirement) -> Bool) -> EvidenceKinds {
            EvidenceKinds(
                activity.evidence.filter { isMeant($0) && ClaimRule(missing: $0.kind) != nil }
                    .map(\.kind))
        }
        always = kinds { $0.when == .always }
        ofVendors = kinds { $0.when == .thirdPartyVendor }
        ofOwnWork = kinds { $0.when == .inHouseWork }
        withNotes = kinds(\.needsNote)
        hasMetrics = !activity.metrics.isEmpty
        needsMore = activity.preapproval || !activity.caps.isEmpty
    }

    /// Whether all kinds that a claim needs are among its documents, with the notes they need.
    func areMet(by dossier: DossierSummary, of claim: ClaimRecord) -> Bool {
        var needed = always
        if claim.thirdPartyVendor { needed.formUnion(ofVendors) }
        if claim.inHouseWork { needed.formUnion(ofOwnWork) }
        return needed.isSubset(of: dossier.kinds)
            && withNotes.isDisjoint(with: dossier.kindsWithoutNote)
    }
}

/// Kinds of document, a bit each.
struct EvidenceKinds: OptionSet, Equatable {
    let rawValue: UInt8

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ kinds: [EvidenceKind]) {
        self.init(rawValue: kinds.reduce(0) { $0 | Self($1).rawValue })
    }

    init(_ kind: EvidenceKind) {
        switch kind {
        case .coreRequirement: rawValue = 1
        case .thirdPartyInvoice: rawValue = 2
        case .certificationStatement: rawValue = 4
        case .proofOfExecution: rawValue = 8
        case .metrics: rawValue = 16
        case .other: rawValue = 32
        }
    }
}
