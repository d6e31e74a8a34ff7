import ArgumentParser
import ClaimsDomain

/// What ArgumentParser says of wrong usage, in the layout of all our errors.
enum UsageError {
    /// The message of a parse error: `error:` first, what is expected below, the way out last.
    static func text(_ error: any Error) -> String {
        var lines: [String] = []
        for line in Claims.fullMessage(for: error).split(separator: "\n") {
            if let rest = line.rest(after: "Error: ") {
                lines.append("error: \(lowerCased(rest))")
            } else if let rest = line.rest(after: "Help:  ") {
                lines.append("  expected: \(rest)")
            } else if let rest = line.rest(after: "Usage: ") {
                lines.append("  usage: \(rest)")
            } else if let rest = line.rest(after: "  See '") {
                lines.append("  fix: see '\(rest.prefix { $0 != "'" })'")
            } else {
                lines.append(String(line))
            }
        }
        if let hint = commandHint(lines[0]) { lines[lines.count - 1] = hint }
        return lines.joined(separator: "\n")
    }

    /// The command that was most likely meant by one that does not exist.
    private static func commandHint(_ line: String) -> String? {
        let parts = line.split(separator: "'", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "error: unexpected argument " else { return nil }
        let groups = Claims.configuration.groupedSubcommands.flatMap(\.subcommands)
        let names = (Claims.configuration.subcommands + groups)
            .compactMap { command in command.configuration.commandName }
        return NearestName.suggestion(for: String(parts[1]), among: names)
            .map { "  fix: did you mean 'claims \($0)'?" }
    }

    /// Without a capital and a full stop, but for names and options.
    private static func lowerCased(_ text: Substring) -> String {
        let text = text.hasSuffix(".") ? text.dropLast() : text
        guard let first = text.first, text.dropFirst().first?.isLowercase ?? false else {
            return String(text)
        }
        return (first.lowercased() + text.dropFirst())
            .replacing(". Please provide one of", with: "; expected one of")
    }
}

extension Substring {
    /// What follows a beginning; nil when it begins otherwise.
    fileprivate func rest(after start: String) -> Substring? {
        hasPrefix(start) ? dropFirst(start.count) : nil
    }
}
