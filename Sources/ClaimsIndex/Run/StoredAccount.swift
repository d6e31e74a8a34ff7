import ClaimsDomain

/// An account, or what is approved of one for an activity, by the texts of its parts.
struct StoredAccount {
    let account: FundAccount
    /// nil for the account itself.
    let activity: ActivityID?
}

extension StoredAccount {
    /// The texts of an account as they are stored.
    static func texts(
        _ account: AccountRecord, for activity: NameKey?, in names: NameTable
    ) -> [UInt8] {
        var writer = ColumnWriter()
        for name in [account.program, account.partner, account.period] {
            names.withBytes(of: name) { writer.put(text: $0) }
        }
        writer.put(account.currency.code)
        writer.put(UInt8(activity == nil ? 0 : 1))
        if let activity { names.withBytes(of: activity) { writer.put(text: $0) } }
        return writer.bytes
    }

    /// The account whose texts begin at a place.
    init(in bytes: ColumnBytes, at start: Int) throws(IndexProblem) {
        var place = start
        func text() throws(IndexProblem) -> String {
            let text = try bytes.text(at: place)
            place = text.next
            return bytes.string(text.bytes)
        }
        let program = ProgramID(try text())
        let partner = PartnerID(try text())
        let period = PeriodLabel(try text())
        guard let currency = Currency(code: try text()) else { throw .damaged(file: bytes.file) }
        account = FundAccount(
            program: program, partner: partner, period: period, currency: currency)
        place += 1
        activity =
            try bytes.number(at: place - 1, as: UInt8.self) == 1 ? ActivityID(try text()) : nil
    }

    /// Where the texts that begin at a place end, and whether they are of a fund.
    static func extent(
        in bytes: ColumnBytes, from start: Int
    ) throws(IndexProblem) -> (end: Int, isFund: Bool) {
        var place = start
        for _ in 0..<4 { place = try bytes.text(at: place).next }
        let hasActivity = try bytes.number(at: place, as: UInt8.self) == 1
        return (hasActivity ? try bytes.text(at: place + 1).next : place + 1, !hasActivity)
    }
}
