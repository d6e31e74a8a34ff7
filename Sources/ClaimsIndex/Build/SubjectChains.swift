import ClaimsDomain

/// The last event of each claim, association, file, invoice and partner, and the last account of
/// each partner, by the keys of one fold.
struct SubjectChains: Sendable {
    /// By key and kind, those of documents apart; 0 where none was noted yet.
    private var lastOfNames: [UInt32] = []
    private var lastOfDocuments: [UInt32] = []
    /// What the present run has events of, in the order first seen.
    private var touched: [(kind: SubjectKind, key: NameKey)] = []
    /// By key, the hashes of names, those of documents apart.
    private var nameHashes: [UInt64] = []
    private var documentHashes: [UInt64] = []

    /// Chains what a run is about to what came before it, in the order of the log.
    ///
    /// Throws `needsReplay` where other claims and associations are new than those that the fold
    /// took to be. O(events), and a look-up in `earlier` for each subject not seen in this fold.
    mutating func link(
        _ run: inout RunContent, _ subjects: RunSubjects, _ earlier: LogIndex?
    ) throws(IndexProblem) {
        nameHashes += subjects.nameHashes
        documentHashes += subjects.documentHashes
        Self.fill(&lastOfNames, nameHashes.count * SubjectKind.kindsOfNames)
        Self.fill(&lastOfDocuments, documentHashes.count * SubjectKind.kindsOfDocuments)
        try linkEvents(&run, subjects, earlier)
        try linkDocuments(&run, subjects, earlier)
        for place in subjects.accountPartners.indices {
            let number = run.accountsBefore + Int64(place) + 1
            run.accounts[place].previous = try chain(
                .partner, subjects.accountPartners[place], to: UInt32(number),
                runFirst: run.accountsBefore + 1, earlier)
        }
        run.subjects = lastOfTouched()
        touched.removeAll(keepingCapacity: true)
    }

    /// What the present run has events of, by its hash, each with its last one.
    private func lastOfTouched() -> [(hash: UInt64, number: UInt32)] {
        var subjects: [(hash: UInt64, number: UInt32)] = []
        subjects.reserveCapacity(touched.count)
        // By way of spans, since a method that is asked for each would retain every array.
        let (names, documents) = (nameHashes.span, documentHashes.span)
        let (ofNames, ofDocuments) = (lastOfNames.span, lastOfDocuments.span)
        for (kind, key) in touched {
            let index = Int(key.index)
            let place = kind.place(of: key)
            subjects.append(
                kind.isOfDocuments
                    ? (kind.hash(documents[index]), ofDocuments[place])
                    : (kind.hash(names[index]), ofNames[place]))
        }
        return subjects
    }

    private mutating func linkEvents(
        _ run: inout RunContent, _ subjects: RunSubjects, _ earlier: LogIndex?
    ) throws(IndexProblem) {
        var newNames = 0
        run.previous.reserveCapacity(run.count)
        run.previousOfPartner.reserveCapacity(run.count)
        // By way of spans, since an array of a parameter is retained for each look.
        let events = subjects.events.span
        for place in events.indices {
            let event = events[place]
            let sequence = UInt32(run.first) + UInt32(place)
            var previous: UInt32 = 0
            if let kind = event.kind {
                previous = try chain(
                    kind, event.subject, to: sequence, runFirst: run.first, earlier)
                if previous == 0 { newNames += 1 }
            }
            run.previous.append(previous)
            run.previousOfPartner.append(
                event.partner.index == 0
                    ? 0
                    : try chain(
                        .partnerEvents, event.partner, to: sequence, runFirst: run.first, earlier))
        }
        guard newNames == subjects.newNames else { throw .needsReplay }
        for place in subjects.itemised {
            let sequence = UInt32(run.first) + place
            let partner = events[Int(place)].partner
            run.itemised.append(
                ItemisedDraft(
                    sequence: sequence,
                    previous: try chain(
                        .itemised, partner, to: sequence, runFirst: run.first, earlier)))
        }
    }

    private mutating func linkDocuments(
        _ run: inout RunContent, _ subjects: RunSubjects, _ earlier: LogIndex?
    ) throws(IndexProblem) {
        run.attachments.reserveCapacity(subjects.documents.count)
        let documents = subjects.documents.span
        for place in documents.indices {
            let document = documents[place]
            let sequence = UInt32(run.first) + document.event
            var attachment = Attachment(sequence: sequence, previousFile: 0, previousInvoice: 0)
            attachment.previousFile = try chain(
                .file, document.file, to: sequence, runFirst: run.first, earlier)
            if document.invoice != .none {
                attachment.previousInvoice = try chain(
                    .invoice, document.invoice, to: sequence, runFirst: run.first, earlier)
            }
            run.attachments.append(attachment)
        }
    }

    private static func fill(_ lasts: inout [UInt32], _ count: Int) {
        lasts.append(contentsOf: repeatElement(0, count: max(0, count - lasts.count)))
    }

