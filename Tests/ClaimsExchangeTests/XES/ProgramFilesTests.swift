import ClaimsCodec
import ClaimsDomain
import Foundation
import Testing

@Suite("Shipped program files")
struct ProgramFilesTests {
    static let folder = XESSamples.root.appending(path: "events/programs")

    static let files: [(name: String, id: String, threshold: String?, activities: Int)] = [
        ("csp-direct", "csp-direct", "10000.00", 24),
        ("csp-indirect-provider", "csp-indirect-provider", "10000.00", 24),
        ("csp-indirect-reseller", "csp-indirect-reseller", "10000.00", 24),
        ("csp-indirect-reseller.fy27", "csp-indirect-reseller", "10000.00", 24),
        ("surface-pc-hub", "surface-pc-hub", "1500.00", 23), ("hosting", "hosting", "1500.00", 24),
        ("online-services-advisor", "online-services-advisor", nil, 2),
        ("online-services-advisor.cpor", "online-services-advisor", nil, 2),
        ("dynamics-isv", "dynamics-isv", nil, 1), ("dynamics-isv.cpor", "dynamics-isv", nil, 1),
    ]

    static func read(_ name: String) throws -> Program {
        let bytes = [UInt8](try Data(contentsOf: folder.appending(path: "\(name).json")))
        return try ProgramText.program(bytes.span, zone: XESSamples.zone)
    }

    @Test("each is whole, and its line fits the log", arguments: files)
    func whole(name: String, id: String, threshold: String?, activities: Int) throws {
        let program = try Self.read(name)
        #expect(program.id.text == id)
        #expect(program.threshold?.decimal == threshold)
        #expect(program.activities.count == activities)
        #expect(Set(program.activities.map(\.id)).count == activities)
        #expect((program.fundControl == .reserve) == (threshold != nil))
        let content = ProposedEvent(
            id: EventID("p"), source: Source(program: program.id), subject: id,
            occurredAt: program.effectiveAt, actor: Actor(kind: .user, id: "u"),
            payload: .programPublished(program))
        let line = EventWriter.line(
            Event(content: content, recordedAt: program.effectiveAt, sequence: 1))
        #expect(line.count < 65_535 / 2)
        var reader = EventReader()
        #expect(try reader.read(line.span).content == content)
    }

    @Test("all are there, and none beside")
    func listed() throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
        #expect(found == Self.files.map { "\($0.name).json" }.sorted())
    }

    @Test(
        "periods are named by usage, windows follow one another, deadlines are the published ones")
    func calendar() throws {
        let program = try Self.read("csp-indirect-reseller")
        let rows = program.usagePeriods.map {
            "\($0.label): \($0.earned.first) \($0.usage.first) "
                + "\($0.claiming.first) \($0.claimDeadline)"
        }
        #expect(
            rows == [
                "FY20-H1: 2019-01-01 2019-07-01 2019-08-16 2020-02-15",
                "FY20-H2: 2019-07-01 2020-01-01 2020-02-16 2020-08-15",
                "FY21-H1: 2020-01-01 2020-07-01 2020-08-16 2021-02-15",
            ])
        for (earlier, later) in zip(program.usagePeriods, program.usagePeriods.dropFirst()) {
            #expect(later.claiming.first == earlier.claimDeadline.adding(days: 1))
            #expect(later.usage.first == earlier.usage.last.adding(days: 1))
            #expect(later.earned.last.adding(days: 1) == later.usage.first)
        }
        // 2020-08-15 ends at midnight in Los Angeles, in summer time.
        let before = program.usagePeriods[1].instants.claimBefore
        #expect(before == Instant("2020-08-16T07:00:00Z"))
    }

    @Test("the years differ in data only")
    func years() throws {
        let (old, new) = try (
            Self.read("csp-indirect-reseller"), Self.read("csp-indirect-reseller.fy27")
        )
        #expect(new.usagePeriods.map(\.label.text) == ["FY27-H1", "FY27-H2", "FY28-H1"])
        #expect(
            new.usagePeriods.map(\.claimDeadline.description)
                == ["2027-02-15", "2027-08-15", "2028-02-15"])
        #expect(old.effectiveAt < new.effectiveAt)
        #expect(Set(old.activities.map(\.id)) == Set(new.activities.map(\.id)))
        #expect(new.activity(ActivityID("tradeshows-expositions"))?.category == "demand-generation")
    }

    @Test("caps are those of the program")
    func caps() throws {
        func caps(_ name: String, _ activity: String) throws -> [Cap] {
            try Self.read(name).activity(ActivityID(activity))?.caps ?? []
        }
        let usd = try #require(Currency(code: "USD"))
        func percent(_ value: Int64) -> [Cap] {
            let share = ExactDecimal(unscaled: value, scale: 0)
            return [Cap(limit: .percentOfEarned(share), per: .usagePeriod)]
        }
        #expect(try caps("hosting", "customer-offers") == percent(25))
        #expect(try caps("surface-pc-hub", "customer-offers") == percent(100))
        #expect(try caps("hosting", "on-site-champ") == percent(50))
        #expect(try caps("surface-pc-hub", "on-site-champ") == percent(100))
        #expect(try caps("surface-pc-hub", "product-seeding-demo-units").isEmpty)
        #expect(
            try caps("csp-direct", "product-seeding-demo-units") == [
                Cap(
                    limit: .greaterOf(
                        percent: ExactDecimal(unscaled: 10, scale: 0),
                        amount: Money(minorUnits: 300_000, currency: usd)), per: .usagePeriod)
            ])
        #expect(
            try caps("csp-direct", "microsoft-hosted-conferences") == [
                Cap(
                    limit: .attendees(3), per: .claim,
                    expenses: ["registration", "transport", "hotel"]),
                Cap(
                    limit: .fixedAmount(Money(minorUnits: 500_000, currency: usd)), per: .person,
                    expenses: ["transport", "hotel"]),
                Cap(
                    limit: .fixedAmount(Money(minorUnits: 4_500_000, currency: usd)),
                    per: .usagePeriod, expenses: ["transport", "hotel"]),
            ])
    }

    @Test("what another year or program allows is not there")
    func restrictions() throws {
        for file in Self.files {
            #expect(try Self.read(file.name).activity(ActivityID("tv-radio")) == nil)
        }
        let web = ActivityID("employee-purchase-web-setup")
        #expect(try Self.read("surface-pc-hub").activity(web) == nil)
        #expect(try Self.read("csp-direct").activity(web) != nil)
    }

    @Test("every co-op activity asks for the vendor's invoice or the statement of own work")
    func invoices() throws {
        for file in Self.files where file.threshold != nil {
            for activity in try Self.read(file.name).activities {
                let conditions = activity.evidence.map { "\($0.kind.rawValue) \($0.when.rawValue)" }
                #expect(conditions.contains("third_party_invoice third_party_vendor"))
                #expect(conditions.contains("certification_statement in_house_work"))
            }
        }
    }
}
