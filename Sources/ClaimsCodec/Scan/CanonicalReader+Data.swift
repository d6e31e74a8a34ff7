import ClaimsDomain

extension CanonicalReader {
    /// The members of `data`, behind its opening brace.
    @inline(__always)
    mutating func data(
        _ bytes: ScanBytes, _ start: Int, into fact: inout Fact, _ tables: inout LineTables
    ) -> Int {
        let plan = plans.kind(fact.kind)
        guard !plan.isGeneral else { return Self.nothing }
        if fact.kind == .claimEvidenceAttached || fact.kind == .associationEvidenceAttached {
            fact.document = DocumentFact()
        }
        switch fact.kind {
        case .claimAmended: return amendment(bytes, start, plan.fields, into: &fact, &tables)
        case .associationCreated, .associationSubmitted:
            association = AssociationFact()
            let end = members(bytes, start, plan.fields, into: &fact, &tables)
            if end >= 0 { fact.association = association }
            return end
        default: return members(bytes, start, plan.fields, into: &fact, &tables)
        }
    }

    /// The members of an amendment, which names amount and currency together or neither.
    private mutating func amendment(
        _ bytes: ScanBytes, _ start: Int, _ fields: Range<Int32>, into fact: inout Fact,
        _ tables: inout LineTables
    ) -> Int {
        let notGiven: Int64 = -1
        fact.amount = notGiven
        let end = members(bytes, start, fields, into: &fact, &tables)
        let hasAmount = fact.amount != notGiven
        if !hasAmount { fact.amount = 0 }
        return hasAmount == (fact.currency != nil) ? end : Self.nothing
    }

    /// The members of an object in the order of its fields, behind its opening brace; gives the
    /// offset behind the closing one.
    private mutating func members(
        _ bytes: ScanBytes, _ start: Int, _ fields: Range<Int32>, into fact: inout Fact,
        _ tables: inout LineTables
    ) -> Int {
        var at = start
        var field = fields.lowerBound
        if bytes.byte(at) != UInt8(ascii: "}") {
            while true {
                while true {
                    guard field < fields.upperBound else { return Self.nothing }
                    if plans[field].name.stands(in: bytes, at: at) { break }
                    if plans[field].isRequired { return Self.nothing }
                    field &+= 1
                }
                at = value(bytes, at &+ plans[field].name.count, field, into: &fact, &tables)
                guard at >= 0 else { return Self.nothing }
                if !plans[field].given.isEmpty { association.given.formUnion(plans[field].given) }
                field &+= 1
                let byte = bytes.byte(at)
                if byte == UInt8(ascii: "}") { break }
                guard byte == UInt8(ascii: ",") else { return Self.nothing }
                at &+= 1
            }
        }
        if field < fields.upperBound, plans[field].isRequiredFromHere { return Self.nothing }
        return at &+ 1
    }

    /// One value, checked against its field's type and taken for what the field's role says.
    private mutating func value(
        _ bytes: ScanBytes, _ start: Int, _ field: Int32, into fact: inout Fact,
        _ tables: inout LineTables
    ) -> Int {
        let form = plans[field].form
        switch form {
        case .amount, .signedAmount:
            var number: Int64 = 0
            let end = self.number(
                bytes, start, limit: plans[field].limit, isSigned: form == .signedAmount,
                into: &number)
            if end >= 0 { take(number, as: plans[field].role, into: &fact) }
            return end
        case .flag: return flag(bytes, start, plans[field].role, into: &fact)
        case .object:
            guard bytes.byte(start) == UInt8(ascii: "{") else { return Self.nothing }
            return members(bytes, start &+ 1, plans[field].parts, into: &fact, &tables)
        case .list:
            switch plans[field].role {
            case .items: return items(bytes, start, field, into: &fact, &tables)
            case .products: return products(bytes, start, &tables)
            default: return list(bytes, start, field, into: &fact, &tables)
            }
        case .text, .identifier, .currency, .day, .instant, .sha256, .decimal, .evidenceKind:
            guard bytes.byte(start) == UInt8(ascii: "\"") else { return Self.nothing }
            let end = string(bytes, start &+ 1, field, into: &fact, &tables)
            guard end >= 0, bytes.byte(end) == UInt8(ascii: "\"") else { return Self.nothing }
            return end &+ 1
        case .other: return Self.nothing
        }
    }

