import ClaimsDomain

/// A text with references to attributes: `${KEY}` looks in the event and then in the trace,
/// `${event:KEY}` and `${trace:KEY}` in that one alone; `$${` stands for `${` itself.
package struct XESTemplate: Equatable, Sendable {
    /// A piece of the text.
    package enum Part: Equatable, Sendable {
        case literal(String)
        case reference(Scope, key: String)
    }

    /// Whose attribute is meant.
    package enum Scope: Equatable, Sendable { case eventOrTrace, event, trace }

    /// Why there is no text.
    package enum Problem: Error, Equatable, Sendable, CustomStringConvertible {
        case missing(Scope, key: String)
        case notInTable(String)

        /// What is missing.
        package var description: String {
            switch self {
            case .missing(.trace, let key): "the trace has no attribute '\(key)'"
            case .missing(.event, let key): "the event has no attribute '\(key)'"
            case .missing(.eventOrTrace, let key):
                "neither the event nor its trace has an attribute '\(key)'"
            case .notInTable(let text): "the mapping's table has no entry for '\(text)'"
            }
        }
    }

    package let parts: [Part]
    /// What each text stands for; nil when it stands for itself.
    package let table: [String: String]?
    /// What counts when a reference finds nothing or an empty text, or the table has no entry.
    package let otherwise: String?

    /// A template with its table and what counts otherwise.
    package init(parts: [Part], table: [String: String]? = nil, otherwise: String? = nil) {
        self.parts = parts
        self.table = table
        self.otherwise = otherwise
    }

    /// The text for an event of a trace.
    package func text(_ event: XESEvent, of trace: XESTrace) throws(Problem) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .literal(let literal): text += literal
            case .reference(let scope, let key):
                guard let value = Self.value(scope, key, event, trace) else {
                    if let otherwise { return otherwise }
                    throw .missing(scope, key: key)
                }
                text += value
            }
        }
        guard let table else { return text }
        guard let entry = table[text] ?? otherwise else { throw .notInTable(text) }
        return entry
    }

    private static func value(
        _ scope: Scope, _ key: String, _ event: XESEvent, _ trace: XESTrace
    ) -> String? {
        let value =
            switch scope {
            case .event: event.attributes[key]
            case .trace: trace.attributes[key]
            case .eventOrTrace: event.attributes[key] ?? trace.attributes[key]
            }
        guard let value, !value.text.isEmpty else { return nil }
        return value.text
    }
}

extension XESTemplate {
    /// Reads a template; nil when a reference is not closed or names nothing.
    package init?(_ text: String) {
        guard let parts = Self.parts(of: text) else { return nil }
        self.init(parts: parts)
    }

    /// The pieces of a text; nil when a reference is not closed or names nothing.
    static func parts(of text: String) -> [Part]? {
        var parts: [Part] = []
        var literal = ""
        var rest = text[...]
        while !rest.isEmpty {
            if rest.hasPrefix("$${") {
                literal += "${"
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("${") {
                guard let end = rest.firstIndex(of: "}") else { return nil }
                let (scope, key) = reference(rest[..<end].dropFirst(2))
                guard !key.isEmpty else { return nil }
                if !literal.isEmpty { parts.append(.literal(literal)) }
                literal = ""
                parts.append(.reference(scope, key: key))
                rest = rest[rest.index(after: end)...]
            } else {
                literal.append(rest.removeFirst())
            }
        }
        if !literal.isEmpty || parts.isEmpty { parts.append(.literal(literal)) }
        return parts
    }

    private static func reference(_ text: Substring) -> (Scope, key: String) {
        for (prefix, scope) in [("trace:", Scope.trace), ("event:", Scope.event)]
        where text.hasPrefix(prefix) {
            return (scope, String(text.dropFirst(prefix.count)))
        }
        return (.eventOrTrace, String(text))
    }
}
