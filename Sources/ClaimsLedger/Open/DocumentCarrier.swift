import ClaimsCodec
import ClaimsDomain
import EventLog
import TransparencyLog

/// What a copy has done with the documents that the log refers to, each counted once.
public struct CopiedDocuments: Equatable, Sendable {
    /// How many were carried to the destination.
    public internal(set) var copied = 0
    /// How many were there already.
    public internal(set) var found = 0
    /// How many the origin does not hold: never stored, or taken out since.
    public internal(set) var notHeld = 0
    /// Why others were not copied: they cannot be read, or have not the bytes that were attached.
    public internal(set) var refused: [String] = []
}

/// The documents that lines refer to, by their SHA-256, each once, in the order of the lines.
struct DocumentReferences {
    private(set) var hashes: [String] = []
    private var known: Set<String> = []
    private var events = EventReader()

    /// Takes the documents of the next lines; one that cannot be read refers to none.
    mutating func take(_ chunk: LogChunk) {
        var facts = FactReader()
        var names = NameTable()
        var documents = DocumentNames()
        _ = chunk.forEachLine { (bytes, _) in
            guard
                case .fact(let fact, _) = try? facts.read(
                    bytes, names: &names, documents: &documents),
                EvidenceNotes.concerns(fact.kind), let event = try? events.read(bytes),
                let hash = event.content.payload.attached?.sha256,
                known.insert(hash).inserted
            else { return .next }
            hashes.append(hash)
            return .next
        }
    }
}

/// Carries documents from one vault to another, each by its hash.
struct DocumentCarrier {
    private let origin: any EvidenceVault
    private let destination: any EvidenceVault
    /// What became of those that were carried so far.
    private(set) var count = CopiedDocuments()
    /// Whether it was stopped before the last one.
    private(set) var isStopped = false

    /// Why one is not carried, though it is whole.
    private enum Ending: Error {
        case notHeld
        case stopped
    }

    init(from origin: any EvidenceVault, to destination: any EvidenceVault) {
        self.origin = origin
        self.destination = destination
    }

    /// Carries what the origin holds and the destination does not, until `shouldStop`; `progress`
    /// hears now and then how many are done.
    mutating func carryAll(
        _ hashes: [String], shouldStop: () -> Bool, progress: (Int) -> Void
    ) throws {
        // One question each to a server, instead of one a document.
        let held = Set(try origin.names())
        let isThere = try destination.contents()
        for (place, hash) in hashes.enumerated() where !isStopped {
            progress(place)
            if shouldStop() {
                isStopped = true
            } else if isThere(hash) {
                count.found += 1
            } else if held.contains(hash) {
                try carry(hash) {
                    // A large one takes its time.
                    progress(place)
                    return shouldStop()
                }
            } else {
                count.notHeld += 1
            }
        }
    }

    /// Carries one document, unless it is there already.
    ///
    /// Whatever ends it in the middle throws inside, so that the destination keeps nothing of it.
    mutating func carry(_ hash: String, shouldStop: () -> Bool) throws {
        do {
            let isNew = try destination.keep(hash) { receive in
                var digest = FileDigest()
                let isHeld = try origin.read(hash) { piece in
                    if shouldStop() { throw Ending.stopped }
                    digest.update(piece)
                    try receive(piece)
                }
                guard isHeld else { throw Ending.notHeld }
                let found = digest.hexadecimal()
                guard found == hash else {
                    throw DamagedDocument(
                        path: "\(origin.path)/\(hash)",
                        problem: .changed(found: found, expected: hash))
                }
            }
            if isNew { count.copied += 1 } else { count.found += 1 }
        } catch let ending as Ending {
            switch ending {
            case .notHeld: count.notHeld += 1
            case .stopped: isStopped = true
            }
        } catch let error as DamagedDocument {
            count.refused.append("\(error)")
        } catch let error as SystemError {
            throw LedgerError(.fault("error: document \(error)", .cannotCreate))
        }
    }
}
