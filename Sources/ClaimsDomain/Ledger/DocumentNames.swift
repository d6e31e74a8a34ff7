/// The number of a name that tells one document from another: its id in a claim, the SHA-256 of its
/// file, the number or the issuer of its invoice.
package struct DocumentKey: Hashable, Sendable {
    /// The key in the table of such names.
    package let name: NameKey

    package init(_ name: NameKey) { self.name = name }

    /// The empty name: "not given".
    package static let none = DocumentKey(.none)
}

/// The names of documents of a log, apart from all others.
///
/// Most names of a log stand in one line only, and are of documents. A fold compares them and reads
/// none, so that another thread can look them up before it.
package struct DocumentNames: Sendable {
    package var table = NameTable()

    package init() {}

    /// The key of a name, new or seen before.
    package mutating func intern(_ text: String) -> DocumentKey { DocumentKey(table.intern(text)) }

    /// The key of a name already seen; nil otherwise.
    package func key(of text: String) -> DocumentKey? { table.key(of: text).map(DocumentKey.init) }

    /// The name of a key of this table.
    package func text(_ key: DocumentKey) -> String { table.text(key.name) }

    /// Makes room for a log so many times as long as what was seen so far.
    package mutating func reserve(times factor: Int) { table.reserve(table.count * factor) }
}
