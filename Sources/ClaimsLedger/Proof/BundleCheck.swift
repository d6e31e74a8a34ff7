import ClaimsCodec
import ClaimsDomain
import EventLog
package import TransparencyLog

/// What checking a bundle without its ledger brought to light.
package struct BundleCheck: Sendable {
    /// What is wrong, a line each; empty when everything in the bundle is proved.
    package var faults: [String] = []
    /// What the bundle is about.
    package let subject: ProofBundle.Subject
    /// How many events it holds.
    package let events: Int
    /// The key that the checkpoint was believed by.
    package var key = ""
    /// Whether the key came from elsewhere than the bundle.
    package var isKeyFromOutside = false
    /// The size of the tree; nil when the checkpoint is not signed as it has to be.
    package var size: UInt64?
    /// The root of the tree, base64.
    package var root: String?
    /// The witnesses that the policy knows and that have cosigned.
    package var witnesses: [String] = []
    /// Whether a copy of the log showed that no event of the subject is left out; nil when none was
    /// compared, for inclusion proofs alone cannot show that.
    package var isComplete: Bool?
    /// The documents it names, and how many of them were found with the very bytes.
    package var documents = DocumentCount()

    /// Whether something was proved, and nothing is wrong.
    package var isSound: Bool { faults.isEmpty && events > 0 && size != nil }
}

/// By what a bundle is checked.
package struct BundleCheckOptions: Sendable {
    /// The ledger's public key; nil takes the bundle's own word for it.
    package var key: VerifierKey?
    /// A policy that the checkpoint has to satisfy.
    package var policy: TrustPolicy?
    /// A folder with the documents.
    package var evidence: String?
    /// A copy of the log, to show that no event was left out.
    package var log: Ledger?

    /// The bundle's own key, nothing else.
    package init() {}
}

extension ProofBundle {
    /// Reads a bundle's file.
    ///
    /// Throws a located fault, or when there is no such file.
    package static func read(_ path: String) throws(LedgerError) -> ProofBundle {
        try LocatedText.read(path, fix: "ask for the bundle again", Self.init(parsing:))
    }

    /// Checks everything that the bundle says: the signature, each inclusion proof, that the lines
    /// are events of the subject, that the documents are those of the lines.
    ///
    /// O(events log n). Throws only when a copy of the log or a folder that was named cannot be
    /// read.
    package func check(_ options: BundleCheckOptions) throws(LedgerError) -> BundleCheck {
        var result = BundleCheck(subject: subject, events: entries.count)
        let checkpoint = trustedCheckpoint(options, &result)
        result.size = checkpoint?.size
        result.root = checkpoint?.root.base64
        if entries.isEmpty { result.faults.append("the bundle holds no event") }
        checkEntries(checkpoint, &result)
        checkDocuments(&result)
        if let folder = options.evidence { try checkFiles(in: folder, &result) }
        if let log = options.log, let checkpoint {
            try checkCompleteness(log, checkpoint, &result)
        }
        return result
    }

    private func trustedCheckpoint(
        _ options: BundleCheckOptions, _ result: inout BundleCheck
    ) -> Checkpoint? {
        do throws(TransparencyError) {
            let own = try VerifierKey(text: publicKey)
            if let given = options.key, given != own {
                result.faults.append("the bundle names the key '\(own)', expected '\(given)'")
            }
            let key = options.key ?? own
            result.isKeyFromOutside = options.key != nil
            guard let policy = options.policy else {
                result.key = "\(key)"
                return try Checkpoint(
                    note: checkpoint, signedBy: key, origin: key.name.description)
            }
            let accepted = try policy.verify(checkpoint, knownLogs: [key])
            result.key = "\(accepted.log)"
            result.isKeyFromOutside = options.key != nil || !policy.logs.isEmpty
            if accepted.log != own {
                result.faults.append(
                    "the bundle names the key '\(own)', the checkpoint is signed by "
                        + "'\(accepted.log)'")
            }
            result.witnesses = accepted.witnesses.map(\.name.description)
            return accepted.checkpoint
        } catch {
            result.faults.append("\(error)")
            return nil
        }
    }

    private func checkEntries(_ checkpoint: Checkpoint?, _ result: inout BundleCheck) {
        var last: Int64 = 0
        var reader = EventReader()
        for entry in entries {
            let who = "event \(entry.sequence)"
            if entry.sequence <= last { result.faults.append("\(who) is out of order") }
            last = max(last, entry.sequence)
            if entry.proof.note != self.checkpoint {
                result.faults.append("\(who): its proof leads to another checkpoint")
            }
            if entry.proof.index != UInt64(max(0, entry.sequence - 1)) {
                result.faults.append("\(who): its proof is of leaf \(entry.proof.index)")
            }
            if entry.proof.extra != nil {
                result.faults.append("\(who): its proof has extra data that nobody vouches for")
            }
            do throws(LineProblem) {
                let event = try reader.read(entry.line.span)
                if event.sequence != entry.sequence {
                    result.faults.append("\(who): its line says sequence \(event.sequence)")
                }
                if let problem = problem(of: event) { result.faults.append("\(who): \(problem)") }
            } catch {
                result.faults.append("\(who): its line is no event: \(error.what)")
            }
            guard let checkpoint else { continue }
            do throws(TransparencyError) {
                try InclusionProof(
                    leafIndex: entry.proof.index, treeSize: checkpoint.size,
                    hashes: entry.proof.hashes
                ).verify(leafHash: TreeHash(leaf: entry.line), root: checkpoint.root)
            } catch {
                result.faults.append("\(who) is not in the log as it stands here: \(error)")
            }
        }
    }

    /// Why an event is none of what the bundle is about; nil when it is one, or a claim's period
    /// stands on another line.
    private func problem(of event: Event) -> String? {
        switch subject.kind {
        case "event":
            return String(event.sequence) == subject.name ? nil : "it is not the event asked for"
        case "claim":
            let isOfClaim =
                event.kind.subjectKind == .claim && event.content.subject == subject.name
            return isOfClaim ? nil : "it is not of claim '\(subject.name)'"
        case "account":
            let partner = subject.name.split(separator: " ").first.map(String.init)
            return event.content.source.partner?.text == partner
                ? nil : "it is not of partner '\(partner ?? "")'"
        default: return "the bundle is about '\(subject.kind)', which nobody knows"
        }
    }

    private func checkDocuments(_ result: inout BundleCheck) {
        let named = entries.flatMap { (try? Self.documents(of: $0.line)) ?? [] }
        result.documents.referenced = named.count
        if named != documents {
            result.faults.append("the documents listed are not those that the events refer to")
        }
    }
}
