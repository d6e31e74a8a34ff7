import ClaimsDomain

extension JSONSchema {
    /// The forms of simple values, each defined once a schema.
    enum Definition: String, CaseIterable {
        case identifier, text, amount, signedAmount, count, currency, day, instant, sha256, decimal

        /// The definition of a simple type; nil for those that are written in place.
        init?(_ type: FieldType) {
            switch type {
            case .identifier: self = .identifier
            case .text: self = .text
            case .amount: self = .amount
            case .signedAmount: self = .signedAmount
            case .count: self = .count
            case .currency: self = .currency
            case .day: self = .day
            case .instant: self = .instant
            case .sha256: self = .sha256
            case .decimal: self = .decimal
            case .flag, .choice, .object, .list, .upTo: return nil
            }
        }

        /// The definitions that a type and what is inside it refer to.
        static func used(by type: FieldType) -> [Definition] {
            switch type {
            case .object(let fields): fields.flatMap { used(by: $0.type) }
            case .list(let element, _): used(by: element)
            case .text, .identifier, .amount, .signedAmount, .count, .currency, .day, .instant,
                .flag, .sha256, .decimal, .choice, .upTo:
                Definition(type).map { [$0] } ?? []
            }
        }

        /// The type it stands for.
        var type: FieldType {
            switch self {
            case .identifier: .identifier
            case .text: .note
            case .amount: .amount
            case .signedAmount: .signedAmount
            case .count: .count
            case .currency: .currency
            case .day: .day
            case .instant: .instant
            case .sha256: .sha256
            case .decimal: .decimal
            }
        }

        /// The keywords, the description in the reader's words first.
        var form: [(name: String, value: WireValue)] {
            [("description", .text(type.expectation))] + keywords
        }

        private var keywords: [(name: String, value: WireValue)] {
            switch self {
            case .identifier:
                [("type", .text("string")), ("minLength", .whole(1))]
                    + [("maxLength", .whole(Int64(FieldType.longestIdentifier)))]
                    + [("pattern", .text("^[^\\u0000-\\u001f\\u007f]+$"))]
            case .text:
                [("type", .text("string")), ("maxLength", .whole(Int64(FieldType.longestText)))]
            case .amount, .count: Self.integer(from: 0)
            case .signedAmount: Self.integer(from: -Money.largestMinorUnits)
            case .currency: [("enum", .list(Currency.all.map { .text($0.code) }))]
            case .day:
                JSONSchema.string(pattern: "^\(Self.date)$") + [("format", .text("date"))]
            case .instant:
                JSONSchema.string(pattern: "^\(Self.date)[Tt]\(Self.clock)\(Self.zone)$")
                    + [("format", .text("date-time"))]
            case .sha256: JSONSchema.string(pattern: "^[0-9a-f]{64}$")
            case .decimal:
                JSONSchema.string(
                    pattern: "^-?[0-9]+(\\.[0-9]{1,\(ExactDecimal.largestScale)})?$")
            }
        }

        static func integer(
            from least: Int64, to most: Int64 = Money.largestMinorUnits
        ) -> [(name: String, value: WireValue)] {
            [("type", .text("integer")), ("minimum", .whole(least))]
                + [("maximum", .whole(most))]
        }

        private static let date =
            "(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
        private static let clock = "([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?"
        private static let zone = "([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
    }
}
