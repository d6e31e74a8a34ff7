import ClaimsCodec
import ClaimsDomain
import EventLog
import TransparencyLog

// What a bundle is compared with beside itself: documents, and a copy of the whole log.
extension ProofBundle {
    /// Looks for each document by its SHA-256 among the files of a folder.
    func checkFiles(in folder: String, _ result: inout BundleCheck) throws(LedgerError) {
        let fileSystem = PosixFileSystem()
        var found: Set<String> = []
        do throws(SystemError) {
            for name in try fileSystem.names(in: folder).sorted() {
                let path = "\(folder)/\(name)"
                guard try fileSystem.status(path).kind == .file,
                    let file = try? EvidenceFile.describe(path)
                else { continue }
                found.insert(file.sha256)
            }
        } catch {
            throw LedgerError(error)
        }
        for document in documents {
            if found.contains(document.sha256) {
                result.documents.found += 1
            } else {
                result.faults.append(
                    "document '\(document.evidence)' of event \(document.sequence) is in no file "
                        + "of '\(folder)': '\(document.filename)', SHA-256 \(document.sha256)")
            }
        }
    }

    /// Shows, with a copy of the log, that the checkpoint covers it and that the bundle leaves no
    /// event of its subject out.
    func checkCompleteness(
        _ log: Ledger, _ checkpoint: Checkpoint, _ result: inout BundleCheck
    ) throws(LedgerError) {
        let record = try log.recordTree(TreeRecorder(sizes: [checkpoint.size]))
        guard record.roots[checkpoint.size] == checkpoint.root else {
            result.faults.append(
                "the copy of the log is not the log of the checkpoint: "
                    + (record.tree.size < checkpoint.size
                        ? "it ends at event \(record.tree.size)"
                        : "its first \(checkpoint.size) events have another root"))
            return
        }
        guard let request else { return }
        var expected: [Int64] = []
        _ = try log.replay { state, fact, _ in
            if fact.sequence <= Int64(checkpoint.size), request.concerns(fact, in: state) {
                expected.append(fact.sequence)
            }
        }
        let held = Set(entries.map(\.sequence))
        for sequence in expected where !held.contains(sequence) {
            result.faults.append("event \(sequence) of the log is left out of the bundle")
        }
        for sequence in held.subtracting(expected).sorted() {
            result.faults.append("event \(sequence) is none of what the bundle is about")
        }
        result.isComplete = held == Set(expected)
    }

    private var request: ProofRequest? {
        switch subject.kind {
        case "event": return Int64(subject.name).map { .event($0) }
        case "claim": return .claim(ClaimID(subject.name))
        case "account":
            let parts = subject.name.split(separator: " ", maxSplits: 1).map(String.init)
            return parts.count == 2
                ? .account(PartnerID(parts[0]), PeriodLabel(parts[1])) : nil
        default: return nil
        }
    }
}
