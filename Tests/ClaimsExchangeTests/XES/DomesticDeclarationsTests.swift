import ClaimsDomain
import ClaimsExchange
import Foundation
import Testing

@Suite("BPI Challenge 2020, domestic declarations")
struct DomesticDeclarationsTests {
    static let log = XESSamples.root
        .appending(path: "../shared/data/bpi2020/DomesticDeclarations.xes.gz").standardizedFileURL
    static let mapping = XESSamples.root.appending(path: "tools/xes/domestic-declarations.json")

    static func shippedMapping() throws -> XESMapping {
        try XESMapping(
            [UInt8](Data(contentsOf: mapping)), file: "domestic-declarations.json",
            zone: XESSamples.zone)
    }

    @Test("the shipped mapping is read whole")
    func shipped() throws {
        let mapping = try Self.shippedMapping()
        #expect(mapping.programs.map(\.id.text) == ["travel-domestic"])
        let labels = mapping.programs.flatMap(\.usagePeriods).map(\.label.text)
        #expect(labels == ["2016", "2017", "2018", "2019"])
        #expect(mapping.programs[0].fundControl == .none)
        #expect(mapping.activities.count == 16)
    }

    @Test("every event of the real log is planned")
    func real() throws {
        guard FileManager.default.fileExists(atPath: Self.log.path) else {
            let isCI = ProcessInfo.processInfo.environment["CI"] == "true"
            #expect(!isCI, "\(Self.log.path) is missing, and CI leaves nothing out")
            if !isCI { print("notice: left out: \(Self.log.lastPathComponent) is not here") }
            return
        }
        let mapping = try Self.shippedMapping()
        let planner = XESPlanner(mapping: mapping, zone: XESSamples.zone)
        var counts: [EventKind: Int] = [:]
        var (listed, cents, ids) = (0, Int64(0), Set<String>())
        let summary = try Self.read { trace in
            let plan = planner.plan(trace)
            var planned = Set<Int>()
            for step in plan.steps {
                switch step {
                case .listed: listed += 1
                case .event(let event, let ordinal, _):
                    planned.insert(ordinal)
                    counts[event.payload.kind, default: 0] += 1
                    ids.insert(event.id.text)
                    if case .claimCreated(let created) = event.payload {
                        cents += created.amount.minorUnits
                    }
                }
            }
            #expect(planned.count == trace.events.count)
        }
        #expect((summary.traces, summary.events, summary.looseEvents) == (10_357, 55_628, 0))
        #expect(listed == 0)
        #expect(ids.count == 55_628 + 10_222)
        #expect(
            counts == [
                .claimCreated: 10_357, .claimSubmitted: 11_371, .claimEndorsed: 11_493,
                .claimApproved: 9_999, .claimDocumentsRequested: 1_454, .claimCommentAdded: 1_350,
                .claimPaymentRequested: 9_914, .claimReimbursed: 9_912,
            ])
        // The sum of the amounts, each rounded half up: computed apart with Python's decimal.
        #expect(cents == 89_486_846)
    }

    private static func read(onTrace: (XESTrace) throws -> Void) throws -> XESSummary {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", log.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        defer { process.waitUntilExit() }
        let handle = pipe.fileHandleForReading
        return try XESReader(file: "DomesticDeclarations.xes").read(
            chunks: { try handle.read(upToCount: XESReader.chunkBytes).map { [UInt8]($0) } ?? [] },
            onTrace: onTrace)
    }
}
