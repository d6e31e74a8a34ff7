import ClaimsCodec
import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// Exports the ledger as an object-centric event log (OCEL 2.0, JSON).
///
/// Objects are programs, partners, funds, claims, associations, evidence and payments, with the
/// relations between them; every event names the objects it touched. One pass over the ledger:
/// events are written as they come, what belongs to one object is gathered in a temporary file.
package struct OCELExport {
    private let selection: Selection

    /// A log of the events that a selection admits, and of the objects that those touch.
    package init(selection: Selection = Selection()) { self.selection = selection }

    /// Writes the log as of a viewpoint.
    package func write(
        _ ledger: Ledger, at viewpoint: Viewpoint, to output: ExportOutput
    ) throws -> Answer<Replay> {
        var head = JSONWriter()
        head.types(OCELText.ObjectType.allCases.map { ($0.rawValue, $0.attributes) })
        try output.write("{\"objectTypes\":")
        try output.write(head.finish())
        var kinds = JSONWriter()
        kinds.types(EventKind.allCases.map { ($0.rawValue, OCELText.eventAttributes) })
        try output.write(",\n\"eventTypes\":")
        try output.write(kinds.finish())
        try output.write(",\n\"events\":[")
        let run = OCELRun(output)
        let answer = try ledger.events(selection, at: viewpoint) { state, fact, bytes in
            try run.take(state, fact, bytes)
        }
        try output.write("\n],\"objects\":[")
        try run.finish(answer.value)
        try output.write("\n]}\n")
        try output.finish()
        return answer
    }
}