    @inline(__always)
    private mutating func string(
        _ bytes: ScanBytes, _ start: Int, _ field: Int32, into fact: inout Fact,
        _ tables: inout LineTables
    ) -> Int {
        let role = plans[field].role
        switch plans[field].form {
        case .identifier:
            let end = identifierEnd(bytes, start)
            if end >= 0, role != .none {
                takeName(bytes, start, end, as: role, into: &fact, &tables)
            }
            return end
        case .text:
            var hasEscape = false
            let end = textEnd(bytes, start, limit: plans[field].limit, hasEscape: &hasEscape)
            guard end >= 0, role != .none else { return end }
            if role == .note {
                fact.document?.hasNote = end > start
            } else if hasEscape {
                return Self.nothing
            } else {
                takeName(bytes, start, end, as: role, into: &fact, &tables)
            }
            return end
        case .sha256:
            let end = sha256End(bytes, start)
            if end >= 0, role == .file, fact.document != nil {
                fact.document?.file = DocumentKey(
                    tables.documents.intern(bytes, at: start, count: 64))
            }
            return end
        case .currency: return currency(bytes, start, role, into: &fact)
        case .day:
            var day: Day?
            let end = self.day(bytes, start, into: &day)
            if role == .day { fact.day = day }
            if role == .transactionOn { association.transactionOn = day }
            return end
        case .instant:
            var instant = Instant.earliest
            return self.instant(bytes, start, into: &instant)
        case .decimal: return decimalEnd(bytes, start)
        case .evidenceKind:
            guard let kind = evidenceKinds.place(in: bytes, at: start) else {
                return Self.nothing
            }
            if role == .documentKind { take(EvidenceKind.allCases[kind.index], into: &fact) }
            return start &+ kind.byteCount
        case .amount, .signedAmount, .flag, .object, .list, .other: return Self.nothing
        }
    }

    @inline(__always)
    private mutating func currency(
        _ bytes: ScanBytes, _ start: Int, _ role: FactRole, into fact: inout Fact
    ) -> Int {
        var currency: Currency?
        let end = self.currency(bytes, start, into: &currency)
        if role == .currency {
            fact.currency = currency
        } else if role == .invoiceCurrency {
            fact.document?.invoiceCurrency = currency
        }
        return end
    }

    private mutating func list(
        _ bytes: ScanBytes, _ start: Int, _ field: Int32, into fact: inout Fact,
        _ tables: inout LineTables
    ) -> Int {
        guard bytes.byte(start) == UInt8(ascii: "[") else { return Self.nothing }
        var at = start &+ 1
        // An empty list is rare: whether it may be one is left to the general reader.
        while true {
            at = value(bytes, at, plans[field].parts.lowerBound, into: &fact, &tables)
            guard at >= 0 else { return Self.nothing }
            let byte = bytes.byte(at)
            if byte == UInt8(ascii: "]") { return at &+ 1 }
            guard byte == UInt8(ascii: ",") else { return Self.nothing }
            at &+= 1
        }
    }

    /// The product of an association; of several the general reader makes one name.
    private mutating func products(
        _ bytes: ScanBytes, _ start: Int, _ tables: inout LineTables
    ) -> Int {
        guard bytes.half(start) & 0xFFFF == 0x225B else { return Self.nothing }
        var product = NameKey.none
        let end = name(bytes, start &+ 2, into: &product, &tables.names)
        association.products = product
        guard end >= 0, bytes.byte(end &+ 1) == UInt8(ascii: "]") else { return Self.nothing }
        return end &+ 2
    }

