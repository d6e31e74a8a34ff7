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
