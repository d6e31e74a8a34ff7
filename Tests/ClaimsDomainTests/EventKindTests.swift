import ClaimsDomain
import ClaimsTestSupport
import Testing

@Suite struct EventKindTests {
    @Test("each kind of event has a name and a number of its own, and is named after its subject")
    func names() {
        #expect(Set(EventKind.allCases.map(\.rawValue)).count == EventKind.allCases.count)
        #expect(EventKind.byOrdinal.map(\.ordinal) == Array(EventKind.allCases.indices))
        for kind in EventKind.allCases {
            let about = kind.rawValue.split(separator: ".")[0]
            let expected = about == "funds" ? "period" : String(about)
            #expect(kind.subjectKind.rawValue == expected)
        }
    }

    @Test("every event names a partner but those of a whole program")
    func sourceNamesPartner() {
        let without = EventKind.allCases.filter { !$0.sourceNamesPartner }
        #expect(without == [.programPublished, .periodClosed])
    }

    @Test("a payload is of the kind it was made for", arguments: EventKind.allCases)
    func payloadKind(kind: EventKind) {
        var generator = SeededGenerator(seed: 1)
        #expect(randomPayload(kind, using: &generator).kind == kind)
    }

    @Test("an amendment without a field is empty, with any one it is not")
    func emptyAmendment() {
        #expect(ClaimAmended().isEmpty)
        let changes: [ClaimAmended] = [
            Samples.changes { $0.period = Samples.firstPeriod },
            Samples.changes { $0.activity = Samples.activity },
            Samples.changes { $0.amount = usd(0) },
            Samples.changes { $0.activityDate = Samples.day("2020-02-29") },
            Samples.changes { $0.title = "" }, Samples.changes { $0.location = "" },
            Samples.changes { $0.inHouseWork = false },
            Samples.changes { $0.thirdPartyVendor = false },
        ]
        for change in changes { #expect(!change.isEmpty) }
    }
}
