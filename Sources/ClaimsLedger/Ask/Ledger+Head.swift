import ClaimsCodec
public import ClaimsDomain
import EventLog
import TransparencyLog

extension Ledger {
    /// The sequence of the last event; 0 when there is none.
    ///
    /// Counts the last segment's lines.
    public func head() throws(LedgerError) -> Int64 {
        guard let store else {
            return try replay().order.head
        }
        do { return try store.head() } catch { throw LedgerError(error) }
    }

    /// The RFC 6962 tree head over all stored lines.
    ///
    /// One pass over the bytes.
    public func treeHead() throws(LedgerError) -> TreeHead {
        var tree = TreeBuilder()
        do {
            _ = try source.read(from: 1) { chunk in
                chunk.forEachLine { (bytes, _) in
                    tree.append(TreeHash(leaf: bytes))
                    return .next
                }
            }
        } catch {
            throw LedgerError(error)
        }
        return TreeHead(size: Int64(tree.size), rootHash: tree.root.base64)
    }
}
