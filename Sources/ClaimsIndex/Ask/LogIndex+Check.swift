package import ClaimsDomain

extension LogIndex {
    /// Throws unless every byte of the files is as it was written, and the findings are those of a
    /// replay of the whole log.
    ///
    /// Questions read few pages; this reads all. O(bytes of the index).
    package func check(_ findings: [Finding]) throws(IndexProblem) {
        var expected = findings[...]
        for run in runs {
            for section in RunSection.allCases { _ = try run.whole(section) }
            let bytes = try run.whole(.findings)
            for row in 0..<run.rows(in: .findings, of: StoredFinding.bytes) {
                let start = row * StoredFinding.bytes
                let sequence = Int64(try bytes.number(at: start, as: UInt32.self))
                let code = FindingNumber.code(try bytes.number(at: start + 4))
                guard let next = expected.popFirst(), next.sequence == sequence, next.code == code
                else {
                    throw .differs(
                        file: run.path, what: "a replay finds something else at event \(sequence)")
                }
            }
        }
        if let next = expected.first, next.sequence <= last {
            throw .differs(
                file: runs[runs.count - 1].path,
                what: "a replay finds '\(next.code.rawValue)' at event \(next.sequence)")
        }
    }
}
