package import ClaimsDomain

// Typed values of a tree. Each throws what was found and expected at the value's byte.
extension JSONNode {
    package func required(_ name: String) throws(JSONProblem) -> JSONNode {
        guard let node = self[name] else {
            throw JSONProblem(
                .unexpected(found: "no member '\(name)'", expected: "one"), at: offset)
        }
        return node
    }

    /// The elements of an array member; none when there is no such member.
    package func elements(_ name: String) throws(JSONProblem) -> [JSONNode] {
        guard let node = self[name] else { return [] }
        guard case .array(let elements) = node.value else { throw node.problem("an array") }
        return elements
    }

    package func text(_ name: String) throws(JSONProblem) -> String {
        try required(name).asText()
    }

    package func optionalText(_ name: String) throws(JSONProblem) -> String? {
        try self[name]?.asText()
    }

    package func whole(_ name: String) throws(JSONProblem) -> Int64 {
        try required(name).asWhole()
    }

    package func day(_ name: String) throws(JSONProblem) -> Day { try required(name).asDay() }

    package func currency(_ name: String) throws(JSONProblem) -> Currency {
        let node = try required(name)
        guard let currency = Currency(code: try node.asText()) else {
            throw node.problem(FieldType.currency.expectation)
        }
        return currency
    }

    package func decimal(_ name: String) throws(JSONProblem) -> ExactDecimal {
        let node = try required(name)
        guard let decimal = ExactDecimal(try node.asText()) else {
            throw node.problem(FieldType.decimal.expectation)
        }
        return decimal
    }

    package func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String
    ) throws(JSONProblem) -> Choice where Choice.RawValue == String {
        let node = try required(name)
        guard let choice = Choice(rawValue: try node.asText()) else {
            throw node.problem(
                FieldType.choice(Choice.allCases.map(\.rawValue)).expectation)
        }
        return choice
    }

    package func asText() throws(JSONProblem) -> String {
        guard case .string(let text) = value else { throw problem("a string") }
        return text
    }

    package func asWhole() throws(JSONProblem) -> Int64 {
        guard case .number(let text) = value, let whole = Int64(text),
            whole.magnitude <= UInt64(Money.largestMinorUnits)
        else { throw problem("a whole number") }
        return whole
    }

    package func asFlag() throws(JSONProblem) -> Bool {
        guard case .bool(let flag) = value else { throw problem(FieldType.flag.expectation) }
        return flag
    }

    package func asDay() throws(JSONProblem) -> Day {
        guard let day = Day(try asText()) else { throw problem(FieldType.day.expectation) }
        return day
    }

    package func asInstant() throws(JSONProblem) -> Instant {
        guard let instant = Instant(try asText()) else {
            throw problem(FieldType.instant.expectation)
        }
        return instant
    }

    /// A decimal text as an amount of a currency.
    package func money(in currency: Currency) throws(JSONProblem) -> Money {
        let text = try asText()
        do throws(AmountError) {
            return try Money(decimal: text, currency: currency)
        } catch {
            throw problem("a decimal amount of \(currency.code)")
        }
    }

    /// This value instead of what was expected.
    package func problem(_ expected: String) -> JSONProblem {
        JSONProblem(.unexpected(found: formName, expected: expected), at: offset)
    }
}
