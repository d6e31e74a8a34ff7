package import ClaimsDomain

/// Which attribute of a log means what, and which ledger events each of its activities becomes.
///
/// Everything an import needs to know about a log is in its mapping; nothing is guessed.
package struct XESMapping: Equatable, Sendable {
    /// Whether the log's `<global>` values stand in for missing attributes.
    package var usesGlobalDefaults: Bool
    /// Programs to publish before the import where the ledger has no such version.
    package var programs: [Program]
    package var claim: ClaimFields
    package var event: EventFields
    /// By the text of `event.activity`.
    package var activities: [String: Outcome]
    /// Why an event whose activity the mapping does not name is ignored; nil where it says nothing
    /// of those.
    package var otherwise: String?

    /// What is said once of a claim: read at its first event in time.
    package struct ClaimFields: Equatable, Sendable {
        package var id: XESTemplate
        package var program: XESTemplate
        package var partner: XESTemplate
        /// Nil: the usage period of the program's calendar in which the first event falls.
        package var period: XESTemplate?
        /// The activity of the program's catalogue.
        package var activity: XESTemplate
        /// A decimal of any precision; a mapping for a log without amounts says `"0"`.
        package var amount: XESTemplate
        package var currency: XESTemplate
        package var rounding: Rounding
        /// Nil: the day of the first event in the program's zone.
        package var activityDate: XESTemplate?
        package var title: XESTemplate?
        package var location: XESTemplate?
    }

    /// What is said of every event.
    package struct EventFields: Equatable, Sendable {
        /// The text that `activities` is looked up by.
        package var activity: XESTemplate
        package var time: XESTemplate
        package var actor: XESTemplate
        package var actorKind: XESTemplate
        package var role: XESTemplate?
    }

    /// What becomes of an event.
    package enum Outcome: Equatable, Sendable {
        case steps([Step])
        /// Listed with this reason.
        case ignored(reason: String)
    }

    /// One ledger event of the several that an XES event may become.
    package struct Step: Equatable, Sendable {
        package var kind: EventKind
        package var condition: Condition
        /// The fields of `data` that differ from what the claim gives.
        package var fields: [FieldTemplate.Member]
    }

    /// When a step is taken.
    package enum Condition: String, Equatable, Sendable, CaseIterable {
        case always
        case ifClaim
        case ifNoClaim
    }
}

/// The value of a field of `data`, with templates for its texts and numbers.
package indirect enum FieldTemplate: Equatable, Sendable {
    /// How the text of a template is written.
    package enum Form: Equatable, Sendable {
        case text
        case whole
        case flag
        /// A date, or a moment whose day in the program's zone is meant.
        case day
        /// A decimal amount, written as `amountMinor` of the currency beside it.
        case amount
    }

    case value(XESTemplate, Form)
    case object([Member])
    case list([FieldTemplate])

    /// A field by its name on the wire.
    package struct Member: Equatable, Sendable {
        package var name: String
        /// Without it the event cannot be written: then an attribute that is missing is told.
        package var isRequired: Bool
        package var value: FieldTemplate
    }
}
