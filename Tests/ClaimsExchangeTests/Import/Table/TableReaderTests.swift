import EventLog
import Foundation
import Testing

@testable import ClaimsExchange

@Suite("Reading CSV and TSV")
struct TableReaderTests {
    /// The rows of a file, fields between bars, or the fault's text.
    static func rows(_ bytes: [UInt8]) throws -> [String] {
        let desk = try ImportDesk()
        try desk.write(bytes, to: "t.csv")
        var reader = TableReader(try ImportInput(desk.path("t.csv")))
        var record = TableRecord()
        var found: [String] = []
        do throws(TableFault) {
            try reader.readHeader(into: &record)
            repeat {
                found.append(
                    "\(record.line): "
                        + (0..<record.count).map { record.raw($0) }.joined(separator: "|"))
            } while try reader.next(&record)
        } catch {
            found.append(error.description.replacing(desk.path("t.csv"), with: "t.csv"))
        }
        return found
    }

    static let good: [(name: String, text: String, rows: [String])] = [
        ("plain", "a,b\n1,2\n", ["1: a|b", "2: 1|2"]),
        ("CR LF", "a,b\r\n1,2\r\n", ["1: a|b", "2: 1|2"]),
        ("no end of the last line", "a,b\n1,2", ["1: a|b", "2: 1|2"]),
        ("an empty last field", "a,b\n1,", ["1: a|b", "2: 1|"]),
        ("empty fields", "a,b,c\n,,\n", ["1: a|b|c", "2: ||"]),
        ("a byte order mark", "\u{FEFF}a,b\n1,2\n", ["1: a|b", "2: 1|2"]),
        ("tabs", "a\tb,c\n1\t2,3\n", ["1: a|b,c", "2: 1|2,3"]),
        ("quotes", "\"a\",\"b\"\n\"1\"\"2\",\"x,y\"\n", ["1: a|b", "2: 1\"2|x,y"]),
        ("empty quotes", "a,b\n\"\",\"\"\n", ["1: a|b", "2: |"]),
        ("only quotes", "a\n\"\"\"\"\n", ["1: a", "2: \""]),
        (
            "line breaks in quotes", "a,b\n\"1\n2\",\"x\r\ny\"\n3,4\n",
            ["1: a|b", "2: 1\n2|x\r\ny", "5: 3|4"]
        ),
        ("blanks kept", "a,b\n 1 ,\" 2\"\n", ["1: a|b", "2:  1 | 2"]),
        ("an empty line", "a\n\n1\n", ["1: a", "2: ", "3: 1"]),
        ("empty lines before the header", "\n\na\n1\n", ["3: a", "4: 1"]),
        ("more and fewer fields", "a,b\n1\n1,2,3\n", ["1: a|b", "2: 1", "3: 1|2|3"]),
        (
            "marks that join what stands before", "a,b\n1,\u{301}x\n2,\"\u{301}y\"\n",
            ["1: a|b", "2: 1|\u{301}x", "3: 2|\u{301}y"]
        ),
        ("other line separators", "a\nx\u{2028}y\u{0B}z\n", ["1: a", "2: x\u{2028}y\u{0B}z"]),
        ("a comma in the quoted header of TSV", "\"a,b\"\tc\n1\t2\n", ["1: a,b|c", "2: 1|2"]),
    ]

    @Test("what RFC 4180 allows is read", arguments: good)
    func reads(name: String, text: String, rows: [String]) throws {
        #expect(try Self.rows(Array(text.utf8)) == rows, "\(name)")
    }

