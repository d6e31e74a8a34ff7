package import ClaimsDomain

/// The types of attributes of XES (IEEE 1849-2016).
package enum XESType: String, Sendable, CaseIterable {
    case string, date, int, float, boolean, id, list, container
}

/// The value of an attribute, as text exactly as it was written.
package struct XESValue: Equatable, Sendable {
    package let type: XESType
    /// Empty for a list or a container.
    package let text: String
    /// Whether the log's `<global>` declaration gave it, not the trace or event itself.
    package let isDefault: Bool

    /// A value as it was written.
    package init(type: XESType, text: String, isDefault: Bool = false) {
        self.type = type
        self.text = text
        self.isDefault = isDefault
    }

    /// The moment of a date; nil when the text is no RFC 3339 time with a zone.
    package var instant: Instant? { Instant(text) }
}

/// The attributes of a trace or an event by key.
///
/// A nested attribute's key is its path: `parent/child`, and `parent[1]/child` for the first
/// element of a list.
package struct XESAttributes: Equatable, Sendable {
    private var values: [String: XESValue] = [:]

    /// No attributes.
    package init() {}

    /// The value of a key.
    package subscript(key: String) -> XESValue? { values[key] }

    /// All keys, sorted.
    package var keys: [String] { values.keys.sorted() }

    /// Keeps a value; false when another value stands there already.
    package mutating func add(_ value: XESValue, for key: String) -> Bool {
        if let old = values[key] { return old.type == value.type && old.text == value.text }
        values[key] = value
        return true
    }

    /// Fills in what is missing from the log's global declarations.
    mutating func fill(from defaults: XESAttributes) {
        for (key, value) in defaults.values where values[key] == nil {
            values[key] = XESValue(type: value.type, text: value.text, isDefault: true)
        }
    }
}

/// One event of a trace.
package struct XESEvent: Equatable, Sendable {
    package var attributes: XESAttributes
    /// From 1, in the order of the file: with the trace it names the event for good.
    package let ordinal: Int
    /// From 1, in the file.
    package let line: Int64

    /// An event at its place.
    package init(attributes: XESAttributes, ordinal: Int, line: Int64) {
        self.attributes = attributes
        self.ordinal = ordinal
        self.line = line
    }
}

/// One case of a log with its events, in the order of the file.
package struct XESTrace: Equatable, Sendable {
    package var attributes: XESAttributes
    package var events: [XESEvent]
    /// From 1, in the file.
    package let ordinal: Int
    /// From 1, in the file.
    package let line: Int64

    /// A case at its place.
    package init(attributes: XESAttributes, events: [XESEvent], ordinal: Int, line: Int64) {
        self.attributes = attributes
        self.events = events
        self.ordinal = ordinal
        self.line = line
    }
}

/// What a log held.
package struct XESSummary: Equatable, Sendable {
    package var traces = 0
    /// Events of traces.
    package var events = 0
    /// Events that stand in the log outside any trace: they belong to no claim and are not read.
    package var looseEvents = 0

    /// An empty log.
    package init() {}
}
