/// SplitMix64: the same seed gives the same numbers on every machine.
///
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014). Whole
/// numbers only: no rounding of a processor shows.
struct SeededRandom {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `count` - 1: the high word of the product (Lemire, "Fast random integer
    /// generation in an interval", 2019), whose bias below 2^-40 no simulation feels.
    mutating func below(_ count: Int64) -> Int64 {
        Int64(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// A number in a range, both ends inside.
    mutating func number(_ range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// True so many times in a thousand.
    mutating func chance(_ perMille: Int64) -> Bool { below(1000) < perMille }

    /// One of the elements; they may not be empty.
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int(below(Int64(elements.count)))]
    }

    /// The place of a weight in a running total of weights, with the odds of the weights.
    ///
    /// O(log n).
    mutating func place(in totals: [Int64]) -> Int {
        let drawn = below(totals[totals.count - 1])
        var low = 0
        var high = totals.count - 1
        while low < high {
            let middle = (low + high) / 2
            if totals[middle] <= drawn { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
