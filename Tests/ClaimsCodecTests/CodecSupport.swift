import ClaimsDomain
import Foundation
import Testing

@testable import ClaimsCodec

/// A repeatable generator: the same seed gives the same numbers on every machine.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

extension [UInt8] {
    init(_ text: String) { self = Array(text.utf8) }

    var text: String { String(decoding: self, as: UTF8.self) }
}

/// What is wrong with a whole JSON text; nil when it is accepted.
func jsonProblem(_ bytes: [UInt8]) -> JSONProblem? {
    var scanner = JSONScanner()
    do throws(JSONProblem) {
        _ = try scanner.value(bytes.span)
        try scanner.end(bytes.span)
        return nil
    } catch {
        return error
    }
}

func read(_ bytes: [UInt8]) throws(LineProblem) -> Event {
    var reader = EventReader()
    return try reader.read(bytes.span)
}

func read(_ line: String) throws(LineProblem) -> Event { try read([UInt8](line)) }

/// What is wrong with a line; nil when it is an event.
func lineProblem(_ bytes: [UInt8]) -> LineProblem? {
    do throws(LineProblem) {
        _ = try read(bytes)
        return nil
    } catch {
        return error
    }
}

func lineProblem(_ line: String) -> LineProblem? { lineProblem([UInt8](line)) }

func line(_ event: Event) -> String { EventWriter.line(event).text }

extension String {
    /// The text with one occurrence of `old` replaced; the test is wrong when there is not one.
    func replacing(_ old: String, by new: String) -> String {
        let parts = components(separatedBy: old)
        precondition(parts.count == 2, "'\(old)' stands \(parts.count - 1) times in \(self)")
        return parts.joined(separator: new)
    }
}

/// A small valid line: one of its pieces is changed to make a case.
let plainLine = """
    {"specversion":"1.0","id":"e-1","source":"/programs/p/partners/q","type":"claim.submitted",\
    "subject":"C-1","time":"2020-02-03T09:15:00Z","recordedtime":"2020-02-03T09:15:02Z",\
    "sequence":"000000000001","authtype":"user","authid":"u-1",\
    "data":{"amountMinor":600000,"currency":"USD"}}
    """

/// Texts that are compared with files: `RECORD_GOLDEN=1` writes the files and fails the run.
enum Golden {
    static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    static let events = tests.deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "events")

    static var isRecording: Bool {
        ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1"
    }

    static func check(
        _ text: String, _ file: URL, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        if isRecording {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
            Issue.record("recorded \(file.lastPathComponent)", sourceLocation: sourceLocation)
        }
        let recorded = [UInt8](try Data(contentsOf: file)).text
        let difference = firstDifference(text, recorded)
        #expect(
            difference == nil, "\(file.lastPathComponent)", sourceLocation: sourceLocation)
    }

    /// The first line in which two texts differ, as found and as recorded.
    private static func firstDifference(_ text: String, _ recorded: String) -> String? {
        guard Array(text.utf8) != Array(recorded.utf8) else { return nil }
        let found = text.components(separatedBy: "\n")
        let kept = recorded.components(separatedBy: "\n")
        for index in 0..<max(found.count, kept.count) {
            let left = index < found.count ? found[index] : "(ends)"
            let right = index < kept.count ? kept[index] : "(ends)"
            if Array(left.utf8) != Array(right.utf8) {
                return "line \(index + 1): '\(left)' instead of '\(right)'"
            }
        }
        return "the texts differ"
    }
}
