/// A sentence whose amounts stand apart from its words, so that whoever shows it writes them as its
/// reader wants them: with separators between thousands for people, as they are kept for programs.
///
/// It is made like a text, `"\(amount) on \(day)"`: an interpolated `Money` stays an amount.
public struct Phrase: Sendable {
    /// A piece of it.
    public enum Part: Equatable, Sendable {
        /// Words, as they are.
        case words(String)
        /// An amount, still to be written.
        case amount(Money)
    }

    /// The pieces, in order.
    public private(set) var parts: [Part]

    /// The sentence with each amount written by `amount`.
    public func text(writing amount: (Money) -> String) -> String {
        parts.map { part in
            switch part {
            case .words(let words): words
            case .amount(let money): amount(money)
            }
        }.joined()
    }

    /// One sentence after another.
    public static func + (left: Phrase, right: Phrase) -> Phrase {
        Phrase(parts: left.parts + right.parts)
    }

    private init(parts: [Part]) { self.parts = parts }
}

extension Phrase: Equatable {
    /// Whether both say the same, however they were put together.
    public static func == (left: Phrase, right: Phrase) -> Bool {
        left.description == right.description
    }
}

extension Phrase: CustomStringConvertible {
    /// The sentence for programs, and for messages, whose amounts can be typed as they stand.
    public var description: String { text(writing: \.description) }
}

extension Phrase: ExpressibleByStringInterpolation {
    /// Gathers the pieces.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var parts: [Part] = []

        /// Starts with nothing; a sentence is too short to make room in advance.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Adds words.
        public mutating func appendLiteral(_ words: String) {
            if !words.isEmpty { parts.append(.words(words)) }
        }

        /// Adds an amount.
        public mutating func appendInterpolation(_ amount: Money) { parts.append(.amount(amount)) }

        /// Adds another sentence, whose amounts stay amounts.
        public mutating func appendInterpolation(_ phrase: Phrase) { parts += phrase.parts }

        /// Adds anything else as words.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            appendLiteral(value.description)
        }
    }

    /// A sentence of words alone.
    public init(stringLiteral words: String) { parts = words.isEmpty ? [] : [.words(words)] }

    /// The sentence that was gathered.
    public init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

    /// A sentence of words that were made elsewhere.
    public init(_ words: String) { self.init(stringLiteral: words) }
}

extension [Phrase] {
    /// The sentences with words between them.
    public func joined(separator: String) -> Phrase {
        enumerated().reduce("") {
            $1.offset == 0 ? $1.element : $0 + Phrase(separator) + $1.element
        }
    }
}
