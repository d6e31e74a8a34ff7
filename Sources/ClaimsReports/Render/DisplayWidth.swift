/// About how many terminal columns a text takes.
///
/// An approximation, since terminals differ: a grapheme takes two columns if it is East Asian wide
/// or full-width, or shown as an emoji; none if it is only marks that combine with what stands
/// before; else one. Characters of ambiguous width count as one. Hidden characters should have been
/// made visible first (`visibleText`).
package func displayWidth(of text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) {
        return text.utf8.count
    }
    return text.reduce(0) { $0 + displayWidth(of: $1) }
}

/// About how many terminal columns one grapheme takes: 0, 1 or 2.
func displayWidth(of character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if first.isASCII, scalars.count == 1 {
        return isHidden(first) ? 0 : 1
    }
    // VARIATION SELECTOR-16 asks for the coloured, wide picture of a character that has one.
    let isPicture = first.properties.isEmoji && scalars.contains("\u{FE0F}")
    if isPicture || scalars.contains(where: isWide) {
        return 2
    }
    return scalars.contains { !isZeroWidth($0) } ? 1 : 0
}

private func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .control: true
    case .format: scalar.properties.isDefaultIgnorableCodePoint
    default: false
    }
}

private func isWide(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x1100 else { return false }
    return scalar.properties.isEmojiPresentation
        || wideRanges.contains { $0.contains(scalar.value) }
}

/// The wide and full-width blocks of Unicode's East Asian Width, whole blocks where most of it is;
/// emoji are asked of the standard library.
private let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F,  // Hangul leading consonants; what follows in the syllable adds nothing
    0x2329...0x232A,  // angle brackets
    0x2E80...0x303E,  // radicals, CJK punctuation
    0x3041...0x4DBF,  // kana, bopomofo, compatibility, extension A
    0x4E00...0xA4CF,  // unified ideographs, Yi
    0xA960...0xA97F,  // Hangul leading consonants, extended
    0xAC00...0xD7A3,  // Hangul syllables
    0xF900...0xFAFF,  // compatibility ideographs
    0xFE10...0xFE19,  // vertical forms
    0xFE30...0xFE6F,  // compatibility and small forms
    0xFF01...0xFF60,  // full-width forms
    0xFFE0...0xFFE6,  // full-width signs
    0x16FE0...0x18DFF,  // Tangut, Khitan
    0x1AFF0...0x1B2FF,  // kana extensions, Nushu
    0x1F200...0x1F265,  // enclosed ideographs
    0x20000...0x3FFFD,  // ideographic planes
]
