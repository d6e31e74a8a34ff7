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
        let texts = try AccountTexts(in: bytes, from: start)
        account = FundAccount(
            program: ProgramID(bytes.string(texts.program)),
            partner: PartnerID(bytes.string(texts.partner)),
            period: PeriodLabel(bytes.string(texts.period)), currency: texts.currency)
        activity = texts.activity.map { ActivityID(bytes.string($0)) }
    }
}

/// Where the texts of an account stand.
struct AccountTexts {
    let program: Range<Int>
    let partner: Range<Int>
    let period: Range<Int>
    let currency: Currency
    /// nil for the account itself.
    let activity: Range<Int>?
    /// The place behind them.
    let end: Int

    /// Finds the texts that begin at a place.
    init(in bytes: ColumnBytes, from start: Int) throws(IndexProblem) {
        var place = start
        func text() throws(IndexProblem) -> Range<Int> {
            let text = try bytes.text(at: place)
            place = text.next
            return text.bytes
        }
        program = try text()
        partner = try text()
        period = try text()
        guard let currency = Currency(bytes: bytes.bytes.span.extracting(try text())) else {
            throw .damaged(file: bytes.file)
        }
        self.currency = currency
        let hasActivity = try bytes.number(at: place, as: UInt8.self) == 1
        place += 1
        activity = hasActivity ? try text() : nil
        end = place
    }
}
