package import ClaimsDomain

/// One line as it was scanned: its fact, its identity and where it stands.
///
/// The fact's keys are those of the `LineTables` it was read with; its `program` is the text of
/// its source, its `partner` none.
package struct ScannedEvent: Sendable {
    package var fact = Fact(kind: .programPublished)
    package var identity = EventIdentity(text: .none)
    /// The bytes of the line in its chunk, without the line feed.
    package var start: Int32 = 0
    package var end: Int32 = 0

    init(start: Int = 0) { self.start = Int32(start) }
}

/// What a line is beside its fact.
enum ScannedLineKind {
    case event
    /// An event, with the whole rule set of a `program.published`.
    case rules(Program)
    /// An event of a type this version does not know, passed over on request.
    case unknown(type: String)
}
