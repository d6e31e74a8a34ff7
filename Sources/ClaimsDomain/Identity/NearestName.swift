/// Finds the known name that a mistyped one most likely meant.
public enum NearestName {
    /// The closest candidate within a third of the name's length, ties by order; nil when none is
    /// that close.
    ///
    /// O(candidates × length²), and much less once a near one is found.
    public static func suggestion(for name: String, among candidates: [String]) -> String? {
        let wanted = Array(name.lowercased().unicodeScalars)
        let limit = max(1, wanted.count / 3)
        var best: (name: String, distance: Int)?
        var other: [Unicode.Scalar] = []
        var rows = DistanceRows()
        for candidate in candidates {
            // Only what is nearer than the nearest so far is of interest.
            let most = best.map { $0.distance - 1 } ?? limit
            guard most >= 0 else { break }
            lowercase(candidate, into: &other)
            guard abs(other.count - wanted.count) <= most else { continue }
            if let distance = rows.distance(wanted, other, atMost: most) {
                best = (candidate, distance)
            }
        }
        return best?.name
    }

    private static func lowercase(_ text: String, into scalars: inout [Unicode.Scalar]) {
        scalars.removeAll(keepingCapacity: true)
        for byte in text.utf8 {
            guard byte < 0x80 else {
                scalars = Array(text.lowercased().unicodeScalars)
                return
            }
            let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            scalars.append(Unicode.Scalar(isUpper ? byte | 0x20 : byte))
        }
    }
}

/// The rows of an edit distance under way, kept from name to name.
private struct DistanceRows {
    private var beforeLast: [Int] = []
    private var last: [Int] = []
    private var current: [Int] = []

    /// Insertions, deletions, substitutions and swaps of neighbours; nil when they are more than
    /// `most`.
    mutating func distance(
        _ left: [Unicode.Scalar], _ right: [Unicode.Scalar], atMost most: Int
    ) -> Int? {
        beforeLast = Array(repeating: 0, count: right.count + 1)
        last.removeAll(keepingCapacity: true)
        last.append(contentsOf: 0...right.count)
        for row in left.indices {
            current.removeAll(keepingCapacity: true)
            current.append(row + 1)
            for column in right.indices {
                let same = left[row] == right[column]
                var cost = min(
                    last[column + 1] + 1, current[column] + 1, last[column] + (same ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1],
                    left[row - 1] == right[column]
                {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            // A swap reaches back two rows: both have to be beyond the bound.
            if current.min() ?? 0 > most, last.min() ?? 0 > most { return nil }
            (beforeLast, last, current) = (last, current, beforeLast)
        }
        return last[right.count] <= most ? last[right.count] : nil
    }
}
