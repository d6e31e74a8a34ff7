import ClaimsDomain

/// One member of an event's `data`, or of an object inside it.
package struct Field: Sendable {
    package let name: String
    /// The name as it stands between quotes.
    let nameBytes: [UInt8]
    /// The name with its quotes and colon, as it is written.
    let prepared: [UInt8]
    package let type: FieldType
    package let isRequired: Bool
    /// What a fold takes it for; `.none` when replay only checks it.
    package let role: FactRole
    /// One line for the catalogue and the JSON Schema.
    package let summary: String

    package init(
        _ name: String, _ type: FieldType, required: Bool = true, role: FactRole = .none,
        _ summary: String
    ) {
        self.name = name
        nameBytes = Array(name.utf8)
        prepared = Array("\"\(name)\":".utf8)
        self.type = type
        isRequired = required
        self.role = role
        self.summary = summary
    }
}

/// What a fold takes a field for.
package enum FactRole: Sendable {
    case none, amount, currency, period, activity, reference, day, inHouseWork, thirdPartyVendor
    /// Of an attached document, `evidence` also of one withdrawn.
    case evidence, documentKind, file, note, invoice, metric, original
    /// Of its invoice and of its metric.
    case invoiceNumber, invoiceVendor, invoiceAmount, invoiceCurrency, metricName, metricValue
    /// Of earnings.
    case eligible
    /// Of a draft: what the amount is made up of.
    case expenses
    /// Of a request for documents.
    case items, itemEvidence, originals
    /// Of an association.
    case tenant, solutionArea, products, subscription, severalSubscriptions, transactionOn

    /// Whether a value is taken in a form that only the general reader builds.
    var isBuilt: Bool {
        switch self {
        case .original, .eligible, .expenses: true
        case .none, .amount, .currency, .period, .activity, .reference, .day, .inHouseWork,
            .evidence, .thirdPartyVendor, .documentKind, .file, .note, .invoice, .metric,
            .invoiceNumber,
            .invoiceVendor, .invoiceAmount, .invoiceCurrency, .metricName, .metricValue, .items,
            .itemEvidence, .originals, .tenant, .solutionArea, .products, .subscription,
            .severalSubscriptions, .transactionOn:
            false
        }
    }
}

/// The form and range of a field's value.
package indirect enum FieldType: Sendable {
    /// Free text of at most `limit` bytes.
    case text(limit: Int)
    /// An id or label: 1...256 bytes without control characters.
    case identifier
    /// Minor units, 0...2^53 − 1.
    case amount
    /// Minor units, ±(2^53 − 1).
    case signedAmount
    /// A whole number, 0...2^53 − 1.
    case count
    /// A whole number from 0 to a limit beyond which it cannot be meant.
    case upTo(Int64)
    case currency
    /// `YYYY-MM-DD`.
    case day
    /// RFC 3339.
    case instant
    case flag
    /// 64 lower-case hexadecimal digits.
    case sha256
    /// An exact decimal in a string, such as `"0.40"`.
    case decimal
    case choice([String])
    case object([Field])
    case list(FieldType, atLeast: Int)
}

extension FieldType {
    /// Longest free text in bytes; a line holds at most 65,535.
    package static let longestText = 8_192
    /// Longest id or label in bytes.
    package static let longestIdentifier = 256

    static let note = FieldType.text(limit: longestText)
    static let evidenceKind = FieldType.choice(EvidenceKind.allCases.map(\.rawValue))

    /// What a reader expects, in words.
    package var expectation: String {
        switch self {
        case .text(let limit): "a string of at most \(limit) bytes"
        case .identifier:
            "a string of 1 to \(Self.longestIdentifier) bytes without control characters"
        case .amount: "a whole number of minor units from 0 to \(Money.largestMinorUnits)"
        case .signedAmount: "a whole number of minor units within ±\(Money.largestMinorUnits)"
        case .count: "a whole number from 0 to \(Money.largestMinorUnits)"
        case .upTo(let limit): "a whole number from 0 to \(limit)"
        case .currency: "an ISO 4217 currency code such as 'USD'"
        case .day: "a date such as '2020-02-29'"
        case .instant: "an RFC 3339 time with a zone such as '2020-02-03T09:15:00Z'"
        case .flag: "true or false"
        case .sha256: "64 lower-case hexadecimal digits"
        case .decimal: "a decimal number in a string such as '0.40'"
        case .choice(let words): "one of \(words.map { "'\($0)'" }.joined(separator: ", "))"
        case .object: "an object"
        case .list(_, let atLeast): atLeast > 0 ? "an array that is not empty" : "an array"
        }
    }
}
