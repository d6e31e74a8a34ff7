import Testing

@testable import ClaimsIndex

@Suite("The hash of pages and names")
struct WordHashTests {
    @Test(
        "it is the same on every machine and in every version",
        arguments: [
            ("", 0, "50e3aa9b387dcbed"), ("a", 0, "f058d2da74586698"), ("a", 1, "5d010ed3a88abea2"),
            ("CLM-1042", 1, "6f86e04f9ddedf2f"), ("0123456789abcdef", 0, "4a38244a705d0533"),
            ("0123456789abcdef0", 0, "244ab036a136c156"),
            ("the quick brown fox jumps over the lazy dog", 42, "5a61a3b045ce0eae"),
        ] as [(String, UInt64, String)])
    func fixed(text: String, seed: UInt64, hash: String) {
        #expect(String(WordHash.hash(text, seed: seed), radix: 16) == hash)
    }

    @Test("texts of any length that differ in one byte, or in a zero at the end, differ")
    func differences() {
        var seen: Set<UInt64> = []
        var count = 0
        for length in 0..<70 {
            let zeros = [UInt8](repeating: 0, count: length)
            seen.insert(WordHash.hash(zeros.span, seed: 0))
            count += 1
            for place in 0..<length {
                var bytes = zeros
                bytes[place] = 1
                seen.insert(WordHash.hash(bytes.span, seed: 0))
                count += 1
            }
        }
        #expect(seen.count == count)
    }

    @Test("tables find what was put in and nothing else", arguments: [0, 1, 2, 100, 5_000])
    func table(count: Int) {
        let hashes = (0..<count).map { WordHash.hash("name \($0)", seed: 3) }
        let table = HashTable.table(of: hashes)
        #expect(table.count { $0 != 0 } == count)
        for hash in hashes {
            var place = HashTable.home(of: hash, among: table.count)
            while table[place] != hash, table[place] != 0 { place = (place + 1) % table.count }
            #expect(table[place] == hash)
        }
    }
}
