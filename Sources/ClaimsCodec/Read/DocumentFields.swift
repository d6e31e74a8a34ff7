import ClaimsDomain

/// Reads what a fold keeps of an attached document.
enum DocumentFields {
    /// Takes one member of `data`; the schema table has checked it.
    static func take(
        _ value: JSONSlice, as role: FactRole, into document: inout DocumentFact,
        _ bytes: Span<UInt8>, _ tables: inout LineTables
    ) {
        switch role {
        case .documentKind:
            document.kind = EvidenceKind(rawValue: value.string(in: bytes)) ?? .other
        case .file:
            document.file = DocumentKey(GeneralReader.intern(value, bytes, &tables.documents))
        case .note: document.hasNote = value.end > value.start
        case .invoice:
            document.invoiceNumber = DocumentKey(
                name("number", of: value, bytes, &tables.documents))
            document.invoiceVendor = DocumentKey(
                name("vendor", of: value, bytes, &tables.documents))
            document.invoiceAmount =
                member("amountMinor", of: value, bytes)?.wholeNumber(in: bytes) ?? 0
            document.invoiceCurrency = member("currency", of: value, bytes)?.currency(in: bytes)
        case .metric:
            document.metricName = name("name", of: value, bytes, &tables.names)
            document.metricValue = name("value", of: value, bytes, &tables.names)
        case .original: document.isOriginal = value.form == .yes
        case .eligible, .expenses, .items, .itemEvidence, .originals, .tenant,
            .solutionArea, .products, .subscription, .severalSubscriptions, .transactionOn, .none,
            .amount, .currency,
            .period, .activity, .reference, .evidence, .day, .inHouseWork, .thirdPartyVendor,
            .invoiceNumber, .invoiceVendor, .invoiceAmount, .invoiceCurrency, .metricName,
            .metricValue:
            break
        }
    }

    private static func name(
        _ name: String, of object: JSONSlice, _ bytes: Span<UInt8>, _ names: inout ChunkNames
    ) -> NameKey {
        member(name, of: object, bytes).map { GeneralReader.intern($0, bytes, &names) } ?? .none
    }

    private static func member(
        _ name: String, of object: JSONSlice, _ bytes: Span<UInt8>
    ) -> JSONSlice? {
        let wanted = Array(name.utf8)
        var found: JSONSlice?
        var scanner = JSONScanner(at: object.start)
        // Scanned before without a fault: what cannot be read again is not there.
        try? scanner.members(bytes) { (scanner, name) throws(JSONProblem) in
            let value = try scanner.value(bytes)
            if name.isText(wanted, in: bytes) { found = value }
        }
        return found
    }
}
