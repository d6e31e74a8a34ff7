/// Which claims have a document, by the place of its file or invoice, attached and not withdrawn.
///
/// Nearly always one claim has it: only where several do is a set kept.
struct DocumentHolders: Sendable {
    private var one: [NameKey] = []
    private var others: [Int: Set<NameKey>] = [:]
    private static let step = 1024

    /// Makes room for so many times as many; `roomy` says what a number needs.
    mutating func reserve(times factor: Int, _ roomy: (Int) -> Int) {
        one.reserveCapacity(roomy(one.count * factor))
    }

    /// Takes note that a claim has it; whether another claim has it too.
    ///
    /// Amortised O(1).
    mutating func add(_ claim: NameKey, to place: Int) -> Bool {
        if place >= one.count {
            // A few more at once; the array itself makes room for many.
            let size = place + 1 + Self.step
            one.append(contentsOf: repeatElement(.none, count: size - one.count))
        }
        let holder = one[place]
        guard holder != .none else {
            one[place] = claim
            return false
        }
        if holder == claim { return others[place] != nil }
        others[place, default: []].insert(claim)
        return true
    }

    /// The other claims that have it, in no order.
    ///
    /// O(1) where no other claim has it.
    func others(than claim: NameKey, having place: Int) -> [NameKey] {
        guard place < one.count, one[place] != .none else { return [] }
        let holder = one[place]
        let more = others[place].map(Array.init) ?? []
        return ([holder] + more).filter { $0 != claim }
    }

    /// Takes note that a claim has it no more.
    ///
    /// O(1).
    mutating func remove(_ claim: NameKey, from place: Int) {
        guard place < one.count else { return }
        if one[place] == claim {
            // Which of the others comes in its place shows nowhere.
            one[place] = others[place]?.popFirst() ?? .none
        } else {
            others[place]?.remove(claim)
        }
        if others[place]?.isEmpty == true { others[place] = nil }
    }
}
