import ClaimsCodec
import EventLog

/// Finds the elements of one JSON array in bytes that come piece by piece: a CloudEvents batch.
///
/// Only where each element ends is found here; whoever reads an element says what is wrong in it.
struct BatchElements {
    /// Bytes of the text from the element that did not end yet.
    private(set) var text: [UInt8] = []
    /// Where in `text` each whole element stands.
    private(set) var found: [Range<Int>] = []
    /// The line, from 1, and the byte of the input that `text` begins at.
    private(set) var firstLine = 1
    private(set) var firstByte = 0

    private var place = Place.beforeArray
    /// How far `text` was looked at.
    private var position = 0
    private var start = 0
    private var inside = ElementWalk(behind: 0)

    /// What comes next.
    private enum Place { case beforeArray, firstElement, element, inElement, afterElement, end }

    /// The longest element: enough for a line of the log with every character escaped and a lot of
    /// white space, little enough that an array without an end does not fill the memory.
    static let mostBytes = 16 * LogLimits.lineBytes

    /// Takes the bytes that follow; `found` then has the elements that end in them.
    ///
    /// O(bytes). Throws at what stands between elements and does not belong there.
    mutating func take(_ block: [UInt8]) throws(JSONProblem) {
        let keptFrom = place == .inElement ? start : position
        firstByte += keptFrom
        firstLine += LineFeeds.count(in: text.span.extracting(0..<keptFrom))
        text.removeSubrange(0..<keptFrom)
        position -= keptFrom
        start -= keptFrom
        text += block
        found.removeAll(keepingCapacity: true)
        while position < text.count {
            if place == .inElement { passElement() } else { try step(text[position]) }
            guard position - start <= Self.mostBytes || place != .inElement else {
                throw JSONProblem(
                    .described("an element is longer than \(Self.mostBytes) bytes"), at: start)
            }
        }
    }

    /// Throws unless the array has ended.
    func finish() throws(JSONProblem) {
        let expected: String
        switch place {
        case .end: return
        case .beforeArray: expected = "'['"
        case .firstElement: expected = "a value or ']'"
        case .element: expected = "a value"
        case .inElement: expected = "the end of an element"
        case .afterElement: expected = "',' or ']'"
        }
        throw JSONProblem(.endsInside(expected: expected), at: text.count)
    }

    /// Takes a byte between elements, or the first one of an element.
    private mutating func step(_ byte: UInt8) throws(JSONProblem) {
        defer { position += 1 }
        switch (place, byte) {
        case (_, 0x20), (_, 0x09), (_, 0x0A), (_, 0x0D): return
        case (.beforeArray, UInt8(ascii: "[")): place = .firstElement
        case (.firstElement, UInt8(ascii: "]")), (.afterElement, UInt8(ascii: "]")): place = .end
        case (.afterElement, UInt8(ascii: ",")): place = .element
        case (.beforeArray, _): throw unexpected(byte, "'['")
        case (.afterElement, _): throw unexpected(byte, "',' or ']'")
        case (.end, _): throw JSONProblem(.trailing(found: JSONProblem.name(byte)), at: position)
        case (.firstElement, UInt8(ascii: ",")), (.element, UInt8(ascii: ",")),
            (.element, UInt8(ascii: "]")), (_, UInt8(ascii: "}")), (_, UInt8(ascii: ":")):
            throw unexpected(byte, "a value")
        case (.firstElement, _), (.element, _), (.inElement, _):
            place = .inElement
            start = position
            inside = ElementWalk(behind: byte)
        }
    }

    private func unexpected(_ byte: UInt8, _ expected: String) -> JSONProblem {
        JSONProblem(.unexpected(found: JSONProblem.name(byte), expected: expected), at: position)
    }

    /// Goes to the end of the element, or of the text.
    private mutating func passElement() {
        var (walk, end) = (inside, position)
        let isDone = walk.pass(text.span, from: &end)
        (inside, position) = (walk, end)
        guard isDone else { return }
        found.append(start..<position)
        place = .afterElement
    }
}

/// Where in an element a walk over its bytes is.
private struct ElementWalk {
    /// How many brackets and braces are open.
    private var depth: Int
    private var isInString: Bool
    private var isEscaped = false

    /// Behind the first byte.
    init(behind byte: UInt8) {
        isInString = byte == UInt8(ascii: "\"")
        depth = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") ? 1 : 0
    }

    /// Goes on to the end of the element, or of the bytes; whether it is the former.
    mutating func pass(_ bytes: Span<UInt8>, from position: inout Int) -> Bool {
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                    if depth == 0 { return true }
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","), 0x20, 0x09, 0x0A, 0x0D:
                // A number or a word ends before what follows it.
                if depth == 0 {
                    position -= 1
                    return true
                }
                guard byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") else { continue }
                depth -= 1
                if depth == 0 { return true }
            default: break
            }
        }
        return false
    }
}
