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

    /// Writes stored lines as they are; on a terminal without what it would obey.
    static func answer(_ bytes: [UInt8]) throws {
        if let reproduction = Reproduction.current { return reproduction.take(bytes) }
        let isTerminal = isatty(STDOUT_FILENO) == 1
        try write(isTerminal ? terminalBytes(bytes) : bytes, to: .standardOutput)
    }

    /// Writes a text with the marks and colours of `style`, whose data is safe to show.
    static func show(_ text: String) throws { try write(Array(text.utf8), to: .standardOutput) }

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

    /// What a table on standard output may use beside words: nothing where it is no terminal, or
    /// one that says it can do nothing.
    static var style: TextStyle {
        guard Reproduction.current == nil, isatty(STDOUT_FILENO) == 1,
            Edge.environment("TERM") ?? "dumb" != "dumb"
        else { return .plain }
        let names = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { Edge.environment($0) }
        let isUnicode = names.first.map {
            $0.uppercased().replacing("-", with: "").contains("UTF8")
        }
        return .terminal(
            isColoured: Edge.environment("NO_COLOR") == nil, isUnicode: isUnicode ?? false)
    }

    /// Leaves the line of `^C`, where what is to be written would stand on it.
    private static func beginLine(before file: FileHandle) {
        guard isatty(file.fileDescriptor) == 1, Interrupt.takeEcho() else { return }
        let terminal = isatty(STDERR_FILENO) == 1 ? FileHandle.standardError : file
        try? terminal.write(contentsOf: Data("\n".utf8))
    }

    private static func write(_ bytes: [UInt8], to file: FileHandle) throws {
        Ticker.stop()
        beginLine(before: file)
        do {
            try file.write(contentsOf: Data(bytes))
        } catch {
            throw Stop(
                code: Stop.inputOutput,
                message: "error: the answer cannot be written; is the disk full?")
        }
    }
}
