package import ClaimsDomain

/// Reads a programme's rules from the text of a program file: checked against the schema table
/// first, like the `data` of an event.
package enum ProgramText {
    /// The rules of a whole text; `zone` gives the start of a day in a named zone.
    package static func program(
        _ bytes: Span<UInt8>, zone: @escaping (Day, String) -> Instant?
    ) throws(LineProblem) -> Program {
        do throws(JSONProblem) {
            var scanner = JSONScanner()
            let slice = try scanner.value(bytes)
            try scanner.end(bytes)
            return try read(slice, bytes, zone)
        } catch {
            throw LineProblem(error)
        }
    }

    private static func read(
        _ slice: JSONSlice, _ bytes: Span<UInt8>, _ zone: @escaping (Day, String) -> Instant?
    ) throws(JSONProblem) -> Program {
        do throws(LineProblem) {
            try FieldCheck.check(
                slice, .object(ProgramSchema.fields), name: "the program", bytes)
        } catch {
            throw JSONProblem(.described(error.what), at: error.offset)
        }
        let node = try JSONNode(slice, in: bytes)
        let program = try ProgramReader(resolving: .named(zone)).program(node)
        try ProgramReader.checkNames(node, of: program)
        return program
    }
}
