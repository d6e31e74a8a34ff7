package import ClaimsDomain

/// The events of one point that another does not have, by what they touched; to be fed with every
/// fact of a replay.
package struct DifferenceNotes {
    /// What an event touched: a thing, or one bucket of a fund account.
    package struct Key: Hashable {
        let kind: DifferenceKind
        let subject: String
        /// The bucket of a fund account.
        let field: String?
    }

    private struct Touched: Hashable {
        let account: AccountKey
        let bucket: Bucket
    }

    private struct Move: Hashable {
        let from: Bucket
        let to: Bucket
    }

    private let other: Viewpoint
    private var subjects: [EventKind.SubjectKind: [NameKey: [Int64]]] = [:]
    private var buckets: [Touched: [Int64]] = [:]
    private var bucketsOfMove: [Move: [Bucket]] = [:]
    /// Claims whose history goes back in time: an event that both points have stands after one that
    /// the other lacks, and may move other money there.
    private var reordered: Set<NameKey> = []

    /// Nothing noted yet; what `other` has as well is passed over.
    package init(besides other: Viewpoint) { self.other = other }

    /// Takes note of a fact that `state` has just applied.
    package mutating func note(_ fact: Fact, in state: LedgerState) {
        let kind = fact.kind.subjectKind
        if !(other.knows(fact) && other.includes(fact)) {
            subjects[kind, default: [:]][fact.subject, default: []].append(fact.sequence)
            for posting in state.lastPostings { note(posting, by: fact.sequence) }
        } else if kind == .claim, subjects[.claim]?[fact.subject] != nil {
            reordered.insert(fact.subject)
        }
    }

    private mutating func note(_ posting: Posting, by sequence: Int64) {
        let move = Move(from: posting.from, to: posting.to)
        let touched =
            bucketsOfMove[move]
            ?? Bucket.allCases.filter { bucket in
                // Expiry is computed from what is available.
                let counted = bucket == .expired ? Bucket.available : bucket
                return counted.change(by: 1, from: move.from, to: move.to) != 0
            }
        bucketsOfMove[move] = touched
        for bucket in touched {
            buckets[Touched(account: posting.account, bucket: bucket), default: []].append(sequence)
        }
    }

    /// The sequences by what they touched, in the names of the replay that was followed.
    fileprivate func events(in state: LedgerState) -> [Key: [Int64]] {
        var events: [Key: [Int64]] = [:]
        for (subjectKind, sequences) in subjects {
            guard let kind = DifferenceKind(subjectKind) else { continue }
            for (subject, sequences) in sequences {
                let key = Key(kind: kind, subject: state.names.text(subject), field: nil)
                events[key] = sequences
            }
        }
        for (touched, sequences) in buckets {
            let key = Key(
                kind: .fund, subject: state.account(touched.account).description,
                field: touched.bucket.rawValue)
            events[key] = Set(sequences).sorted()
        }
        return events
    }

    fileprivate func reorderedClaims(in state: LedgerState) -> Set<ClaimID> {
        Set(reordered.map { ClaimID(state.names.text($0)) })
    }
}

extension DifferenceNotes {
    /// The events that one of two points has and the other lacks, by what they touched.
    ///
    /// O(events of the difference).
    static func events(from: DifferenceSide, to: DifferenceSide) -> [Key: [Int64]] {
        var events = from.notes.events(in: from.replay.state)
        events.merge(to.notes.events(in: to.replay.state), uniquingKeysWith: merged)
        let reordered = from.notes.reorderedClaims(in: from.replay.state)
            .union(to.notes.reorderedClaims(in: to.replay.state))
        for claim in reordered {
            let behind = events[Key(kind: .claim, subject: claim.text, field: nil)] ?? []
            let (old, new) = (from.replay.state.held(by: claim), to.replay.state.held(by: claim))
            for account in Set(old.keys).union(new.keys) {
                let (before, after) = (old[account] ?? Held(), new[account] ?? Held())
                for bucket in before.buckets(unlike: after) {
                    let key = Key(
                        kind: .fund, subject: account.description, field: bucket.rawValue)
                    events[key] = merged(events[key] ?? [], behind)
                }
            }
        }
        return events
    }

    private static func merged(_ left: [Int64], _ right: [Int64]) -> [Int64] {
        Set(left + right).sorted()
    }
}

/// What a claim holds of an account.
private struct Held {
    var reserved: Int64 = 0
    var approved: Int64 = 0
    var paid: Int64 = 0

    /// The buckets of the account that it changes by holding something else.
    func buckets(unlike other: Held) -> [Bucket] {
        var buckets: [Bucket] = []
        if reserved != other.reserved { buckets.append(.reserved) }
        if approved != other.approved { buckets.append(.approved) }
        if paid != other.paid { buckets.append(.paid) }
        if approved &- paid != other.approved &- other.paid { buckets.append(.due) }
        if reserved &+ approved != other.reserved &+ other.approved {
            buckets += [.claimed, .available, .expired]
        }
        return buckets
    }
}

extension LedgerState {
    fileprivate func held(by claim: ClaimID) -> [FundAccount: Held] {
        guard let record = self.claim(claim), let key = record.holding else { return [:] }
        return [
            account(key): Held(
                reserved: record.reserved, approved: record.approved, paid: record.paid)
        ]
    }
}

extension DifferenceKind {
    /// The kind of thing that events on such a subject change as a whole; nil for those that
    /// change accounts by their postings only.
    fileprivate init?(_ subject: EventKind.SubjectKind) {
        switch subject {
        case .program: self = .program
        case .claim: self = .claim
        case .association: self = .association
        case .partner, .period: return nil
        }
    }
}
