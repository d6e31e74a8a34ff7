import ClaimsDomain

/// The last event of each claim, association, file, invoice and partner, and the last account of
/// each partner, by the keys of one fold.
struct SubjectChains {
    /// By kind and key; 0 where none was noted yet.
    private var lasts: [[UInt32]] = SubjectKind.allCases.map { _ in [] }
    /// What the present run has events of, in the order first seen.
    private var touched: [(kind: SubjectKind, key: NameKey)] = []

    /// Sets the last event of a subject and returns the one before it, 0 for none.
    ///
    /// O(1), or a look-up in the runs before for a subject not seen in this fold.
    mutating func chain(
        _ kind: SubjectKind, _ key: NameKey, to sequence: UInt32, runFirst: Int64,
        _ names: NameTable, _ earlier: LogIndex?
    ) throws(IndexProblem) -> UInt32 {
        let place = kind.place
        let index = Int(key.index)
        if lasts[place].count <= index {
            lasts[place] += repeatElement(
                0, count: max(index + 1, names.count) - lasts[place].count)
        }
        var previous = lasts[place][index]
        if previous == 0, let earlier {
            let hash = names.withBytes(of: key) { WordHash.hash($0, seed: kind.rawValue) }
            previous = UInt32(try earlier.lastSequence(ofHash: hash) ?? 0)
        }
        lasts[place][index] = sequence
        if Int64(previous) < runFirst { touched.append((kind, key)) }
        return previous
    }

    /// The look-up rows of the run that ends, and the begin of the next.
    mutating func endRun(_ state: LedgerState) -> [(hash: UInt64, number: UInt32)] {
        let rows = touched.map { subject in
            let names = subject.kind.isOfDocuments ? state.documentNames.table : state.names
            let hash = names.withBytes(of: subject.key) {
                WordHash.hash($0, seed: subject.kind.rawValue)
            }
            return (hash, lasts[subject.kind.place][Int(subject.key.index)])
        }
        touched.removeAll(keepingCapacity: true)
        return rows
    }
}

extension SubjectKind {
    /// Whether its keys are those of names of documents.
    fileprivate var isOfDocuments: Bool { self == .file || self == .invoice }

    fileprivate var place: Int {
        switch self {
        case .claim: 0
        case .association: 1
        case .file: 2
        case .invoice: 3
        case .partner: 4
        case .partnerEvents: 5
        case .itemised: 6
        }
    }
}

/// A claim or an association as it is first named: what suggestions and listings need.
struct StoredName {
    var kind: SubjectKind
    /// Of its first event.
    var sequence: UInt32
    var time: Int64

    func write(_ names: NameTable, _ key: NameKey, to bytes: inout [UInt8]) {
        var writer = ColumnWriter()
        writer.put(UInt8(kind.rawValue))
        writer.put(sequence)
        writer.put(time)
        names.withBytes(of: key) { writer.put(text: $0) }
        bytes += writer.bytes
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
    /// By the key of the account and behind it that of the activity.
    private var byApproval: [UInt64: UInt32] = [:]

    /// `count`: the accounts of the runs before.
    init(count: UInt32) { self.count = count }

    /// The number of an account, or of what is approved of it for an activity.
    mutating func number(
        of key: AccountKey, for activity: NameKey?, in state: LedgerState, _ run: inout RunContent,
        _ chains: inout SubjectChains, _ earlier: LogIndex?
    ) throws(IndexProblem) -> UInt32 {
        if let activity {
            let approval = UInt64(UInt32(bitPattern: key.index)) << 32 | UInt64(activity.index)
            if let number = byApproval[approval] { return number }
            let number = try add(key, activity, state, &run, &chains, earlier)
            byApproval[approval] = number
            return number
        }
        let index = Int(key.index)
        while byKey.count <= index { byKey.append(.max) }
        if byKey[index] == .max {
            byKey[index] = try add(key, nil, state, &run, &chains, earlier)
        }
        return byKey[index]
    }

    /// The number of an account of the runs before, or a new one at the end of its partner's chain.
    private mutating func add(
        _ key: AccountKey, _ activity: NameKey?, _ state: LedgerState, _ run: inout RunContent,
        _ chains: inout SubjectChains, _ earlier: LogIndex?
    ) throws(IndexProblem) -> UInt32 {
        let record = state.accounts[Int(key.index)]
        let texts = StoredAccount.texts(record, for: activity, in: state.names)
        if let known = try earlier?.number(ofAccount: texts, of: record.partner, state.names) {
            return known
        }
        let number = AccountNumber.number(count, isApproval: activity != nil)
        count += 1
        let previous = try chains.chain(
            .partner, record.partner, to: count, runFirst: run.accountsBefore + 1, state.names,
            earlier)
        run.accounts.append((texts, previous))
        return number
    }
}
