/// Where an earnings report has what is read of it.
struct EarningsColumns {
    let earningID: Int
    let participantID: Int
    let participantName: Int?
    let programName: Int?
    let programCode: Int?
    let earningType: Int
    let amount: Int
    let currency: Int
    let earningDate: Int
    let calculationDate: Int?
    let lever: Int?
    let reasonCode: Int?
    let transactionID: Int?
    /// What is kept beside, by its name in the event's data.
    let details: [(name: String, column: Int)]
    /// The amount in US dollars and how it was come by; kept where it says more than the amount.
    let dollars: [(name: String, column: Int)]

    /// Finds the columns; throws for one that has to be there and is not.
    init(_ columns: inout TableColumns) throws(TableFault) {
        earningID = try columns.required("earningId")
        participantID = try columns.required("participantID")
        participantName = try columns.optional("participantName")
        programCode = try columns.optional("Program Code")
        programName =
            programCode == nil
            ? try columns.required("programName") : try columns.optional("programName")
        earningType = try columns.required("earningType")
        amount = try columns.required("earningAmount")
        currency = try columns.required("transactionCurrency")
        earningDate = try columns.required("earningDate")
        calculationDate = try columns.optional("calculationDate")
        lever = try columns.optional("lever")
        reasonCode = try columns.optional("reasonCode")
        transactionID = try columns.optional("transactionId")
        details = try Self.find(["paymentId", "claimId"], &columns)
        dollars = try Self.find(
            ["earningAmountUSD", "earningExchangeRate", "exchangeRateDate"], &columns)
    }

    /// Customers are not copied into the log.
    private static func find(
        _ names: [String], _ columns: inout TableColumns
    ) throws(TableFault) -> [(name: String, column: Int)] {
        var found: [(name: String, column: Int)] = []
        for name in names {
            if let column = try columns.optional(name) { found.append((name, column)) }
        }
        return found
    }
}
