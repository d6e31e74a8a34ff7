import ClaimsDomain

/// Puts the tags of a log together into traces and minds where each element may stand.
struct XESBuilder {
    /// Where the reader is: one entry for each open element.
    private enum Place {
        case log
        case global
        /// An extension or a classifier: told to other tools, not to us.
        case declaration
        case trace
        case event
        case attribute(path: String)
        case list(path: String, count: Int)

        var name: String {
            switch self {
            case .log: "log"
            case .global: "global"
            case .declaration: "extension"
            case .trace: "trace"
            case .event: "event"
            case .attribute: "container"
            case .list: "list"
            }
        }
    }

    /// Who owns the attributes that come next.
    private enum Owner { case log, traceDefaults, eventDefaults, trace, event }

    private(set) var summary = XESSummary()
    private let usesDefaults: Bool
    private var places: [Place] = []
    private var owner = Owner.log
    private var traceDefaults = XESAttributes()
    private var eventDefaults = XESAttributes()
    private var trace: XESTrace?
    private var event: XESEvent?

    /// A builder at the start of a log.
    init(usesDefaults: Bool) { self.usesDefaults = usesDefaults }

    /// Takes a start tag; what is wrong with it, or nil.
    mutating func start(_ tag: XMLTag) -> XESFault.Problem? {
        guard let parent = places.last else {
            guard tag.name == "log" else { return .notXES(root: tag.name) }
            places.append(.log)
            return nil
        }
        if let type = XESType(rawValue: tag.name) { return attribute(tag, type, in: parent) }
        switch (tag.name, parent) {
        case ("extension", .log), ("classifier", .log): places.append(.declaration)
        case ("global", .log): return global(tag)
        case ("trace", .log):
            summary.traces += 1
            trace = XESTrace(
                attributes: XESAttributes(), events: [], ordinal: summary.traces, line: tag.line)
            owner = .trace
            places.append(.trace)
        case ("event", .log), ("event", .trace):
            event = XESEvent(
                attributes: XESAttributes(), ordinal: (trace?.events.count ?? 0) + 1,
                line: tag.line)
            owner = .event
            places.append(.event)
        case ("values", .list): places.append(parent)
        default:
            return .unexpectedElement(
                tag.name, inside: parent.name,
                nearest: NearestName.suggestion(for: tag.name, among: Self.elements))
        }
        return nil
    }

    /// Takes the end of the innermost element; the trace when that completes one.
    mutating func end() -> XESTrace? {
        guard let place = places.popLast() else { return nil }
        switch place {
        case .attribute, .list, .declaration, .log: return nil
        case .global:
            owner = .log
            return nil
        case .event:
            endEvent()
            return nil
        case .trace:
            owner = .log
            defer { trace = nil }
            if usesDefaults { trace?.attributes.fill(from: traceDefaults) }
            return trace
        }
    }

    private mutating func endEvent() {
        defer { event = nil }
        owner = trace == nil ? .log : .trace
        guard var event, trace != nil else {
            summary.looseEvents += 1
            return
        }
        if usesDefaults { event.attributes.fill(from: eventDefaults) }
        trace?.events.append(event)
        summary.events += 1
    }

    private mutating func global(_ tag: XMLTag) -> XESFault.Problem? {
        // IEEE 1849: without a scope, events are meant.
        let scope = tag["scope"] ?? "event"
        guard scope == "trace" || scope == "event" else {
            return .badAttribute("scope", found: scope, expected: "'trace' or 'event'")
        }
        owner = scope == "trace" ? .traceDefaults : .eventDefaults
        places.append(.global)
        return nil
    }

    private mutating func attribute(
        _ tag: XMLTag, _ type: XESType, in parent: Place
    ) -> XESFault.Problem? {
        guard let key = tag["key"] else { return .missingAttribute("key", element: tag.name) }
        let holdsOthers = type == .list || type == .container
        guard let text = tag["value"] ?? (holdsOthers ? "" : nil) else {
            return .missingAttribute("value", element: tag.name)
        }
        let path: String
        switch parent {
        case .declaration:
            return .unexpectedElement(tag.name, inside: parent.name, nearest: nil)
        case .log, .global, .trace, .event: path = key
        case .attribute(let outer): path = "\(outer)/\(key)"
        case .list(let outer, let count):
            places[places.count - 1] = .list(path: outer, count: count + 1)
            path = "\(outer)[\(count + 1)]/\(key)"
        }
        places.append(type == .list ? .list(path: path, count: 0) : .attribute(path: path))
        return keep(XESValue(type: type, text: text), path)
    }

    private mutating func keep(_ value: XESValue, _ path: String) -> XESFault.Problem? {
        switch owner {
        case .log: return nil
        // A declaration made twice counts as made first: exporters do that.
        case .traceDefaults: _ = traceDefaults.add(value, for: path)
        case .eventDefaults: _ = eventDefaults.add(value, for: path)
        case .trace:
            if trace?.attributes.add(value, for: path) == false {
                return .attributeTwice(path, inside: "trace")
            }
        case .event:
            if event?.attributes.add(value, for: path) == false {
                return .attributeTwice(path, inside: "event")
            }
        }
        return nil
    }

    private static let elements =
        ["log", "extension", "global", "classifier", "trace", "event", "values"]
        + XESType.allCases.map(\.rawValue)
}
