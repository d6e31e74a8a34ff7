public import ClaimsDomain

/// What a difference is about.
public enum DifferenceKind: String, Sendable, CaseIterable {
    case association, claim, fund, program
}

/// What stands in a field.
public enum DifferenceValue: Equatable, Sendable {
    case text(String)
    case count(Int64)
    /// Minor units of a currency.
    case amount(Int64, Currency)

    /// A value as it compares with another: where there is nothing, nothing of its kind, and no
    /// money is no money of its currency.
    static func comparable(
        _ value: DifferenceValue?, _ other: DifferenceValue?
    ) -> DifferenceValue? {
        guard let value else { return other?.blank }
        if case .amount(0, _) = value, case .amount? = other { return other?.blank }
        return value
    }

    /// Whether nothing changed; no money is the same in every currency.
    static func isSame(_ left: DifferenceValue?, _ right: DifferenceValue?) -> Bool {
        if case .amount(0, _) = left, case .amount(0, _) = right { return true }
        return left == right
    }

    /// What stands there before there is anything: no money, no events, no text.
    var blank: DifferenceValue? {
        switch self {
        case .text: nil
        case .count: .count(0)
        case .amount(_, let currency): .amount(0, currency)
        }
    }
}

/// Why something changed.
public enum DifferenceCause: String, Sendable, CaseIterable {
    /// Events did it.
    case event
    /// The claim deadline passed, which no event says; events may have had a part in it.
    case deadline
}

/// One field that has another value at the second point than at the first.
public struct DifferenceRow: Equatable, Sendable {
    /// What kind of thing changed.
    public let kind: DifferenceKind
    /// Its id; the four parts of a fund account.
    public let subject: String
    /// The field or bucket.
    public let field: String
    /// What stood there; nil for nothing.
    public let from: DifferenceValue?
    /// What stands there; nil for nothing.
    public let to: DifferenceValue?
    /// Sequences of the events that are there at one point only and touched it.
    public let events: [Int64]
    /// Why it changed.
    public let cause: DifferenceCause

    /// By how much an amount or a count changed; nil for texts, and for amounts of two currencies.
    public var difference: DifferenceValue? {
        switch (from, to) {
        case (.count(let from), .count(let to)): .count(to &- from)
        case (.amount(let from, let currency), .amount(let to, let same)) where currency == same:
            .amount(to &- from, currency)
        default: nil
        }
    }
}

/// What changed between two points, and by which events.
public struct LedgerDifference: Sendable {
    /// By kind, subject and field.
    public let rows: [DifferenceRow]

    /// The difference of two replays; `selection` limits by programme, partner, period and claim.
    ///
    /// What fits it at one of the two points is compared. O(claims and accounts, sorted).
    package init(
        from: DifferenceSide, to: DifferenceSide, selection: Selection = Selection()
    ) {
        let calendar = DifferenceCalendar(from: from.replay, to: to.replay)
        let events = DifferenceNotes.events(from: from, to: to)
        let (old, new) = (Self.items(of: from.replay), Self.items(of: to.replay))
        rows = Set(old.keys).union(new.keys)
            .filter { key in
                [old[key], new[key]].contains { $0?.isAdmitted(by: selection) ?? false }
            }
            .flatMap { Self.rows($0, old[$0], new[$0], calendar, events) }
            .sorted {
                ($0.kind.rawValue, $0.subject, $0.field) < ($1.kind.rawValue, $1.subject, $1.field)
            }
    }

    private static func items(of replay: Replay) -> [DifferenceItem.Key: DifferenceItem] {
        var items: [DifferenceItem.Key: DifferenceItem] = [:]
        for item in DifferenceItem.all(in: replay) { items[item.key] = item }
        return items
    }

    private static func rows(
        _ key: DifferenceItem.Key, _ old: DifferenceItem?, _ new: DifferenceItem?,
        _ calendar: DifferenceCalendar, _ events: [DifferenceNotes.Key: [Int64]]
    ) -> [DifferenceRow] {
        guard let shape = new ?? old else { return [] }
        return shape.fields.indices.compactMap { index in
            let field = shape.fields[index].name
            var (from, to) = (old?.fields[index].value, new?.fields[index].value)
            if old == nil { from = shape.fields[index].absent }
            if new == nil { to = shape.fields[index].absent }
            (from, to) = (
                DifferenceValue.comparable(from, to), DifferenceValue.comparable(to, from)
            )
            guard !DifferenceValue.isSame(from, to) else { return nil }
            let noted = DifferenceNotes.Key(
                kind: key.kind, subject: key.subject, field: key.kind == .fund ? field : nil)
            var behind = events[noted] ?? []
            var cause = DifferenceCause.event
            if DifferenceItem.isDerived(field, of: key.kind, old, new) {
                switch calendar.flip(old, new) {
                case .none: break
                case .byDate: cause = .deadline
                case .byRules(let program):
                    let published = DifferenceNotes.Key(
                        kind: .program, subject: program.text, field: nil)
                    behind = Set(behind + (events[published] ?? [])).sorted()
                }
            }
            return DifferenceRow(
                kind: key.kind, subject: key.subject, field: field, from: from, to: to,
                events: behind, cause: cause)
        }
    }
}

/// One of the two points that are compared.
package struct DifferenceSide {
    package let replay: Replay
    /// The events that the other point does not have.
    package let notes: DifferenceNotes

    package init(replay: Replay, notes: DifferenceNotes) {
        self.replay = replay
        self.notes = notes
    }
}
