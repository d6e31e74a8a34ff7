import ClaimsDomain

/// Reads what a fold keeps of the lists of an event: items asked for, expenses.
enum ListFields {
    /// The items of a list that the schema table has checked.
    static func items(
        _ list: JSONSlice, _ bytes: Span<UInt8>, _ documents: inout ChunkNames
    ) -> [RequestFact.Item] {
        // Checked before without a fault: what cannot be read again is not there.
        guard case .array(let elements)? = try? JSONNode(list, in: bytes).value else { return [] }
        return elements.map { element in
            let evidence = (try? element.optionalText("evidence")) ?? nil
            return RequestFact.Item(
                kind: (try? element.choice("kind")) ?? .other,
                evidence: evidence.map { DocumentKey(documents.intern($0)) } ?? .none)
        }
    }

    /// The expenses of a list that the schema table has checked.
    static func expenses(
        _ list: JSONSlice, _ bytes: Span<UInt8>, _ names: inout ChunkNames
    ) -> [ExpenseFact] {
        guard case .array(let elements)? = try? JSONNode(list, in: bytes).value else { return [] }
        return elements.map { element in
            let traveller = (try? element.optionalText("traveller")) ?? nil
            return ExpenseFact(
                type: (try? element.text("type")).map { names.intern($0) } ?? .none,
                traveller: traveller.map { names.intern($0) } ?? .none,
                amount: (try? element.whole("amountMinor")) ?? 0)
        }
    }
}
