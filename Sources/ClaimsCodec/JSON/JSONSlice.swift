/// A value found in a piece of JSON: where its text stands and what it is.
package struct JSONSlice: Equatable, Sendable {
    /// What a value is, seen from its first byte.
    package enum Form: UInt8, Sendable {
        /// A string whose bytes are its text.
        case plainString
        /// A string with escapes.
        case escapedString
        case number, object, array, yes, no, null
    }

    package let form: Form
    /// The bytes of the value; for strings those between the quotes.
    package let start: Int
    package let end: Int

    package var isString: Bool { form == .plainString || form == .escapedString }

    /// The bytes of the value as they stand, quotes included.
    package var rawRange: Range<Int> { isString ? (start - 1)..<(end + 1) : start..<end }

    /// The form in words, with its article.
    package var formName: String {
        switch form {
        case .plainString, .escapedString: "a string"
        case .number: "a number"
        case .object: "an object"
        case .array: "an array"
        case .yes: "true"
        case .no: "false"
        case .null: "null"
        }
    }
}
