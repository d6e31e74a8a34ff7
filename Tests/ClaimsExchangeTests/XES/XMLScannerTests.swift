import Foundation
import Testing

@testable import ClaimsExchange

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("XML scanner")
struct XMLScannerTests {
    /// What a document is: one line a tag, or the fault's first line.
    static func outline(_ bytes: [UInt8], size: Int, byName: Bool = false) -> [String] {
        var scanner = XMLScanner(file: "x", nextChunk: XESSamples.chunks(bytes, size: size))
        var lines: [String] = []
        do throws(XESFault) {
            while let token = try scanner.next() {
                switch token {
                case .end: lines.append("end")
                case .start(let tag):
                    var found = tag.attributes
                    if byName { found.sort { $0.name < $1.name } }
                    let attributes = found.map { "\($0.name)=\($0.value)" }
                    lines.append(([tag.name] + attributes).joined(separator: " "))
                }
            }
        } catch {
            lines.append("\(error.line):\(error.column): \(error.problem.what)")
        }
        return lines
    }

    static let good: [(String, [String])] = [
        ("<a/>", ["a", "end"]), ("\u{FEFF}<a></a >", ["a", "end"]),
        ("<?xml version='1.0'?><a/>", ["a", "end"]),
        ("<?xml version=\"1.0\" encoding=\"utf-8\" standalone='yes' ?>\n<a/>\n", ["a", "end"]),
        ("<!-- <a> --><?go on?><a/><!---->", ["a", "end"]),
        ("<x:a xmlns:x='u' x:b='1'><c/></x:a>", ["a xmlns:x=u x:b=1", "c", "end", "end"]),
        ("<a b='&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;'/>", ["a b=<>&\"'A\u{1F600}", "end"]),
        ("<a b=\"x>y\nz\tw\"/>", ["a b=x>y z w", "end"]),
        ("<a b='1\r\n2'/>", ["a b=1 2", "end"]),
        ("<a b = '1'\n c='2'/>", ["a b=1 c=2", "end"]),
        ("<a> t &amp; <![CDATA[ <b> & ]]> </a>", ["a", "end"]),
        ("<\u{E9} \u{FC}='\u{F1}'/>", ["\u{E9} \u{FC}=\u{F1}", "end"]),
    ]

    static let bad: [(String, String)] = [
        ("", "1:1: found the end, expected an XML element"),
        ("  \n", "2:1: found the end, expected an XML element"),
        ("hello", "1:1: found text outside the root element, expected a tag"),
        ("<a/>x", "1:5: found text outside the root element, expected a tag"),
        ("<a/><b/>", "1:5: found <b>, expected the end of the file"),
        ("<a>\n<b>", "2:4: the file ends inside <b>, which line 2 opens"),
        ("<a>\n<b>\n</a>", "3:1: found </a>, expected </b>, which line 2 opens"),
        ("<a/></a>", "1:5: found </a>, expected the end of the file"),
        ("<a", "1:1: found the end, expected '>' of the tag"),
        ("<a b='1", "1:1: found the end, expected '>' of the tag"),
        ("<", "1:1: found the end, expected a tag"),
        ("< a/>", "1:2: found byte 0x20, expected a name"),
        ("<a b/>", "1:5: found '/', expected '='"),
        ("<a b=1/>", "1:6: found '1', expected '\"'"),
        ("<a b='1'c='2'/>", "1:9: found 'c', expected white space or '>'"),
        ("<a b='1' b='2'/>", "1:10: found 'b' twice in one tag, expected it once"),
        ("<a b='<'/>", "1:7: found '<' in a value, expected '&lt;'"),
        ("<a <b/>", "1:4: found '<' in a tag, expected '>'"),
        ("<a b='&'/>", "1:7: found '&' alone, expected '&amp;'"),
        ("<a b='&x;'/>", "1:7: entity '&x;' is not one of XML's own five"),
        ("<a>&x;</a>", "1:4: entity '&x;' is not one of XML's own five"),
        ("<a b='&#0;'/>", "1:7: character '&#0;' is not allowed in XML"),
        ("<a b='&#xD800;'/>", "1:7: character '&#xD800;' is not allowed in XML"),
        ("<a b='&#+65;'/>", "1:7: character '&#+65;' is not allowed in XML"),
        ("<a b='\u{1}'/>", "1:7: character U+0001 is not allowed in XML"),
        ("<a b='\u{FFFF}'/>", "1:7: character U+FFFF is not allowed in XML"),
        ("<a> x ]]> </a>", "1:7: found ']]>' in a text, expected ']]&gt;'"),
        ("<a><!-- x -- y --></a>", "1:11: found '--' in a comment, expected '-->' at its end"),
        ("<a><!-- x", "1:4: found the end, expected the end of '<!-- ... -->'"),
        ("<a><![CDATA[x", "1:4: found the end, expected the end of '<![CDATA[ ... ]]>'"),
        ("<![CDATA[x]]><a/>", "1:1: found '<!', expected a tag or a comment"),
        (
            " <?xml version='1.0'?><a/>",
            "1:2: found <?xml ...?>, expected it at the start of the file only"
        ),
        (
            "<?xml encoding='UTF-8'?><a/>",
            "1:1: found no 'version', expected '<?xml version=\"1.0\"'"
        ),
        (
            "<?xml version='1.0' encoding='ISO-8859-1'?><a/>",
            "1:1: the encoding is 'ISO-8859-1', expected 'UTF-8'"
        ),
        (
            "<!DOCTYPE log SYSTEM 'http://127.0.0.1/x.dtd'>\n<log/>",
            "1:1: the file has a document type, expected none"
        ),
        (
            "<!DOCTYPE log [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>\n<log k='&b;'/>",
            "1:1: the file has a document type, expected none"
        ),
        (
            "<!DOCTYPE log [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><log>&x;</log>",
            "1:1: the file has a document type, expected none"
        ),
        ("<log><!DOCTYPE log></log>", "1:6: the file has a document type, expected none"),
        ("</log>", "1:1: found </log>, expected the end of the file"),
    ]

