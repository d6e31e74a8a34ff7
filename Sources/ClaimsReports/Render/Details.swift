/// One thing with its named fields: what `show` and the receipts answer with.
package struct Details: Equatable, Sendable {
    /// One named value.
    package struct Field: Equatable, Sendable {
        /// The camelCase name in JSON and CSV.
        package let key: String
        /// The name for people.
        package let title: String
        /// The value; a list is shown to people one element a line.
        package let value: Cell
        /// Whether it is a status, which a terminal shows with a mark and in colour.
        package let isStatus: Bool

        /// A field of a record.
        package init(key: String, title: String, value: Cell, isStatus: Bool = false) {
            self.key = key
            self.title = title
            self.value = value
            self.isStatus = isStatus
        }
    }

    /// The fields, in the order they are shown and written.
    package let fields: [Field]
    /// What the record is; shown in the table and Markdown formats only.
    package var title: String?
    /// Lines under the title; shown in the table and Markdown formats only.
    package var notes: [String]

    /// A record of these fields, whose keys differ.
    package init(fields: [Field], title: String? = nil, notes: [String] = []) {
        precondition(!fields.isEmpty, "a record has at least one field")
        precondition(Set(fields.map(\.key)).count == fields.count, "two fields have the same key")
        self.fields = fields
        self.title = title
        self.notes = notes
    }
}
