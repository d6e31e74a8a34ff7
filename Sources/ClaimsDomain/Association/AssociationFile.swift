/// An association's record in the terms of the domain: texts for keys.
struct AssociationFile {
    let id: AssociationID
    let program: ProgramID
    let partner: PartnerID
    let activity: ActivityID
    let solutionArea: String
    let tenant: String
    var products: [String]
    var subscription: String?
    var severalSubscriptions: Bool
    var transactionOn: Day?
    var given: AssociationFields

    init(_ record: AssociationRecord, _ names: NameTable) {
        let customer = record.customer
        id = AssociationID(names.text(record.association))
        program = ProgramID(names.text(record.program))
        partner = PartnerID(names.text(record.partner))
        activity = ActivityID(names.text(record.activity))
        solutionArea = names.text(customer.solutionArea)
        tenant = names.text(customer.tenant)
        products = names.text(customer.products)
            .split(separator: AssociationFact.separator).map(String.init)
        subscription = customer.subscription == .none ? nil : names.text(customer.subscription)
        severalSubscriptions = customer.severalSubscriptions ?? false
        transactionOn = customer.transactionOn
        given = customer.given
    }

    /// Takes what comes with the submission.
    mutating func take(_ changes: AssociationSubmitted) {
        products = changes.products ?? products
        subscription = changes.subscriptionID ?? subscription
        severalSubscriptions = changes.severalSubscriptions ?? severalSubscriptions
        transactionOn = changes.transactionOn ?? transactionOn
        given.formUnion(changes.given)
    }

    /// Whether a rule of a scope is about it.
    func isIn(_ scope: AssociationScope) -> Bool {
        if !scope.activities.isEmpty, !scope.activities.contains(activity) { return false }
        if !scope.solutionAreas.isEmpty, !scope.solutionAreas.contains(solutionArea) {
            return false
        }
        if scope.severalSubscriptions, !severalSubscriptions { return false }
        return scope.productPrefixes.isEmpty
            || products.contains { product in
                scope.productPrefixes.contains { product.lowercased().hasPrefix($0.lowercased()) }
            }
    }

    /// What it claims to be partner of record of, counted by products or by its subscription.
    func items(per unit: AssociationExclusivity.Item) -> [String] {
        switch unit {
        case .workload: products
        case .subscription: subscription.map { [$0] } ?? []
        }
    }
}

/// What one partner can hold: a workload or a subscription of a customer, for one activity.
///
/// Ids of directories are the same in upper and lower case, and so are names of products.
struct AssociationItem: Hashable, Sendable {
    let program: ProgramID
    let activity: ActivityID
    let tenant: String
    let unit: AssociationExclusivity.Item
    let name: String

    init(_ name: String, per unit: AssociationExclusivity.Item, of file: AssociationFile) {
        program = file.program
        activity = file.activity
        tenant = file.tenant.lowercased()
        self.unit = unit
        self.name = name.lowercased()
    }

    /// Everything an association claims.
    static func all(of file: AssociationFile) -> Set<AssociationItem> {
        Set(
            AssociationExclusivity.Item.allCases.flatMap { unit in
                file.items(per: unit).map { AssociationItem($0, per: unit, of: file) }
            })
    }
}

/// Which associations that wait or are approved claim what, by their places in the state.
struct AssociationClaims: Sendable {
    private var places: [AssociationItem: [Int]] = [:]

    /// The places, in the order they came in.
    subscript(item: AssociationItem) -> [Int] { places[item] ?? [] }

    mutating func add(_ place: Int, to items: Set<AssociationItem>) {
        for item in items { places[item, default: []].append(place) }
    }

    mutating func remove(_ place: Int, from items: Set<AssociationItem>) {
        for item in items {
            places[item]?.removeAll { $0 == place }
            if places[item]?.isEmpty == true { places[item] = nil }
        }
    }
}
