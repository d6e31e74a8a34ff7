import ClaimsCodec
import ClaimsDomain
import ClaimsProjections

// The objects of a log: those the events touched, told at the end from what the events led to.
extension OCELRun {
    /// Writes the objects, each once, with their relations.
    func finish(_ replay: Replay) throws {
        var separator = "\n"
        func write(_ json: [UInt8]) throws {
            try output.write(separator)
            separator = ",\n"
            try output.write(json)
        }
        try forEachSubject { number, pieces in
            try write(self.subject(number, pieces, replay))
        }
        try writeTold()
        for program in names(programs, replay) { try write(Self.program(program, replay)) }
        var enrolled: [String: PartnerRow] = [:]
        for row in PartnerRow.rows(replay) {
            enrolled[OCELText.id(program: row.program.text, partner: row.partner.text)] = row
        }
        for (program, partner) in names(partners, replay) {
            let row = enrolled[OCELText.id(program: program, partner: partner)]
            try write(Self.partner(program, partner, row))
        }
        for row in FundBalances(replay).rows where isTouched(row, replay) {
            try write(Self.fund(row, replay.moment))
        }
    }

    /// A claim or an association: how its status changed, how it stands, what belongs to it.
    private func subject(
        _ number: Int, _ pieces: [ArraySlice<UInt8>], _ replay: Replay
    ) -> [UInt8] {
        let (kind, key) = subjects[number]
        let name = replay.state.names.text(key)
        var json = JSONWriter()
        json.beginObject()
        json.name("id")
        json.string(OCELText.id(kind, name))
        json.name("type")
        json.string(kind.rawValue)
        json.name("attributes")
        json.beginArray()
        for piece in pieces where piece.first == Self.attributeMark {
            json.raw(Array(piece.dropFirst()))
        }
        var related: [(object: String, qualifier: String)] = []
        if kind == .claim, let row = ClaimRegister.row(of: ClaimID(name), in: replay) {
            json.standing(row)
            related = Self.owners(row.program.text, row.partner.text)
            let record = replay.state.claim(row.claim)
            if let fund = record?.holding {
                touch(fund)
                related.append((OCELText.id(replay.state.account(fund)), "fund"))
            }
        } else if let row = AssociationRegister.row(of: AssociationID(name), in: replay) {
            let time = row.updatedAt ?? replay.moment
            json.attribute("activity", from: time, text: row.activity.text)
            related = Self.owners(row.program.text, row.partner.text)
        }
        json.endArray()
        json.name("relationships")
        json.beginArray()
        for (object, qualifier) in related { json.relation(object, qualifier) }
        for piece in pieces where piece.first == Self.relationMark {
            json.raw(Array(piece.dropFirst()))
        }
        json.endArray()
        json.endObject()
        return json.finish()
    }

    private static func owners(
        _ program: String, _ partner: String
    ) -> [(object: String, qualifier: String)] {
        [
            (OCELText.id(program: program), "program"),
            (OCELText.id(program: program, partner: partner), "partner"),
        ]
    }

    private static func program(_ name: String, _ replay: Replay) -> [UInt8] {
        OCELText.object(OCELText.id(program: name), .program, related: []) { json in
            for published in replay.state.programs where published.rules.id.text == name {
                let rules = published.rules
                json.attribute("name", from: published.publishedAt, text: rules.name)
                json.attribute("version", from: published.publishedAt, text: rules.version)
                json.attribute("currency", from: published.publishedAt, text: rules.currency.code)
            }
        }
    }

    private static func partner(
        _ program: String, _ partner: String, _ row: PartnerRow?
    ) -> [UInt8] {
        OCELText.object(
            OCELText.id(program: program, partner: partner), .partner,
            related: [(OCELText.id(program: program), "program")]
        ) { json in
            if let row { json.attribute("name", from: row.enrolledAt, text: row.name) }
        }
    }

    private static func fund(_ row: BalanceRow, _ moment: Instant) -> [UInt8] {
        let account = row.account
        let balance = row.balance
        let amounts: [(String, Int64)] = [
            ("earned", balance.earned), ("adjusted", balance.adjusted),
            ("rolledIn", balance.rolledIn), ("rolledOut", balance.rolledOut),
            ("converted", balance.converted), ("reserved", balance.reserved),
            ("approved", balance.approved), ("paid", balance.paid), ("due", balance.due),
            ("expired", row.expired), ("available", row.available), ("claimed", balance.claimed),
        ]
        return OCELText.object(
            OCELText.id(account), .fund, related: owners(account.program.text, account.partner.text)
        ) { json in
            json.attribute("period", from: moment, text: account.period.text)
            json.attribute("currency", from: moment, text: row.currency.code)
            for (name, units) in amounts {
                json.attribute(name, from: moment) {
                    $0.decimal(Money(minorUnits: units, currency: row.currency))
                }
            }
            json.attribute("deadline", from: moment, text: row.deadline?.description)
        }
    }

    private func isTouched(_ row: BalanceRow, _ replay: Replay) -> Bool {
        replay.state.accountKey(of: row.account).map { funds.contains($0) } ?? false
    }

    private func names(_ keys: Set<NameKey>, _ replay: Replay) -> [String] {
        keys.map { replay.state.names.text($0) }.sorted()
    }

    private func names(_ keys: Set<Pair>, _ replay: Replay) -> [(String, String)] {
        let names = replay.state.names
        return keys.map { (names.text($0.outer), names.text($0.inner)) }.sorted { $0 < $1 }
    }
}

extension BalanceRow {
    /// The account of a row that is one.
    fileprivate var account: FundAccount {
        FundAccount(
            program: program ?? ProgramID(""), partner: partner ?? PartnerID(""),
            period: period ?? PeriodLabel(""), currency: currency)
    }
}

extension JSONWriter {
    /// How a claim stands, from its last event on.
    fileprivate mutating func standing(_ row: ClaimRow) {
        let time = row.updatedAt ?? Instant(millisecondsSince1970: 0)
        attribute("payment", from: time, text: row.payment.rawValue)
        attribute("period", from: time, text: row.period.text)
        attribute("activity", from: time, text: row.activity.text)
        attribute("activityDate", from: time, text: row.activityDate?.description)
        guard let currency = row.currency else { return }
        attribute("currency", from: time, text: currency.code)
        for (name, units) in [
            ("amount", row.amount), ("approved", row.approved), ("paid", row.paid),
        ] {
            attribute(name, from: time) {
                $0.decimal(Money(minorUnits: units, currency: currency))
            }
        }
    }
}
