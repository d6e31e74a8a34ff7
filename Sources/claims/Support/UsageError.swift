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
        if let hint = commandHint(lines) { lines[lines.count - 1] = hint }
        return lines.joined(separator: "\n")
    }

    /// The command that was most likely meant by one that does not exist.
    private static func commandHint(_ lines: [String]) -> String? {
        let parts = lines[0].split(separator: "'", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "error: unexpected argument " else { return nil }
        let usage = lines.first { $0.hasPrefix("  usage: ") } ?? ""
        // The commands that were understood, between the program's name and what is wanted next.
        let path = usage.split(separator: " ").dropFirst(2).prefix { !$0.hasPrefix("<") }
        var command: any ParsableCommand.Type = Claims.self
        for name in path {
            let next = subcommands(of: command).first {
                $0.configuration.commandName == String(name)
            }
            guard let next else { return nil }
            command = next
        }
        let names = subcommands(of: command).compactMap { $0.configuration.commandName }
        let place = path.map { "\($0) " }.joined()
        return NearestName.suggestion(for: String(parts[1]), among: names)
            .map { "  fix: did you mean 'claims \(place)\($0)'?" }
    }

    private static func subcommands(
        of command: any ParsableCommand.Type
    ) -> [any ParsableCommand.Type] {
        let configuration = command.configuration
        return configuration.subcommands
            + configuration.groupedSubcommands.flatMap(\.subcommands)
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
