/// A partner claims to be the partner of record of a customer's workload or subscription.
///
/// Fields: domain facts, section h. People are named by opaque ids only.
public struct AssociationCreated: Equatable, Sendable {
    /// The customer's domain.
    public var customerDomain: String
    /// The customer's directory.
    public var tenantID: String
    /// Such as Microsoft 365.
    public var solutionArea: String
    /// Pre-sales, usage or revenue association, as the programme names them.
    public var activity: ActivityID
    /// What it was, in words.
    public var title: String?
    /// Products or workloads, at least one.
    public var products: [String]
    /// Of several subscriptions, which.
    public var subscriptionID: String?
    /// Whether a product has several subscriptions at the customer.
    public var severalSubscriptions: Bool?
    /// The customer's public name.
    public var customerName: String?
    /// An opaque id.
    public var customerContact: String?
    /// An opaque id.
    public var partnerContact: String?
    /// An opaque id.
    public var technicalContact: String?
    /// An opaque id.
    public var solutionSeller: String?
    /// The ISV's product or solution.
    public var productName: String?
    /// The day of the sale that it is claimed for.
    public var transactionOn: Day?

    /// An association with its required fields; set the others.
    public init(
        customerDomain: String, tenantID: String, solutionArea: String, activity: ActivityID,
        products: [String]
    ) {
        self.customerDomain = customerDomain
        self.tenantID = tenantID
        self.solutionArea = solutionArea
        self.activity = activity
        self.products = products
    }
}

/// An association is handed in, with the fields that complete or correct it; nil leaves a field as
/// it was.
///
/// Whose it is and of which customer cannot change: that is another association.
public struct AssociationSubmitted: Equatable, Sendable {
    /// What it was, in words.
    public var title: String?
    /// All products or workloads, in place of those before.
    public var products: [String]?
    /// Of several subscriptions, which.
    public var subscriptionID: String?
    /// Whether a product has several subscriptions at the customer.
    public var severalSubscriptions: Bool?
    /// The customer's public name.
    public var customerName: String?
    /// An opaque id.
    public var customerContact: String?
    /// An opaque id.
    public var partnerContact: String?
    /// An opaque id.
    public var technicalContact: String?
    /// An opaque id.
    public var solutionSeller: String?
    /// The ISV's product or solution.
    public var productName: String?
    /// The day of the sale that it is claimed for.
    public var transactionOn: Day?

    /// Nothing changes; set what does.
    public init() {}

    /// Whether a field is given.
    public func has(_ field: AssociationField) -> Bool { given.has(field) }

    /// The fields that are given.
    package var given: AssociationFields {
        let all: [(AssociationField, Bool)] = [
            (.title, title != nil), (.products, products != nil),
            (.subscriptionID, subscriptionID != nil),
            (.severalSubscriptions, severalSubscriptions != nil),
            (.customerName, customerName != nil), (.customerContact, customerContact != nil),
            (.partnerContact, partnerContact != nil),
            (.technicalContact, technicalContact != nil),
            (.solutionSeller, solutionSeller != nil), (.productName, productName != nil),
            (.transactionOn, transactionOn != nil),
        ]
        return all.reduce(into: []) { fields, entry in
            if entry.1 { fields.insert(AssociationFields(entry.0)) }
        }
    }
}

extension AssociationCreated {
    /// Takes what came with a submission.
    public mutating func take(_ changes: AssociationSubmitted) {
        title = changes.title ?? title
        products = changes.products ?? products
        subscriptionID = changes.subscriptionID ?? subscriptionID
        severalSubscriptions = changes.severalSubscriptions ?? severalSubscriptions
        customerName = changes.customerName ?? customerName
        customerContact = changes.customerContact ?? customerContact
        partnerContact = changes.partnerContact ?? partnerContact
        technicalContact = changes.technicalContact ?? technicalContact
        solutionSeller = changes.solutionSeller ?? solutionSeller
        productName = changes.productName ?? productName
        transactionOn = changes.transactionOn ?? transactionOn
    }
}
