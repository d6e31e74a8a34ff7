/// A field of an association, by the name it has in events and in a programme's rules.
///
/// Source: domain facts, section h.
public enum AssociationField: String, Sendable, CaseIterable {
    case customerDomain
    case tenantID = "tenantId"
    case solutionArea
    case activity
    case title
    case products
    case subscriptionID = "subscriptionId"
    /// Whether a product has several subscriptions at the customer: which one then matters.
    case severalSubscriptions
    case customerName
    case customerContact
    case partnerContact
    case technicalContact
    case solutionSeller
    case productName
    /// The day of the sale that the association is claimed for.
    case transactionOn

    /// The fields a programme may ask for; the flag only says when another one is needed.
    public static let requirable = allCases.filter { $0 != .severalSubscriptions }
}

/// A set of fields, in one word: a fold keeps which ones were given.
package struct AssociationFields: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package init(_ field: AssociationField) {
        let place = AssociationField.allCases.firstIndex(of: field) ?? 0
        self.init(rawValue: 1 << UInt16(place))
    }

    package func has(_ field: AssociationField) -> Bool { contains(AssociationFields(field)) }
}

/// What a fold keeps of the fields of an association.
package struct AssociationFact: Equatable, Hashable, Sendable {
    package var tenant = NameKey.none
    package var solutionArea = NameKey.none
    /// The products, joined by `separator`; `.none` when not given.
    package var products = NameKey.none
    package var subscription = NameKey.none
    package var severalSubscriptions: Bool?
    package var transactionOn: Day?
    /// Every field that was given, also those of which only that matters.
    package var given: AssociationFields = []

    package init() {}

    /// Between products in one name: ids hold no control characters.
    package static let separator: Character = "\n"

    /// Puts other keys in the place of those it has.
    mutating func mapKeys(_ key: (NameKey) -> NameKey) {
        tenant = key(tenant)
        solutionArea = key(solutionArea)
        products = key(products)
        subscription = key(subscription)
    }

    /// Takes what a later event gives; what it leaves out stays.
    mutating func take(_ later: AssociationFact) {
        if later.tenant != .none { tenant = later.tenant }
        if later.solutionArea != .none { solutionArea = later.solutionArea }
        if later.products != .none { products = later.products }
        if later.subscription != .none { subscription = later.subscription }
        if let several = later.severalSubscriptions { severalSubscriptions = several }
        if let day = later.transactionOn { transactionOn = day }
        given.formUnion(later.given)
    }
}
