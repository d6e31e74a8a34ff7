/// The id of one kind of thing, so that ids of different things do not mix.
public struct Identifier<Subject>: Hashable, Sendable {
    /// The id as written.
    public let text: String

    /// An id that was read from the log or is looked up: any text.
    public init(_ text: String) { self.text = text }
}

extension Identifier: Comparable, CustomStringConvertible {
    /// By Unicode scalar values, the same on every machine.
    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }

    /// The id as written.
    public var description: String { text }
}

/// An incentive programme that partners enrol in.
public enum ProgramSubject {}
/// A company that takes part, or one of its enrolled locations.
public enum PartnerSubject {}
/// A claim for the cost of one activity.
public enum ClaimSubject {}
/// A claimed-partner-of-record association.
public enum AssociationSubject {}
/// A usage period of a programme, by its label.
public enum PeriodSubject {}
/// An activity of a programme's catalogue.
public enum ActivitySubject {}
/// One event of the log, together with its source.
public enum EventSubject {}
/// One attached document of a claim.
public enum EvidenceSubject {}

/// The id of a programme, such as `csp-indirect`.
public typealias ProgramID = Identifier<ProgramSubject>
/// The id of a partner, such as `4567890`.
public typealias PartnerID = Identifier<PartnerSubject>
/// The id of a claim, such as `CLM-1042`.
public typealias ClaimID = Identifier<ClaimSubject>
/// The id of an association, such as `ASC-7`.
public typealias AssociationID = Identifier<AssociationSubject>
/// The label of a usage period, such as `FY20-H2`.
public typealias PeriodLabel = Identifier<PeriodSubject>
/// The id of an activity, such as `print-advertising`.
public typealias ActivityID = Identifier<ActivitySubject>
/// The id of an event, unique with its source.
public typealias EventID = Identifier<EventSubject>
/// The id of a document within its claim, such as `EV-1`.
public typealias EvidenceID = Identifier<EvidenceSubject>

/// Why a text may not become a new id.
public struct IdentifierError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What the id would name, such as `claim`.
    public let kind: String
    /// The text.
    public let text: String

    /// What was found and what was expected.
    public var description: String {
        """
        \(kind) id '\(text)' has characters an id may not have; expected 1 to \
        \(IdentifierRule.largestBytes) letters, digits or any of . _ : - after a letter or digit
        """
    }
}

/// What a new id may look like.
///
/// History is not held to it: what is in the log keeps its name.
public enum IdentifierRule {
    /// Short enough to stand in a table, a file name and a shell line.
    public static let largestBytes = 64

    /// The id, checked; `kind` names it in the error.
    public static func check<Subject>(
        _ text: String, kind: String
    ) throws(IdentifierError) -> Identifier<Subject> {
        let bytes = Array(text.utf8)
        let fits = (1...largestBytes).contains(bytes.count) && isAlphanumeric(bytes[0])
        guard fits, bytes.allSatisfy({ isAlphanumeric($0) || "._:-".utf8.contains($0) }) else {
            throw IdentifierError(kind: kind, text: text)
        }
        return Identifier(text)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}