    /// Sets the last event of a subject and returns the one before it, 0 for none.
    private mutating func chain(
        _ kind: SubjectKind, _ key: NameKey, to sequence: UInt32, runFirst: Int64,
        _ earlier: LogIndex?
    ) throws(IndexProblem) -> UInt32 {
        let place = kind.place(of: key)
        var previous = kind.isOfDocuments ? lastOfDocuments[place] : lastOfNames[place]
        if previous == 0, let earlier {
            previous = UInt32(try earlier.lastSequence(ofHash: hash(kind, key)) ?? 0)
        }
        if kind.isOfDocuments {
            lastOfDocuments[place] = sequence
        } else {
            lastOfNames[place] = sequence
        }
        if Int64(previous) < runFirst { touched.append((kind, key)) }
        return previous
    }

    private func hash(_ kind: SubjectKind, _ key: NameKey) -> UInt64 {
        let index = Int(key.index)
        return kind.hash(kind.isOfDocuments ? documentHashes[index] : nameHashes[index])
    }
}

extension SubjectKind {
    /// The part of a name's hash that is the same for all kinds.
    static func hash(ofName name: Span<UInt8>) -> UInt64 { WordHash.hash(name, seed: 0) }

    /// What a name of this kind is looked up by, of its hash.
    func hash(_ name: UInt64) -> UInt64 {
        WordHash.mix(name ^ 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93 &+ rawValue)
    }

    /// What a name of this kind is looked up by.
    func hash(of name: Span<UInt8>) -> UInt64 { hash(Self.hash(ofName: name)) }

    func hash(of name: String) -> UInt64 {
        let bytes = Array(name.utf8)
        return hash(of: bytes.span)
    }

    /// Whether its keys are those of names of documents.
    fileprivate var isOfDocuments: Bool { self == .file || self == .invoice }

    fileprivate static let kindsOfNames = 5
    fileprivate static let kindsOfDocuments = 2

    /// Where a key of this kind is among those of names, or of documents.
    @inline(__always)
    fileprivate func place(of key: NameKey) -> Int {
        let index = Int(key.index)
        return switch self {
        case .claim: index * Self.kindsOfNames
        case .association: index * Self.kindsOfNames + 1
        case .partner: index * Self.kindsOfNames + 2
        case .partnerEvents: index * Self.kindsOfNames + 3
        case .itemised: index * Self.kindsOfNames + 4
        case .file: index * Self.kindsOfDocuments
        case .invoice: index * Self.kindsOfDocuments + 1
        }
    }
}

/// A claim or an association as it is first named: what suggestions and listings need.
struct StoredName {
    var kind: SubjectKind
    /// Of its first event.
    var sequence: UInt32
    var time: Int64

    func write(_ names: NameTable, _ key: NameKey, to writer: inout ColumnWriter) {
        writer.put(UInt8(kind.rawValue))
        writer.put(sequence)
        writer.put(time)
        names.withBytes(of: key) { writer.put(text: $0) }
    }
}

extension StoredName {
    /// The name stored at a place, which moves on behind it.
    static func read(
        in bytes: ColumnBytes, at place: inout Int
    ) throws(IndexProblem) -> (name: StoredName, text: Range<Int>) {
        guard let kind = SubjectKind(rawValue: UInt64(try bytes.number(at: place, as: UInt8.self)))
        else { throw .damaged(file: bytes.file) }
        let name = StoredName(
            kind: kind, sequence: try bytes.number(at: place + 1),
            time: try bytes.number(at: place + 5))
        let text = try bytes.text(at: place + 13)
        place = text.next
        return (name, text.bytes)
    }
}

/// The numbers of accounts in the index, by the keys of one fold.
struct AccountNumbers {
    private var count: UInt32
    private var byKey: [UInt32] = []
    /// By the place of an `ApprovalCount`.
    private var byApproval: [UInt32] = []

    /// `count`: the accounts of the runs before.
    init(count: UInt32) { self.count = count }

    /// The number of what is approved of an account for an activity.
    mutating func number(
        of count: ApprovalCount, in state: LedgerState, _ run: inout RunContent,
        _ subjects: inout RunSubjects, _ earlier: LogIndex?
    ) throws(IndexProblem) -> UInt32 {
        while byApproval.count <= count.place { byApproval.append(.max) }
        if byApproval[count.place] == .max {
            byApproval[count.place] = try add(
                count.account, count.activity, state, &run, &subjects, earlier)
        }
        return byApproval[count.place]
    }

    /// The number of an account.
    mutating func number(
        of key: AccountKey, in state: LedgerState, _ run: inout RunContent,
        _ subjects: inout RunSubjects, _ earlier: LogIndex?
    ) throws(IndexProblem) -> UInt32 {
        let index = Int(key.index)
        while byKey.count <= index { byKey.append(.max) }
        if byKey[index] == .max {
            byKey[index] = try add(key, nil, state, &run, &subjects, earlier)
        }
        return byKey[index]
    }

    /// The number of an account of the runs before, or a new one at the end of its partner's chain.
    private mutating func add(
        _ key: AccountKey, _ activity: NameKey?, _ state: LedgerState, _ run: inout RunContent,
        _ subjects: inout RunSubjects, _ earlier: LogIndex?
    ) throws(IndexProblem) -> UInt32 {
        let record = state.accounts[Int(key.index)]
        let texts = StoredAccount.texts(record, for: activity, in: state.names)
        if let known = try earlier?.number(ofAccount: texts, of: record.partner, state.names) {
            return known
        }
        let number = AccountNumber.number(count, isApproval: activity != nil)
        count += 1
        run.accounts.append((texts, 0))
        subjects.accountPartners.append(record.partner)
        return number
    }
}
