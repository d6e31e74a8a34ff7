import ClaimsDomain

/// What the events of a run are about, by the keys of one fold: what a builder leaves to be chained
/// on another thread.
struct RunSubjects: Sendable {
    /// Of each event.
    var events: [EventSubject] = []
    /// Of those that attach documents.
    var documents: [EventDocument] = []
    /// The places of those that say what a claim's amount is made up of.
    var itemised: [UInt32] = []
    /// How many claims and associations they first name.
    var newNames = 0
    /// The partner of each account that they first touch.
    var accountPartners: [NameKey] = []
    /// The hashes of the names that came since the run before, those of documents apart.
    var nameHashes: [UInt64] = []
    var documentHashes: [UInt64] = []

    init() {}

    /// None, with room for as much as a run before.
    init(like before: RunSubjects) {
        events.reserveCapacity(before.events.count)
        documents.reserveCapacity(before.documents.count)
    }
}

struct EventSubject: Sendable {
    /// Nil of what is chained by no claim or association.
    var kind: SubjectKind?
    var subject: NameKey
    var partner: NameKey
}

struct EventDocument: Sendable {
    /// The place of its event in the run.
    var event: UInt32
    var file: NameKey
    var invoice: NameKey
}

extension NameTable {
    /// The hashes of the names from a key on.
    func hashes(from first: Int) -> [UInt64] {
        (first..<count).map { index in
            withBytes(of: NameKey(index: UInt32(index))) { SubjectKind.hash(ofName: $0) }
        }
    }
}
