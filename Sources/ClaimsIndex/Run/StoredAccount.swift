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
        guard let texts = AccountTexts(in: bytes.bytes.span, from: start) else {
            throw .damaged(file: bytes.file)
        }
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
    private let codeEnd: Int
    /// The place behind them.
    let end: Int

    /// Finds the texts that begin at a place; nil where there are none.
    init?(in bytes: Span<UInt8>, from start: Int) {
        guard let program = Self.text(in: bytes, from: start),
            let partner = Self.text(in: bytes, from: program.upperBound),
            let period = Self.text(in: bytes, from: partner.upperBound),
            let code = Self.text(in: bytes, from: period.upperBound),
            let currency = Currency(bytes: bytes.extracting(code)), code.upperBound < bytes.count
        else { return nil }
        self.program = program
        self.partner = partner
        self.period = period
        self.currency = currency
        codeEnd = code.upperBound
        let next = code.upperBound + 1
        guard bytes[code.upperBound] == 1 else {
            activity = nil
            end = next
            return
        }
        guard let activity = Self.text(in: bytes, from: next) else { return nil }
        self.activity = activity
        end = activity.upperBound
    }

    /// The texts of its control account as they are stored: all but those of the partner and the
    /// activity.
    func control(in bytes: [UInt8]) -> [UInt8] {
        let lengthBytes = 2
        return Array(bytes[(program.lowerBound - lengthBytes)..<program.upperBound])
            + bytes[(period.lowerBound - lengthBytes)..<codeEnd]
    }

    /// Where a text stands behind its length.
    private static func text(in bytes: Span<UInt8>, from start: Int) -> Range<Int>? {
        guard start >= 0, start <= bytes.count - 2 else { return nil }
        let end = start + 2 + (Int(bytes[start]) | Int(bytes[start + 1]) << 8)
        return end <= bytes.count ? (start + 2)..<end : nil
    }
}

/// A control account by the texts of its parts.
struct StoredControl {
    let program: String
    let period: String
    let currency: Currency
    /// As they are stored.
    let texts: [UInt8]
}

extension StoredControl {
    /// The control account whose texts begin at a place, which moves on behind them.
    init(in bytes: ColumnBytes, at place: inout Int) throws(IndexProblem) {
        let program = try bytes.text(at: place)
        let period = try bytes.text(at: program.next)
        let code = try bytes.text(at: period.next)
        guard let currency = Currency(bytes: bytes.bytes.span.extracting(code.bytes)) else {
            throw .damaged(file: bytes.file)
        }
        self.program = bytes.string(program.bytes)
        self.period = bytes.string(period.bytes)
        self.currency = currency
        texts = Array(bytes.bytes[place..<code.next])
        place = code.next
    }
}
