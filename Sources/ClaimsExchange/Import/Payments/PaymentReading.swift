import ClaimsCodec
import ClaimsDomain

/// One row of a payments report.
struct PaymentRow {
    let id: String
    let status: PaymentStatus
    /// What the status says beside.
    let note: String
    /// Nil where the report names none.
    let program: ProgramID?
    let partner: PartnerID
    /// What was earned: what the payment settles.
    let earned: Money
    /// What was paid out: without the tax withheld, with the sales tax.
    let total: Money?
    let withheldTax: Money?
    let salesTax: Money?
    let serviceFeeTax: Money?
    let time: ReportTime?
    /// Nil where the report names none.
    let claim: ClaimID?
    let line: Int64
}

/// Where a payments report has what is read of it.
struct PaymentColumns {
    let paymentID: Int
    let status: Int
    let note: Int?
    let participantID: Int
    let programName: Int?
    let programCode: Int?
    let earned: Int
    let earnedCurrency: Int
    let paymentCurrency: Int?
    let total: Int?
    let withheldTax: Int?
    let salesTax: Int?
    let serviceFeeTax: Int?
    let date: Int
    let claimID: Int?
    /// What is kept beside, by its name in the event's data.
    let details: [(name: String, column: Int)]

    /// Finds the columns; throws for one that has to be there and is not.
    init(_ columns: inout TableColumns) throws(TableFault) {
        paymentID = try columns.required("paymentID")
        status = try columns.required("paymentStatus")
        note = try columns.optional("paymentStatusDescription")
        participantID = try columns.required("participantID")
        programName = try columns.optional("programName")
        programCode = try columns.optional("Program Code")
        earned = try columns.required("earned")
        earnedCurrency = try columns.required("earnedCurrencyCode", "currencyCode")
        paymentCurrency = try columns.optional("paymentCurrencyCode", "currencyCode")
        total = try columns.optional("totalPayment")
        withheldTax = try columns.optional("withheldTax")
        salesTax = try columns.optional("salesTax")
        serviceFeeTax = try columns.optional("serviceFeeTax")
        date = try columns.required("paymentDate")
        claimID = try columns.optional("claimId")
        var details: [(name: String, column: Int)] = []
        for name in Self.kept {
            if let column = try columns.optional(name) { details.append((name, column)) }
        }
        self.details = details
    }

    private static let kept = [
        "earnedUSD", "withheldTax", "salesTax", "serviceFeeTax", "totalPayment",
        "paymentCurrencyCode", "paymentMethod", "CIReferenceNumber",
    ]
}

/// Reads the rows of a payments report.
struct PaymentReading {
    let columns: PaymentColumns
    var directory: ReportDirectory
    /// Whether a program that the ledger does not have is an error; a comparison lists its rows.
    let needsProgram: Bool

    /// Reads a row; throws what cannot be taken.
    mutating func read(_ record: borrowing TableRecord) throws(CellProblem) -> PaymentRow {
        let id = record.text(columns.paymentID)
        try identifier(id, column: "paymentID")
        let status = try PaymentStatus.read(record.text(columns.status))
        let program = try program(of: record)
        let partner = try directory.partner(record.text(columns.participantID))
        let currency = try Self.currency(
            record.text(columns.earnedCurrency), column: "earnedCurrencyCode")
        var paymentCurrency = currency
        let code = record.text(columns.paymentCurrency)
        if !code.isEmpty {
            paymentCurrency = try Self.currency(code, column: "paymentCurrencyCode")
        }
        let earned = try money(record, columns.earned, currency, "earned", program)
        guard let earned else { throw CellProblem("earned is empty") }
        let date = record.text(columns.date)
        let claim = record.text(columns.claimID)
        if !claim.isEmpty { try identifier(claim, column: "claimId") }
        for (name, column) in columns.details where !record.text(column).isEmpty {
            try identifier(record.text(column), column: name)
        }
        return PaymentRow(
            id: id, status: status, note: record.text(columns.note), program: program,
            partner: partner, earned: earned,
            total: try money(record, columns.total, paymentCurrency, "totalPayment", program),
            withheldTax: try money(
                record, columns.withheldTax, paymentCurrency, "withheldTax", program),
            salesTax: try money(record, columns.salesTax, paymentCurrency, "salesTax", program),
            serviceFeeTax: try money(
                record, columns.serviceFeeTax, paymentCurrency, "serviceFeeTax", program),
            time: date.isEmpty
                ? nil
                : try ReportTime(date, column: "paymentDate", order: directory.mapping.dates),
            claim: claim.isEmpty ? nil : ClaimID(claim), line: record.line)
    }

    /// What is kept beside, as members of the event's data.
    func details(of record: borrowing TableRecord) -> [ForeignMember] {
        foreignMembers(columns.details, of: record)
    }

    private mutating func program(
        of record: borrowing TableRecord
    ) throws(CellProblem) -> ProgramID? {
        let (code, name) = (record.text(columns.programCode), record.text(columns.programName))
        if code.isEmpty, name.isEmpty { return nil }
        do throws(CellProblem) {
            return try directory.program(code: code, name: name)
        } catch {
            if needsProgram { throw error }
            return ProgramID(code.isEmpty ? name : code)
        }
    }

    private func money(
        _ record: borrowing TableRecord, _ column: Int?, _ currency: Currency, _ name: String,
        _ program: ProgramID?
    ) throws(CellProblem) -> Money? {
        let text = record.text(column)
        guard !text.isEmpty else { return nil }
        let rules = program.flatMap { directory.rules(of: $0, at: .latest) }
        return try ReportAmount.money(
            text, currency, column: name,
            rounding: directory.mapping.rounds ? rules?.rounding ?? .halfUp : nil)
    }

    private static func currency(
        _ code: String, column: String
    ) throws(CellProblem) -> Currency {
        if let currency = Currency(code: code.uppercased()) { return currency }
        throw CellProblem("\(column) is '\(code)', expected an ISO 4217 code")
    }
}

/// The cells of some columns that are not empty, as members of an event's data.
func foreignMembers(
    _ columns: [(name: String, column: Int)], of record: borrowing TableRecord
) -> [ForeignMember] {
    var members: [ForeignMember] = []
    for (name, column) in columns {
        let text = record.text(column)
        guard !text.isEmpty else { continue }
        var writer = JSONWriter()
        writer.string(text)
        members.append(ForeignMember(name: name, rawValue: writer.finish()))
    }
    return members
}
