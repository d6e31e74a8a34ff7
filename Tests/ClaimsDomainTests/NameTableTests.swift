import ClaimsDomain
import ClaimsTestSupport
import Testing

@Suite struct NameTableTests {
    @Test("a name has one key, counted up in the order of first sight")
    func keys() {
        var table = NameTable()
        #expect(table.count == 1)
        #expect(table.intern("a").index == 1)
        #expect(table.intern("b").index == 2)
        #expect(table.intern("a").index == 1)
        #expect(table.count == 3)
        #expect(table.text(NameKey(index: 2)) == "b")
    }

    @Test("the empty name is key 0, and is there from the start")
    func emptyName() {
        var table = NameTable()
        #expect(table.key(of: "") == NameKey.none)
        #expect(table.intern("") == .none)
        #expect(table.text(.none) == "")
        #expect(table.count == 1)
    }

    @Test("looking up a name that was never seen adds nothing")
    func lookup() {
        var table = NameTable()
        #expect(table.key(of: "a") == nil)
        let key = table.intern("a")
        #expect(table.key(of: "a") == key)
        #expect(table.key(of: "ab") == nil)
        #expect(table.count == 2)
    }

    @Test("names are told apart by their bytes, also where one is the start of another")
    func distinct() {
        var table = NameTable()
        let names = ["a", "ab", "abc", "b", "bc", "\u{E9}", "e\u{301}", "\u{0}", "\u{0}\u{0}", "A"]
        let keys = names.map { table.intern($0) }
        #expect(Set(keys).count == names.count)
        for (key, name) in zip(keys, names) {
            #expect(Array(table.text(key).utf8) == Array(name.utf8))
        }
    }

    @Test("100,000 names keep their keys while the table grows under them")
    func growth() {
        var table = NameTable()
        for number in 1...100_000 { #expect(table.intern("CLM-\(number)").index == number) }
        #expect(table.count == 100_001)
        for number in 1...100_000 {
            let key = NameKey(index: UInt32(number))
            #expect(table.key(of: "CLM-\(number)") == key)
            #expect(table.text(key) == "CLM-\(number)")
        }
    }

    /// 511 names fill the first 1,024 slots to the half; the next makes the table grow.
    @Test("the table holds at its first growth", arguments: [510, 511, 512, 513, 1_023, 1_024])
    func firstGrowth(count: Int) {
        var table = NameTable()
        for number in 1...count { _ = table.intern("n\(number)") }
        #expect(table.key(of: "n\(count)")?.index == UInt32(count))
        #expect(table.key(of: "n1")?.index == 1)
        #expect(table.key(of: "n\(count + 1)") == nil)
        #expect(table.key(of: "") == NameKey.none)
    }

    @Test("names that share a slot are all found", arguments: UInt64(0)..<20)
    func collisions(seed: UInt64) {
        // 400 names in 1,024 slots: some 70 of them meet another one in its slot.
        var generator = SeededGenerator(seed: seed)
        var table = NameTable()
        let names = (0..<400).map { _ in String(generator.next(), radix: 36) }
        let keys = names.map { table.intern($0) }
        for (key, name) in zip(keys, names) { #expect(table.key(of: name) == key) }
    }

    @Test("names of every length around a word and an entry keep their text and their key")
    func lengths() {
        var table = NameTable()
        let names = (1...70).flatMap { count in
            ["a", "\u{0}", "9", "F"].map { String(repeating: $0, count: count) }
        }
        let keys = names.map { table.intern($0) }
        #expect(Set(keys).count == names.count)
        table.reserve(100_000)
        for (key, name) in zip(keys, names) {
            #expect(table.text(key) == name)
            #expect(table.key(of: name) == key)
            #expect(table.intern(name) == key)
            table.withWords(of: key) { words, byteCount in
                #expect(byteCount == name.utf8.count)
                #expect(words.count == NameTable.wordCount(byteCount))
            }
        }
        #expect(table.intern("one more").index == UInt32(names.count) + 1)
    }
}
