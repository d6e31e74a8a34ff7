import ClaimsCodec
import ClaimsDomain
package import ClaimsProjections
import EventLog

extension Ledger {
    /// Delivers the lines a selection admits, and those committed later as they come, until
    /// `shouldStop`.
    ///
    /// The lines before `sequence` are read for their claims' periods only.
    package func follow(
        from sequence: Int64, _ selection: Selection, pollMilliseconds: Int,
        shouldStop: () -> Bool, body: (Span<UInt8>) throws -> Void
    ) throws(LedgerError) {
        guard let store else { throw Self.notFollowed }
        var reader = FactReader()
        var order = LogOrder()
        var state = LedgerState()
        do {
            try store.follow(
                from: 1, pollMilliseconds: pollMilliseconds, shouldStop: shouldStop
            ) { chunk in
                try chunk.forEachLine { (bytes, location) throws(any Error) in
                    let fact: Fact
                    do throws(LineProblem) {
                        guard
                            case .fact(let read, let rules) = try reader.read(
                                bytes, into: &state)
                        else { return .next }
                        try order.accept(reader, bytes)
                        try state.take(read, rules: rules)
                        fact = read
                    } catch {
                        throw LineFault(error, in: bytes, at: location)
                    }
                    let filter = FactFilter(selection, names: state.names)
                    if fact.sequence >= sequence,
                        filter.admits(fact, claimRecord: state.claim(of: fact))
                    {
                        try body(bytes)
                    }
                    return .next
                }
            }
        } catch {
            throw LedgerError(error)
        }
    }
}
