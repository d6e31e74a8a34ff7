import Testing

@testable import ClaimsReports

@Suite struct ColumnLayoutTests {
    static let sizes = [
        ColumnSize(natural: 8, floor: 8, narrowing: .keep),
        ColumnSize(natural: 40, floor: 12, narrowing: .shorten),
        ColumnSize(natural: 20, floor: 12, narrowing: .omit),
        ColumnSize(natural: 10, floor: 10, narrowing: .omit),
    ]
    static let cases: [(width: Int?, shown: [Int], widths: [Int])] = [
        (nil, [0, 1, 2, 3], [8, 40, 20, 10]), (84, [0, 1, 2, 3], [8, 40, 20, 10]),
        (83, [0, 1, 2, 3], [8, 40, 19, 10]), (76, [0, 1, 2, 3], [8, 40, 12, 10]),
        (75, [0, 1, 2, 3], [8, 39, 12, 10]), (68, [0, 1, 2, 3], [8, 32, 12, 10]),
        (67, [0, 1, 2], [8, 40, 15]), (64, [0, 1, 2], [8, 40, 12]), (56, [0, 1, 2], [8, 32, 12]),
        (55, [0, 1], [8, 40]), (49, [0, 1], [8, 39]), (42, [0, 1], [8, 32]),
        (41, [0, 1], [8, 31]), (22, [0, 1], [8, 12]), (21, [0, 1], [8, 12]), (0, [0, 1], [8, 12]),
    ]

    @Test("columns are cut, then left out, in the order documented", arguments: cases)
    func fit(width: Int?, shown: [Int], widths: [Int]) {
        let expected = ColumnLayout(shown: shown, widths: widths)
        #expect(fitColumns(Self.sizes, into: width) == expected)
    }

    static let movable = [
        ColumnSize(natural: 20, floor: 20, narrowing: .keep),
        ColumnSize(natural: 30, floor: 8, narrowing: .below),
        ColumnSize(natural: 12, floor: 12, narrowing: .omit),
        ColumnSize(natural: 10, floor: 8, narrowing: .below),
        ColumnSize(natural: 40, floor: 8, narrowing: .shorten),
    ]
    static let moves: [(width: Int, shown: [Int], widths: [Int], below: [Int])] = [
        (120, [0, 1, 2, 3, 4], [20, 30, 12, 10, 40], []),
        (112, [0, 1, 2, 3, 4], [20, 30, 12, 10, 32], []),
        (111, [0, 1, 3, 4], [20, 30, 10, 40], []), (97, [0, 1, 4], [20, 30, 40], [3]),
        (85, [0, 4], [20, 40], [1, 3]), (62, [0, 4], [20, 40], [1, 3]),
        (40, [0, 4], [20, 18], [1, 3]),
    ]

    @Test("columns move below their rows once what may be left out is", arguments: moves)
    func move(width: Int, shown: [Int], widths: [Int], below: [Int]) {
        let expected = ColumnLayout(shown: shown, widths: widths, below: below)
        #expect(fitColumns(Self.movable, into: width) == expected)
    }

    @Test("the last column is never left out")
    func onlyOmittable() {
        let sizes = [Int](repeating: 30, count: 3).map {
            ColumnSize(natural: $0, floor: 12, narrowing: .omit)
        }
        #expect(fitColumns(sizes, into: 5) == ColumnLayout(shown: [0], widths: [12]))
    }
}
