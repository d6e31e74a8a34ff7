import Foundation
import Testing

@testable import ClaimsCodec

/// Damaged texts: this scanner and Foundation's accept and refuse the same ones, but for a list.
@Suite struct JSONAgreementTests {
    private static let bases = [
        plainLine,
        "{\"a\":[1,-2.5e+10,0.125,true,false,null],\"b\":{\"c\":\"d\\u00e9\\n\\\"\",\"\":[]}}",
        "[\"\u{E9}\u{4E2D}\u{1F600}\",\"\\uD83D\\uDE00\",{\"x\":[[[]]]},-0,1E2, 3 ]",
        "  {\"k\" : [ { } , [ ] , \"\" ] }\t\r\n",
    ]

    private static let pieces: [[UInt8]] =
        [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "0", "-", ".", "e", "E+", "null",
            "true",
            " ", "\t", "\n", "\\uD800", "\\uDC00", "/", "a", "\u{FEFF}", "\u{E9}",
        ].map { [UInt8]($0) } + [
            [0x80], [0xC3], [0xED, 0xA0, 0x80], [0xFF], [0x1F], [0x7F], [0x00],
        ]

    private static func mutated(_ bytes: [UInt8], _ generator: inout SplitMix) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let place = Int.random(in: 0...bytes.count, using: &generator)
            let end = min(bytes.count, place + Int.random(in: 0...4, using: &generator))
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes.removeSubrange(place..<end)
            case 1:
                let piece = pieces[Int.random(in: 0..<pieces.count, using: &generator)]
                bytes.insert(contentsOf: piece, at: place)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            default:
                guard place < bytes.count else { continue }
                bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            }
        }
        return bytes
    }

    private static func foundationAccepts(_ bytes: [UInt8]) -> Bool {
        let value = try? JSONSerialization.jsonObject(
            with: Data(bytes), options: .fragmentsAllowed)
        return value != nil
    }

    /// Where the two may differ: what this scanner refuses beyond the grammar, and the other
    /// encodings, the looser commas and the narrower numbers of Foundation's.
    private static func mayDiffer(_ bytes: [UInt8], _ problem: JSONProblem?) -> Bool {
        switch problem?.kind {
        case .duplicateMember, .tooDeep: return true
        case .none:
            // Numbers beyond binary64 are refused by Foundation.
            return bytes.text.contains(/[0-9][eE][+]?[0-9]{3,}|[0-9]{300,}/)
        case .unexpected("']'", "a value"), .unexpected("'}'", "a member name"):
            // Foundation lets a comma stand before the end.
            let offset = problem?.offset ?? 0
            return bytes[..<offset].last { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == 0x2C
        case .some:
            // A byte order mark, or zeros that look like UTF-16 or UTF-32.
            return bytes.starts(with: [0xEF, 0xBB, 0xBF]) || bytes.prefix(4).contains(0)
        }
    }

    @Test("damaged texts are judged as Foundation judges them", arguments: UInt64(0)..<40)
    func agreement(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        for round in 0..<100 {
            let base = [UInt8](Self.bases[round % Self.bases.count])
            let bytes = Self.mutated(base, &generator)
            let problem = jsonProblem(bytes)
            if (problem == nil) != Self.foundationAccepts(bytes) {
                #expect(
                    Self.mayDiffer(bytes, problem), "\(bytes.text) \(String(describing: problem))")
            }
        }
    }

    @Test("the mutations reach both sides: some texts stay valid, most do not")
    func mutationsBite() {
        var generator = SplitMix(seed: 1)
        let accepted = (0..<400).count { round in
            let base = [UInt8](Self.bases[round % Self.bases.count])
            return jsonProblem(Self.mutated(base, &generator)) == nil
        }
        #expect((20...300).contains(accepted))
    }

    static let differences: [(bytes: [UInt8], isOurs: Bool)] = [
        ([UInt8]("{\"a\":1,\"a\":2}"), false),
        ([UInt8](String(repeating: "[", count: 17) + String(repeating: "]", count: 17)), false),
        ([0xEF, 0xBB, 0xBF] + [UInt8]("{}"), false),
        ([0x5B, 0x00, 0x5D, 0x00], false),
        ([UInt8]("1e400"), true), ([UInt8]("[1,]"), false), ([UInt8]("{\"a\":1 , }"), false),
    ]

    @Test("the listed differences are differences", arguments: differences)
    func difference(bytes: [UInt8], isOurs: Bool) {
        #expect((jsonProblem(bytes) == nil) == isOurs)
        #expect(Self.foundationAccepts(bytes) != isOurs)
    }
}
