import ArgumentParser
import ClaimsDomain

/// What completes an association, when it is drafted or when it is handed in.
struct CustomerOptions: ParsableArguments {
    @Option(help: "The association's name.") var title: String?
    @Option(help: "Of several subscriptions, which.") var subscriptionID: String?
    @Flag(help: "A product has several subscriptions at the customer.")
    var severalSubscriptions = false
    @Option(help: "The customer's public name.") var customerName: String?
    @Option(help: "An opaque id.") var customerContact: String?
    @Option(help: "An opaque id.") var partnerContact: String?
    @Option(help: "An opaque id.") var technicalContact: String?
    @Option(help: "An opaque id.") var solutionSeller: String?
    @Option(help: "The ISV's product or solution.") var productName: String?
    @Option(help: ArgumentHelp("The day of the sale it is claimed for.", valueName: "date"))
    var transactionOn: String?

    /// The fields that were given.
    func fields() throws -> AssociationSubmitted {
        var fields = AssociationSubmitted()
        fields.title = title
        fields.subscriptionID = subscriptionID
        fields.severalSubscriptions = severalSubscriptions ? true : nil
        fields.customerName = customerName
        fields.customerContact = customerContact
        fields.partnerContact = partnerContact
        fields.technicalContact = technicalContact
        fields.solutionSeller = solutionSeller
        fields.productName = productName
        fields.transactionOn = try transactionOn.map {
            try DayOption.day($0, option: "--transaction-on")
        }
        return fields
    }
}