    static let bad: [(name: String, bytes: [UInt8], fault: String)] = [
        ("nothing", [], "t.csv:1: error: the file is empty, expected a header row"),
        ("line breaks only", Array("\n\r\n".utf8), "t.csv:1: error: the file is empty"),
        (
            "a quote that does not close", Array("a,b\n1,\"two\n3,4\n".utf8),
            "t.csv:2: error: the quoted field that begins here does not end\n  at byte 6\n"
                + "  1,\"two\n    ^\n  fix: the file is cut or a quote is missing; "
                + "export the report again, or close the field"
        ),
        (
            "a quote inside a field", Array("a,b\n1,5\" pipe\n".utf8),
            "t.csv:2: error: a quote stands inside a field that does not begin with one\n"
                + "  at byte 7\n"
        ),
        (
            "text after a closing quote", Array("a,b\n\"1\" ,2\n".utf8),
            "t.csv:2: error: found ' ' after a closing quote, "
                + "expected a separator or the end of the line\n"
        ),
        (
            "a carriage return alone", Array("a,b\r1,2\r".utf8),
            "t.csv:1: error: a carriage return stands without its line feed\n  at byte 3\n"
        ),
        ("NUL", Array("a,b\n1,\0\n".utf8), "t.csv:2: error: the file has a NUL byte"),
        (
            "Latin-1", Array("a,b\n1,caf".utf8) + [0xE9, 0x0A],
            "t.csv:2: error: the bytes are not valid UTF-8\n  at byte 4\n  1caf\u{B7}\n      ^\n"
                + "  fix: convert it first, from the encoding it has: "
                + "iconv -f WINDOWS-1252 -t UTF-8 t.csv"
        ),
        (
            "UTF-16 with a mark", [0xFF, 0xFE, 0x61, 0, 0x2C, 0],
            "t.csv:1: error: the encoding is 'UTF-16LE', expected 'UTF-8'\n  at byte 0\n"
                + "  fix: convert it first: iconv -f UTF-16LE -t UTF-8 t.csv"
        ),
        (
            "UTF-16 of the other order", [0xFE, 0xFF, 0, 0x61, 0, 0x2C],
            "t.csv:1: error: the encoding is 'UTF-16BE'"
        ),
        (
            "UTF-16 without a mark", [0x61, 0, 0x2C, 0, 0x62, 0],
            "t.csv:1: error: the encoding is 'UTF-16LE'"
        ),
        (
            "UTF-32", [0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0],
            "t.csv:1: error: the encoding is 'UTF-32LE'"
        ),
        ("gzip", [0x1F, 0x8B, 8], "t.csv:1: error: the file is compressed with gzip"),
        (
            "a workbook", Array("PK\u{3}\u{4}".utf8),
            "t.csv:1: error: the file is a workbook or another zip archive, expected CSV or TSV"
        ),
        (
            "semicolons", Array("a;b\n1;2\n".utf8),
            "t.csv:1: error: the columns are separated by semicolons, expected a comma or a tab"
        ),
    ]

    @Test("anything else is a fault with its place", arguments: bad)
    func refuses(name: String, bytes: [UInt8], fault: String) throws {
        let last = try #require(try Self.rows(bytes).last)
        #expect(last.hasPrefix(fault), "\(name): \(last)")
        #expect(last.contains("\n  fix: "), "\(name)")
    }

    @Test("a header of a hundred thousand columns is refused")
    func manyColumns() throws {
        let rows = try Self.rows(Array(repeating: UInt8(ascii: ","), count: 99_999))
        #expect(
            rows.last?.hasPrefix(
                "t.csv:1: error: the header has 100000 columns, expected at most 1000") == true)
    }

    @Test("a quote that does not close costs a limited amount of memory")
    func endlessField() throws {
        let size = TableReader.largestRecord * 3
        let rows = try Self.rows(Array("a,b\n1,\"".utf8) + [UInt8](repeating: 0x78, count: size))
        #expect(rows.count == 2)
        #expect(
            rows.last?.hasPrefix(
                "t.csv:2: error: a row is longer than \(TableReader.largestRecord) bytes") == true)
    }

    @Test("a row is read the same wherever the blocks of the file end", arguments: 0..<40)
    func blocks(shift: Int) throws {
        let filler = String(repeating: "x", count: LogLimits.blockBytes - 20 + shift)
        let rows = try Self.rows(Array("a,b\n\(filler),1\r\n\"q\"\"\r\n\",2\r\n3,4\r\n".utf8))
        #expect(rows == ["1: a|b", "2: \(filler)|1", "3: q\"\r\n|2", "5: 3|4"])
    }

    @Test("a file can be read again from its beginning, and so can a pipe")
    func twice() throws {
        let desk = try ImportDesk()
        try desk.write("a,b\n1,2\n", to: "t.csv")
        let pipe = desk.path("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        let path = desk.path("t.csv")
        let writer = Thread {
            try? Data(contentsOf: URL(fileURLWithPath: path)).write(
                to: URL(fileURLWithPath: pipe))
        }
        writer.start()
        for name in [path, pipe] {
            var reader = TableReader(try ImportInput(name))
            #expect(reader.byteCount == 8)
            for _ in 0..<2 {
                var record = TableRecord()
                try reader.readHeader(into: &record)
                #expect(record.raw(1) == "b")
                #expect(try reader.next(&record))
                #expect(record.raw(1) == "2")
                #expect(try !reader.next(&record))
            }
        }
    }
}
