import ClaimsReports
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The terminal: answers to standard output, all else to standard error.
enum Console {
    /// Writes an answer.
    ///
    /// Throws when it cannot be written, so that a full disk is not success.
    static func answer(_ text: String) throws { try answer(Array(text.utf8)) }

    /// Writes stored lines as they are.
    static func answer(_ bytes: [UInt8]) throws {
        if let reproduction = Reproduction.current { return reproduction.take(bytes) }
        try write(bytes, to: .standardOutput)
    }

    /// A message for people; control characters in it cannot reach the terminal.
    static func error(_ text: String) {
        // Said when the question was asked first.
        if Reproduction.current != nil { return }
        let safe = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { visibleText(String($0)) }.joined(separator: "\n")
        try? write(Array("\(safe)\n".utf8), to: .standardError)
    }

    /// A remark beside the answer.
    static func note(_ text: String) { error("note: \(text)") }

    /// The width to fit tables into: `COLUMNS` when it is set, else the terminal's; nil when the
    /// output is no terminal.
    static var width: Int? {
        if let reproduction = Reproduction.current { return reproduction.width }
        if let columns = Edge.environment("COLUMNS").flatMap(Int.init), columns > 0 {
            return columns
        }
        guard isatty(STDOUT_FILENO) == 1 else { return nil }
        var size = winsize()
        let status = unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size)
        return status == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    private static func write(_ bytes: [UInt8], to file: FileHandle) throws {
        do {
            try file.write(contentsOf: Data(bytes))
        } catch {
            throw Stop(
                code: Stop.inputOutput,
                message: "error: the answer cannot be written; is the disk full?")
        }
    }
}
