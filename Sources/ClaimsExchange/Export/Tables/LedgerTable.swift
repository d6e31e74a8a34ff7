/// A table that the ledger can be told as: one projection of it, with the type of each column.
///
/// The CSV files and the SQL script have the same tables, rows and order.
package enum LedgerTable: String, CaseIterable, Sendable {
    case currencies, programs, periods, partners, events, postings, evidence, payments
    case claims, associations, balances, deadlines, findings, retention

    /// One column.
    package struct Column: Sendable {
        /// The camelCase name; an amount is a decimal in CSV, and minor units in SQL under this
        /// name with `Minor` behind it.
        package let name: String
        package let type: ColumnType
        /// Whether every row has a value.
        package let isRequired: Bool
        /// One line for the documentation.
        package let summary: String
    }

    /// What the values of a column are.
    package enum ColumnType: Sendable {
        case text, integer, amount, day, moment, flag, json
    }

    /// What it holds, in a sentence.
    package var summary: String {
        switch self {
        case .currencies: "The currencies of the amounts, with their decimals."
        case .programs: "Every published version of every program's rules."
        case .periods: "The usage periods of each program under its latest rules."
        case .partners: "The enrolled partners."
        case .events: "Every event, with its data as it stands in the log."
        case .postings: "What each event moved between two buckets of a fund account."
        case .evidence: "The documents attached to claims and associations."
        case .payments: "Reimbursements, and those that came back as negative amounts."
        case .claims: "Every claim as it stands."
        case .associations: "Every association as it stands."
        case .balances:
            "Earned versus claimed funds by account: program, partner, period, currency."
        case .deadlines: "What is due or overdue."
        case .findings: "What history did against the rules."
        case .retention: "Until when the originals of each claim with documents must be kept."
        }
    }

    /// The columns that name a row; no two rows agree on them.
    package var key: [String] {
        switch self {
        case .currencies: ["currency"]
        case .programs: ["sequence"]
        case .periods: ["program", "period"]
        case .partners: ["program", "partner"]
        case .events: ["sequence"]
        case .postings: ["sequence", "number"]
        case .evidence, .payments: ["sequence"]
        case .claims, .retention: ["claim"]
        case .associations: ["association"]
        case .balances: ["program", "partner", "period", "currency"]
        case .deadlines, .findings: ["number"]
        }
    }
}

/// One value of a row.
package enum TableValue: Equatable, Sendable {
    case text(String)
    case integer(Int64)
    /// An amount in minor units, with the decimals of its currency.
    case amount(minorUnits: Int64, fractionDigits: Int)
    case flag(Bool)
    /// JSON as it stands in the log.
    case json([UInt8])
    case missing
}
