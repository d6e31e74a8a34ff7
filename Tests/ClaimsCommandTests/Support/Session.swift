/// A session with the command line, as people read it: commands and what they answer.
///
/// A line of a session file is one of: a comment (`#`) or a blank line; `$ COMMAND`, run by
/// `/bin/sh`, with further lines after a backslash; `> TEXT` of standard output; `! TEXT` of
/// standard error; `exit: N`, 0 if left out; `file: NAME`, then its content as `< TEXT`.
struct Session: Equatable {
    /// What stands in a session, in its order.
    enum Element: Equatable {
        /// A comment or a blank line, as it stands.
        case remark(String)
        /// A file for the commands that follow.
        case file(name: String, lines: [String])
        /// A command with its expected answer.
        case step(Step)
    }

    /// One command with what it answers.
    struct Step: Equatable {
        /// Its lines, continued ones too.
        var command: [String]
        /// What it answers.
        var answer = Answer()
    }

    /// What a command answers.
    struct Answer: Equatable {
        /// Lines of standard output.
        var output: [String] = []
        /// Lines of standard error.
        var errors: [String] = []
        /// The exit status.
        var status: Int32 = 0
    }

    /// What stands in it.
    var elements: [Element] = []
}

extension Session {
    /// A line that belongs to no element.
    struct OddLine: Error, CustomStringConvertible {
        let number: Int
        let text: String
        var description: String { "line \(number) of the session is odd: '\(text)'" }
    }

    /// Reads a session file.
    init(_ text: String) throws {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        for (index, line) in lines.enumerated() {
            guard take(line) else { throw OddLine(number: index + 1, text: line) }
        }
    }

    private mutating func take(_ line: String) -> Bool {
        if case .step(var step) = elements.last {
            if step.answer == Answer(), step.command.last?.hasSuffix("\\") == true {
                step.command.append(line)
            } else if let text = Self.text(of: line, after: ">") {
                step.answer.output.append(text)
            } else if let text = Self.text(of: line, after: "!") {
                step.answer.errors.append(text)
            } else if line.hasPrefix("exit: "), let status = Int32(line.dropFirst(6)) {
                step.answer.status = status
            } else {
                return begin(line)
            }
            elements[elements.count - 1] = .step(step)
            return true
        }
        if case .file(let name, let lines) = elements.last,
            let text = Self.text(of: line, after: "<")
        {
            elements[elements.count - 1] = .file(name: name, lines: lines + [text])
            return true
        }
        return begin(line)
    }

    private mutating func begin(_ line: String) -> Bool {
        if line.isEmpty || line.hasPrefix("#") {
            elements.append(.remark(line))
        } else if line.hasPrefix("$ ") {
            elements.append(.step(Step(command: [String(line.dropFirst(2))])))
        } else if line.hasPrefix("file: ") {
            elements.append(.file(name: String(line.dropFirst(6)), lines: []))
        } else {
            return false
        }
        return true
    }

    private static func text(of line: String, after mark: String) -> String? {
        if line == mark { return "" }
        return line.hasPrefix("\(mark) ") ? String(line.dropFirst(2)) : nil
    }

    /// The session as a file; reading it gives the same session.
    var text: String {
        elements.flatMap { element -> [String] in
            switch element {
            case .remark(let line): [line]
            case .file(let name, let lines): ["file: \(name)"] + lines.map { Self.marked("<", $0) }
            case .step(let step): Self.lines(of: step)
            }
        }.map { "\($0)\n" }.joined()
    }

    private static func lines(of step: Step) -> [String] {
        let command = ["$ \(step.command[0])"] + step.command.dropFirst()
        let status = step.answer.status == 0 ? [] : ["exit: \(step.answer.status)"]
        return command + step.answer.output.map { marked(">", $0) }
            + step.answer.errors.map { marked("!", $0) } + status
    }

    private static func marked(_ mark: String, _ text: String) -> String {
        text.isEmpty ? mark : "\(mark) \(text)"
    }
}
