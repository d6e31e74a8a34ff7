import ClaimsDomain

/// Reads what a fold keeps of an association's fields.
enum AssociationMembers {
    private static let fields = AssociationField.allCases.map { ($0, Array($0.rawValue.utf8)) }

    /// The fields among the members of `data`; the schema table has checked them.
    static func fact(
        _ members: [ScannedLine.Member], _ bytes: Span<UInt8>, _ names: inout ChunkNames
    ) -> AssociationFact {
        var fact = AssociationFact()
        for member in members {
            guard let field = fields.first(where: { member.name.isText($0.1, in: bytes) })?.0
            else { continue }
            fact.given.insert(AssociationFields(field))
            switch field {
            case .tenantID: fact.tenant = GeneralReader.intern(member.value, bytes, &names)
            case .solutionArea:
                fact.solutionArea = GeneralReader.intern(member.value, bytes, &names)
            case .products: fact.products = products(member.value, bytes, &names)
            case .subscriptionID:
                fact.subscription = GeneralReader.intern(member.value, bytes, &names)
            case .severalSubscriptions: fact.severalSubscriptions = member.value.form == .yes
            case .transactionOn: fact.transactionOn = member.value.day(in: bytes)
            case .customerDomain, .activity, .title, .customerName, .customerContact,
                .partnerContact, .technicalContact, .solutionSeller, .productName:
                break
            }
        }
        return fact
    }

    /// The names of an array, joined into one.
    private static func products(
        _ slice: JSONSlice, _ bytes: Span<UInt8>, _ names: inout ChunkNames
    ) -> NameKey {
        var texts: [String] = []
        var scanner = JSONScanner(at: slice.start + 1)
        // Scanned before without a fault: what cannot be read again is not there.
        do throws(JSONProblem) {
            while try scanner.peek(bytes, expecting: "']'") != UInt8(ascii: "]") {
                texts.append(try scanner.value(bytes).string(in: bytes))
                _ = try scanner.takeIf(UInt8(ascii: ","), bytes)
            }
        } catch {}
        return names.intern(texts.joined(separator: String(AssociationFact.separator)))
    }
}
