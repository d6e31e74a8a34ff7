import ClaimsDomain

/// Where the columns of a table are, by their names: in any order, in capitals or not.
struct TableColumns: Sendable {
    /// The header as it stands.
    let names: [String]
    /// Where a rejects file of ours says what was wrong; empty in any other file.
    let rejectColumns: [Int]
    private var places: [String: Int] = [:]
    private var twice: Set<String> = []
    private let renamed: [String: String]
    private let file: String
    private let line: Int64
    /// The columns that a report is read from.
    private var used: Set<Int> = []

    /// The columns of a header row; `renamed` gives the name a column of ours has there.
    init(_ header: TableRecord, renamed: [String: String], file: String) {
        names = (0..<header.count).map { header.text($0) }
        for (index, name) in names.enumerated() {
            let key = Self.key(name)
            if places[key] == nil { places[key] = index } else { twice.insert(key) }
        }
        let found = RejectsFile.columns.compactMap { [places] in places[Self.key($0)] }
        rejectColumns = found.count == RejectsFile.columns.count ? found : []
        self.renamed = Dictionary(
            renamed.map { (Self.key($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
        self.file = file
        line = header.line
    }

    /// The place of a column that has to be there, under the first of its names that is.
    mutating func required(_ names: String...) throws(TableFault) -> Int {
        if let place = try find(names) { return place }
        let wanted = renamed[Self.key(names[0])] ?? names[0]
        let nearest = NearestName.suggestion(for: wanted, among: self.names)
        throw TableFault(file: file, line: line, .missingColumn(wanted, nearest: nearest))
    }

    /// The place of a column that need not be there; nil where it is not.
    mutating func optional(_ names: String...) throws(TableFault) -> Int? { try find(names) }

    private mutating func find(_ names: [String]) throws(TableFault) -> Int? {
        for name in names {
            let actual = renamed[Self.key(name)] ?? name
            guard let place = places[Self.key(actual)] else { continue }
            guard !twice.contains(Self.key(actual)) else {
                throw TableFault(file: file, line: line, .columnTwice(self.names[place]))
            }
            used.insert(place)
            return place
        }
        return nil
    }

    /// The columns that nothing was read from, but for those that a rejects file has in front.
    var ignored: [String] {
        names.indices.filter { !used.contains($0) && !rejectColumns.contains($0) }
            .map { names[$0] }
    }

    /// Exports write the same name as `earningId`, `EarningID` or `Earning ID`.
    private static func key(_ name: String) -> String {
        name.lowercased().filter { !" _-".contains($0) }
    }
}
