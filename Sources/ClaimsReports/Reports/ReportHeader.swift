package import ClaimsDomain
package import ClaimsLedger
import ClaimsProjections

/// The lines above a report that say what it was computed from: both time axes, always.
package func headerNotes<Value>(_ answer: Answer<Value>) -> [String] {
    let asOf =
        answer.viewpoint.asOf.map { "as of \($0)" }
        ?? (answer.lastSequence == 0
            ? "as of the beginning (nothing is known)"
            : "as of \(answer.moment) (the end of what is known)")
    let knownAt =
        switch answer.viewpoint.knownAt {
        case nil: "known at sequence \(answer.lastSequence) (all of the log)"
        case .sequence(let sequence): "known at sequence \(sequence)"
        case .instant(let instant):
            "known at \(instant) (sequence \(answer.lastSequence))"
        }
    return ["\(asOf), \(knownAt)"]
}

extension Cell {
    /// A text, or missing.
    package static func text(_ text: String?) -> Cell { text.map { Cell.text($0) } ?? .missing }

    /// A sentence, or missing.
    package static func phrase(_ phrase: Phrase?) -> Cell {
        phrase.map { Cell.phrase($0) } ?? .missing
    }

    /// A moment as RFC 3339, or missing.
    package static func moment(_ instant: Instant?) -> Cell { .text(instant?.description) }

    /// A date, or missing.
    package static func day(_ day: Day?) -> Cell { .text(day?.description) }

    /// An amount of a currency; missing without one.
    package static func money(_ minorUnits: Int64, _ currency: Currency?) -> Cell {
        currency.map { .money(minorUnits: minorUnits, fractionDigits: $0.fractionDigits) }
            ?? .missing
    }
}
