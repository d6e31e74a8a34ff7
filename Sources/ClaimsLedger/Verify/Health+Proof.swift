import EventLog
import TransparencyLog

extension Ledger {
    /// Whether each kept checkpoint is signed by the ledger's key and within the log.
    ///
    /// Whether the log is what they cover is the business of `verify`. O(checkpoints).
    func checkpointCheck() -> HealthCheck {
        func check(_ isWell: Bool, _ detail: String) -> HealthCheck {
            HealthCheck(name: "checkpoints", isWell: isWell, detail: detail)
        }
        do throws(LedgerError) {
            let (checkpoints, key) = try identity()
            let kept = try checkpoints.read(signedBy: key)
            let unusable = kept.faults.count
            if let first = kept.faults.first?.split(separator: "\n").first {
                let others = unusable > 1 ? ", and \(unusable - 1) more like it" : ""
                return check(false, "\(first)\(others); run 'claims verify'")
            }
            guard let latest = kept.files.map(\.checkpoint.size).max() else {
                return check(true, "none; make one with 'claims checkpoint'")
            }
            let head = UInt64(try head())
            let count = kept.files.count == 1 ? "1 signed" : "\(kept.files.count) signed"
            guard latest <= head else {
                return check(
                    false,
                    "\(count), of up to \(latest) events; the log ends at \(head): "
                        + "run 'claims verify'")
            }
            return check(true, "\(count), the latest of \(latest) events of \(head)")
        } catch {
            return check(false, "\(error.description.split(separator: "\n").first ?? "")")
        }
    }

    /// Whether the tree's tiles fit each other at their edge, and how far they go.
    ///
    /// O(log n).
    func tileCheck(_ folder: FolderStore) -> HealthCheck {
        let cache = TreeCache(ledger: folder)
        let detail: String
        switch cache.open() {
        case .none: detail = "none; the first proof or stamp makes them"
        case .tree(let head, _): detail = "the tree of \(head.size) events"
        case .damaged(let file):
            return HealthCheck(
                name: "tiles", isWell: false,
                detail: "'\(file)' is damaged; run 'claims verify', which makes it anew")
        }
        return HealthCheck(name: "tiles", isWell: true, detail: detail)
    }
}
