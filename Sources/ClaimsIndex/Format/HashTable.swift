/// Look-up tables by 64-bit hash, as they are stored: open addressing, an empty place is all zeros.
///
/// A look-up reads one page, seldom two.
enum HashTable {
    /// The places of a table for so many rows: at most two thirds full.
    static func places(for count: Int) -> Int { count + count / 2 + 1 }

    /// Where a hash belongs: its high bits decide.
    static func home(of hash: UInt64, among places: Int) -> Int {
        Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(places)).high)
    }

    /// No row has the hash of an empty place.
    static func stored(_ hash: UInt64) -> UInt64 { hash == 0 ? 1 : hash }

    /// A table of hashes alone.
    static func table(of hashes: [UInt64]) -> [UInt64] {
        var table = [UInt64](repeating: 0, count: places(for: hashes.count))
        for hash in hashes {
            let hash = stored(hash)
            var place = home(of: hash, among: table.count)
            while table[place] != 0 { place = place + 1 == table.count ? 0 : place + 1 }
            table[place] = hash
        }
        return table
    }

    /// The bytes of a row with a number behind its hash.
    static let pairBytes = 12

    /// A table of hashes with a number each.
    static func table(of pairs: [(hash: UInt64, number: UInt32)]) -> [UInt8] {
        let places = places(for: pairs.count)
        var writer = ColumnWriter()
        writer.fill(places * pairBytes) { rows in
            for pair in pairs {
                let hash = stored(pair.hash)
                var place = home(of: hash, among: places)
                while unsafe rows.unsafeLoadUnaligned(
                    fromByteOffset: place * pairBytes, as: UInt64.self) != 0
                { place = place + 1 == places ? 0 : place + 1 }
                rows.storeBytes(
                    of: hash.littleEndian, toByteOffset: place * pairBytes, as: UInt64.self)
                rows.storeBytes(
                    of: pair.number.littleEndian, toByteOffset: place * pairBytes + 8,
                    as: UInt32.self)
            }
        }
        return writer.bytes
    }
}
