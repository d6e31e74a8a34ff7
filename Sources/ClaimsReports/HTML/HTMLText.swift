import ClaimsDomain
import ClaimsLedger

/// HTML being written: what comes from the log goes in by `text`, which leaves no markup in it.
struct HTMLWriter {
    /// What was written so far.
    private(set) var html = ""

    /// Adds markup of our own.
    mutating func raw(_ markup: String) { html += markup }

    /// Adds a text that shows as it is.
    mutating func text(_ text: String) { html += htmlEscaped(text) }

    /// Adds an element with a text in it; `tag` may carry attributes.
    mutating func element(_ tag: String, _ text: String) {
        html += "<\(tag)>"
        self.text(text)
        html += "</\(tag.prefix { $0 != " " })>"
    }

    /// Adds a table head of column titles; those of `numbers` are right-aligned.
    mutating func head(_ titles: [(title: String, isNumber: Bool)]) {
        html += "<thead><tr>"
        for (title, isNumber) in titles {
            html += isNumber ? "<th scope=col class=n>" : "<th scope=col>"
            text(title)
        }
        html += "</thead>"
    }
}

/// The text such that HTML shows it as it is, in content and in quoted attributes; hidden
/// characters are visible escapes as in the table format.
func htmlEscaped(_ text: String) -> String {
    let visible = visibleText(text)
    let isPlain = visible.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
            UInt8(ascii: "'"):
            false
        default: true
        }
    }
    guard !isPlain else { return visible }
    var result = ""
    for scalar in visible.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "'": result += "&#39;"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// An amount for people: grouped, with the digits of its currency.
func grouped(_ minorUnits: Int64, _ currency: Currency?) -> String {
    currency.map {
        groupedText(minorUnits: minorUnits, fractionDigits: $0.fractionDigits)
    } ?? "-"
}

/// A code of the log as words: `action_required` is `action required`.
func words(_ code: String) -> String {
    String(code.map { $0 == "_" || $0 == "." ? " " : $0 })
}

/// A count with its noun.
func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
    let digits = groupedText(minorUnits: Int64(count), fractionDigits: 0)
    return "\(digits) \(count == 1 ? noun : plural ?? noun + "s")"
}

/// The source expression of a policy that lets just this script run.
func policyHash(of script: String) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    let digits = Stamp.digest(Array(script.utf8)).map { UInt32($0.hexDigitValue ?? 0) }
    var text = ""
    // Three bytes, six hexadecimal digits, are four characters; the last two bytes are three.
    for start in stride(from: 0, to: digits.count, by: 6) {
        let part = digits[start..<min(start + 6, digits.count)]
        let bits = part.reduce(0) { $0 << 4 | $1 } << UInt32(4 * (6 - part.count))
        for place in 0..<(part.count * 4 + 5) / 6 {
            text.append(alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)])
        }
    }
    return "'sha256-\(text)='"
}
