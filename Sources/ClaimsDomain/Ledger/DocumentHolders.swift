/// Which claims have a document, by its file or its invoice, attached and not withdrawn.
///
/// Nearly always one claim has it: only where several do is a set kept.
struct DocumentHolders<Key: Hashable & Sendable>: Sendable {
    private var one: [Key: NameKey] = [:]
    private var others: [Key: Set<NameKey>] = [:]

    /// Takes note that a claim has it; whether another claim has it too.
    ///
    /// Amortised O(1).
    mutating func add(_ claim: NameKey, to key: Key) -> Bool {
        guard let holder = one[key] else {
            one[key] = claim
            return false
        }
        if holder == claim { return others[key] != nil }
        others[key, default: []].insert(claim)
        return true
    }

    /// Takes note that a claim has it no more.
    ///
    /// O(1).
    mutating func remove(_ claim: NameKey, from key: Key) {
        if one[key] == claim {
            // Which of the others comes in its place shows nowhere.
            one[key] = others[key]?.popFirst()
        } else {
            others[key]?.remove(claim)
        }
        if others[key]?.isEmpty == true { others[key] = nil }
    }
}
