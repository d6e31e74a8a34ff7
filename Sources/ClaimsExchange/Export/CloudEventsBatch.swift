package import ClaimsLedger
package import ClaimsProjections

/// Exports stored events as one JSON array: the CloudEvents batch format
/// (`application/cloudevents-batch+json`).
///
/// Each event stands in it as it stands in the log, byte for byte, on a line of its own.
package struct CloudEventsBatch {
    private let selection: Selection

    /// A batch of the events that a selection admits.
    package init(selection: Selection = Selection()) { self.selection = selection }

    /// Writes the batch as of a viewpoint.
    package func write(
        _ ledger: Ledger, at viewpoint: Viewpoint, to output: ExportOutput
    ) throws -> Answer<Int> {
        var separator = "[\n"
        let answer = try ledger.lines(selection, at: viewpoint) { line in
            try output.write(separator)
            try output.write(line)
            separator = ",\n"
        }
        try output.write(answer.value == 0 ? "[]\n" : "\n]\n")
        try output.finish()
        return answer
    }
}
