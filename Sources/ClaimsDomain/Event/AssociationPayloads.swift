/// A partner claims to be the partner of record of a customer's workload or subscription.
///
/// Fields: domain facts, section h. People are named by opaque ids only. Those of `details` are
/// read and set as its own.
@dynamicMemberLookup
public struct AssociationCreated: Equatable, Sendable {
    /// The customer's domain.
    public var customerDomain: String
    /// The customer's directory.
    public var tenantID: String
    /// Such as Microsoft 365.
    public var solutionArea: String
    /// Pre-sales, usage or revenue association, as the programme names them.
    public var activity: ActivityID
    /// Products or workloads, at least one.
    public var products: [String]
    /// What may also come later.
    public var details = AssociationDetails()

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

    /// A field of `details`.
    public subscript<Value>(
        dynamicMember field: WritableKeyPath<AssociationDetails, Value>
    ) -> Value {
        get { details[keyPath: field] }
        set { details[keyPath: field] = newValue }
    }
}

/// An association is handed in, with the fields that complete or correct it; nil leaves a field as
/// it was.
///
/// Whose it is and of which customer cannot change: that is another association. The fields of
/// `details` are read and set as its own.
@dynamicMemberLookup
public struct AssociationSubmitted: Equatable, Sendable {
    /// All products or workloads, in place of those before.
    public var products: [String]?
    /// The other fields.
    public var details = AssociationDetails()

    /// Nothing changes; set what does.
    public init() {}

    /// A field of `details`.
    public subscript<Value>(
        dynamicMember field: WritableKeyPath<AssociationDetails, Value>
    ) -> Value {
        get { details[keyPath: field] }
        set { details[keyPath: field] = newValue }
    }

    /// Whether a field is given.
    public func has(_ field: AssociationField) -> Bool { given.has(field) }

    /// The fields that are given.
    package var given: AssociationFields {
        var given = details.given
        if products != nil { given.insert(AssociationFields(.products)) }
        return given
    }
}

/// What can be told of an association when it is drafted or when it is handed in; nil where it is
/// not.
public struct AssociationDetails: Equatable, Sendable {
    /// What it was, in words.
    public var title: String?
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

    /// Nothing is told.
    public init() {}

    /// The fields that are given.
    package var given: AssociationFields {
        let all: [(AssociationField, Bool)] = [
            (.title, title != nil), (.subscriptionID, subscriptionID != nil),
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

    /// Takes the fields that are given in `changes`.
    public mutating func take(_ changes: AssociationDetails) {
        title = changes.title ?? title
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

extension AssociationCreated {
    /// Takes what came with a submission.
    public mutating func take(_ changes: AssociationSubmitted) {
        products = changes.products ?? products
        details.take(changes.details)
    }
}
