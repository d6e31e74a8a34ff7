import ClaimsDomain

/// What a report says of one payment of one partner in one program: all rows of its id.
struct ReportSide {
    let payment: String
    let program: ProgramID?
    let partner: PartnerID
    /// The rows that say it is sent and that none of the others takes back.
    private(set) var sent: [PaymentRow] = []
    /// All rows but those that only repeat another one.
    private(set) var rows: [PaymentRow] = []
    /// Rows that say again what another one says, with the line of that one.
    private(set) var repeats: [(row: PaymentRow, line: Int64)] = []
    private(set) var status = PaymentStatus.Meaning.waiting
    /// The line of each row that is no repeat.
    private var lines: [String: Int64] = [:]

    init(_ row: PaymentRow) {
        payment = row.id
        program = row.program
        partner = row.partner
    }

    /// Adds a row of the payment; the order of the file decides which of two the repeat is.
    mutating func add(_ row: PaymentRow) {
        if let first = lines[row.statement] {
            repeats.append((row, first))
        } else {
            lines[row.statement] = row.line
            rows.append(row)
        }
    }

    /// Takes off what came back: a row that undoes a payment takes one of its amount with it that
    /// is not later.
    mutating func settle() {
        sent = rows.filter { $0.status.meaning == .paid }
        for row in rows where row.status.meaning == .undone {
            let place = sent.firstIndex { candidate in
                guard candidate.earned.minorUnits.magnitude == row.earned.minorUnits.magnitude
                else { return false }
                guard let day = candidate.time?.day, let undone = row.time?.day else { return true }
                return day <= undone
            }
            if let place { sent.remove(at: place) }
        }
        if !sent.isEmpty {
            status = .paid
        } else if rows.contains(where: { $0.status.meaning == .undone }) {
            status = .undone
        }
    }

    /// What it says is paid, where that is in one currency.
    var amount: Money? {
        guard let first = rows.first?.earned.currency,
            sent.allSatisfy({ $0.earned.currency == first })
        else { return nil }
        return Money(
            minorUnits: sent.reduce(0) { $0 + $1.earned.minorUnits }, currency: first)
    }

    /// What it says is paid out, where all of it is in one currency.
    var payout: Money? {
        guard let first = sent.first?.total?.currency,
            sent.allSatisfy({ $0.total?.currency == first })
        else { return nil }
        return Money(
            minorUnits: sent.reduce(0) { $0 + ($1.total?.minorUnits ?? 0) }, currency: first)
    }

    /// The taxes that bring what is paid to an amount of the ledger, in words; nil where none do.
    func taxes(explaining ledger: Money) -> String? {
        guard let amount, amount.currency == ledger.currency else { return nil }
        func sum(_ part: (PaymentRow) -> Money?) -> Int64 {
            sent.reduce(0) { $0 + Int64((part($1)?.minorUnits ?? 0).magnitude) }
        }
        let taxes: [(name: String, minorUnits: Int64, signs: [Int64])] = [
            ("withheld tax", sum(\.withheldTax), [0, -1]), ("sales tax", sum(\.salesTax), [0, 1]),
            ("service fee tax", sum(\.serviceFeeTax), [0, -1, 1]),
        ]
        let wanted = ledger.minorUnits - amount.minorUnits
        for fee in taxes[2].signs {
            for sales in taxes[1].signs {
                for withheld in taxes[0].signs {
                    let signs = [withheld, sales, fee]
                    let parts = zip(taxes, signs).filter { $0.minorUnits != 0 && $1 != 0 }
                    guard !parts.isEmpty,
                        parts.reduce(0, { $0 + $1.0.minorUnits * $1.1 }) == wanted
                    else { continue }
                    return parts.map { tax, sign in
                        "\(sign < 0 ? "less" : "plus") \(tax.name) "
                            + "\(Money(minorUnits: tax.minorUnits, currency: ledger.currency))"
                    }.joined(separator: ", ")
                }
            }
        }
        return nil
    }
}

extension PaymentRow {
    /// All it says of the payment; the same for a row that only repeats another one.
    var statement: String {
        "\(status) \(earned) \(total.map { "\($0)" } ?? "") \(time.map { "\($0)" } ?? "") "
            + "\(claim?.text ?? "")"
    }
}