    /// What a request for documents asks for.
    private mutating func items(
        _ bytes: ScanBytes, _ start: Int, _ field: Int32, into fact: inout Fact,
        _ tables: inout LineTables
    ) -> Int {
        guard bytes.byte(start) == UInt8(ascii: "[") else { return Self.nothing }
        let members = plans[plans[field].parts.lowerBound].parts
        var request = RequestFact()
        var at = start
        repeat {
            item = RequestFact.Item(kind: .other)
            guard bytes.byte(at &+ 1) == UInt8(ascii: "{") else { return Self.nothing }
            at = self.members(bytes, at &+ 2, members, into: &fact, &tables)
            guard at >= 0 else { return Self.nothing }
            request.items.append(item)
        } while bytes.byte(at) == UInt8(ascii: ",")
        guard bytes.byte(at) == UInt8(ascii: "]") else { return Self.nothing }
        if fact.kind == .claimDocumentsRequested { fact.request = request }
        return at &+ 1
    }

    @inline(__always)
    private mutating func take(_ kind: EvidenceKind, into fact: inout Fact) {
        item.kind = kind
        fact.document?.kind = kind
    }

    private mutating func flag(
        _ bytes: ScanBytes, _ start: Int, _ role: FactRole, into fact: inout Fact
    ) -> Int {
        let isTrue = bytes.half(start) == 0x6575_7274
        let isFalse = bytes.word(start) & 0xFF_FFFF_FFFF == 0x65_736C_6166
        guard isTrue || isFalse else { return Self.nothing }
        if role == .inHouseWork { fact.inHouseWork = isTrue }
        if role == .thirdPartyVendor { fact.thirdPartyVendor = isTrue }
        if role == .originals { fact.request?.originals = isTrue }
        if role == .severalSubscriptions { association.severalSubscriptions = isTrue }
        return start &+ (isTrue ? 4 : 5)
    }

    @inline(__always)
    private func take(_ number: Int64, as role: FactRole, into fact: inout Fact) {
        if role == .amount {
            fact.amount = number
        } else if role == .invoiceAmount {
            fact.document?.invoiceAmount = number
        }
    }

    @inline(__always)
    private mutating func takeName(
        _ bytes: ScanBytes, _ start: Int, _ end: Int, as role: FactRole, into fact: inout Fact,
        _ tables: inout LineTables
    ) {
        let count = end &- start
        switch role {
        case .evidence, .invoiceNumber, .invoiceVendor, .itemEvidence:
            let key = DocumentKey(tables.documents.intern(bytes, at: start, count: count))
            takeDocument(key, as: role, into: &fact)
        default:
            take(tables.names.intern(bytes, at: start, count: count), as: role, into: &fact)
        }
    }

    @inline(__always)
    private mutating func takeDocument(
        _ key: DocumentKey, as role: FactRole, into fact: inout Fact
    ) {
        if role == .evidence {
            fact.evidence = key
        } else if role == .invoiceNumber {
            fact.document?.invoiceNumber = key
        } else if role == .invoiceVendor {
            fact.document?.invoiceVendor = key
        } else {
            item.evidence = key
        }
    }

    @inline(__always)
    private mutating func take(_ key: NameKey, as role: FactRole, into fact: inout Fact) {
        switch role {
        case .period: fact.period = key
        case .activity: fact.activity = key
        case .reference: fact.reference = key
        case .metricName: fact.document?.metricName = key
        case .metricValue: fact.document?.metricValue = key
        case .tenant: association.tenant = key
        case .solutionArea: association.solutionArea = key
        case .subscription: association.subscription = key
        case .none, .amount, .currency, .day, .inHouseWork, .thirdPartyVendor, .evidence,
            .invoiceNumber, .invoiceVendor, .itemEvidence, .documentKind, .file, .note, .invoice,
            .metric, .invoiceAmount, .invoiceCurrency, .original, .eligible,
            .expenses, .items, .originals, .products, .severalSubscriptions, .transactionOn:
            break
        }
    }
}