    @Test("a document is the same however its bytes arrive", arguments: good)
    func tokens(xml: String, expected: [String]) {
        for size in [1, 2, 3, 7, 4096] {
            #expect(Self.outline(Array(xml.utf8), size: size) == expected, "chunks of \(size)")
        }
    }

    @Test("what is no document is told with line and column, however it arrives", arguments: bad)
    func faults(xml: String, expected: String) {
        for size in [1, 2, 3, 7, 4096] {
            #expect(Self.outline(Array(xml.utf8), size: size).last == expected, "chunks of \(size)")
        }
    }

    static let wrongBytes: [([UInt8], String)] = [
        ([0xFF, 0xFE, 0x3C, 0x00], "1:1: the encoding is 'UTF-16', expected 'UTF-8'"),
        ([0x00, 0x3C, 0x00, 0x61], "1:1: the encoding is 'UTF-16', expected 'UTF-8'"),
        ([0x1F, 0x8B, 0x08, 0x00], "1:1: the file is compressed with gzip, expected XML"),
        ([0x4C, 0x6F, 0xA7, 0x94], "1:1: found text outside the root element, expected a tag"),
        (
            Array("<a b='".utf8) + [0xC3, 0x28] + Array("'/>".utf8),
            "1:7: the bytes are not valid UTF-8"
        ),
        (
            Array("<a>".utf8) + [0xED, 0xA0, 0x80] + Array("</a>".utf8),
            "1:4: the bytes are not valid UTF-8"
        ),
    ]

    @Test("bytes that are no UTF-8 are refused", arguments: wrongBytes)
    func encodings(bytes: [UInt8], expected: String) {
        #expect(Self.outline(bytes, size: 4096).last == expected)
    }

    @Test("one piece of markup and the nesting are bounded")
    func limits() {
        let limit = XMLScanner.largestToken
        for bomb in ["<a b='", "<a><!--", "<a>x", "<a><?x "] {
            let bytes = Array(bomb.utf8) + [UInt8](repeating: 0x20, count: limit + 9)
            #expect(
                Self.outline(bytes, size: 1 << 16).last?.hasSuffix(
                    "a piece of markup is longer than 1048576 bytes") == true)
        }
        let deepest = String(repeating: "<a>", count: XMLScanner.deepestNesting)
        #expect(
            Self.outline(Array("\(deepest)<a>".utf8), size: 4096).last
                == "1:193: elements are nested deeper than 64")
    }

    @Test("Foundation's parser agrees on what is a document and on its tags")
    func foundation() {
        // It reads other encodings and document types, which are refused here on purpose.
        let ours = ["DOCTYPE", "ISO-8859-1"]
        // It takes a text too short to tell the encoding of for an empty document.
        let shortest = 4
        let documents = Self.good.map(\.0) + Self.bad.map(\.0) + [XESSamples.log]
        for xml in documents
        where xml.utf8.count >= shortest && !ours.contains(where: xml.contains) {
            let outline = Self.outline(Array(xml.utf8), size: 4096, byName: true)
            let peer = FoundationOutline.of(xml)
            let isDocument = outline.last == "end"
            #expect((peer != nil) == isDocument, "\(xml)")
            if isDocument { #expect(peer == outline, "\(xml)") }
        }
    }

    @Test("every cut and every changed byte gives tags or a fault, never a trap")
    func damage() {
        let bytes = Array(XESSamples.log.utf8)
        for cut in bytes.indices {
            let last = Self.outline(Array(bytes[..<cut]), size: 4096).last
            #expect(last?.contains(": ") == true, "cut at \(cut)")
        }
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1 << (index % 8)
            _ = Self.outline(changed, size: 4096)
        }
    }
}

/// The tags of a document as Foundation's parser sees them.
private final class FoundationOutline: NSObject, XMLParserDelegate {
    private var lines: [String] = []

    /// Nil when it is no document.
    static func of(_ xml: String) -> [String]? {
        let delegate = FoundationOutline()
        let parser = XMLParser(stream: InputStream(data: Data(xml.utf8)))
        parser.delegate = delegate
        return parser.parse() && parser.parserError == nil ? delegate.lines : nil
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        let local = name.split(separator: ":").last.map(String.init) ?? name
        let pairs = attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        lines.append(([local] + pairs).joined(separator: " "))
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        lines.append("end")
    }
}
