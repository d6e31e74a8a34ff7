/// A small part of a list that still fails: no element can be left out of it any more.
///
/// Leaves out ever smaller stretches for as long as what is left fails. `fails` has to hold of
/// the whole list. O(n log n) trials at best, O(n²) at worst.
package func shrunk<Element>(
    _ elements: [Element], while fails: ([Element]) throws -> Bool
) rethrows -> [Element] {
    var kept = elements
    var stretch = max(1, kept.count / 2)
    while true {
        var isSmaller = false
        var start = 0
        while start < kept.count {
            let end = min(kept.count, start + stretch)
            let rest = Array(kept[..<start] + kept[end...])
            if try fails(rest) {
                kept = rest
                isSmaller = true
            } else {
                start = end
            }
        }
        if stretch == 1, !isSmaller { return kept }
        stretch = max(1, stretch / 2)
    }
}
