import ClaimsDomain
import ClaimsTestSupport
import Testing

/// What an activity needs on paper; asked at submission and again at approval.
@Suite struct DocumentRuleTests {
    /// An activity with these needs only, a draft, and the documents attached.
    struct Need: Sendable {
        let name: String
        var evidence: [EvidenceRequirement] = []
        var metrics: [String] = []
        var preapproval = false
        var inHouseWork: Bool?
        var thirdPartyVendor: Bool?
        var attached: [EvidenceAttached] = []
        var breach: RuleBreach?

        init(_ name: String, _ set: (inout Need) -> Void) {
            self.name = name
            set(&self)
        }

        func trial(_ command: ClaimCommand) -> RuleTrial {
            RuleTrial("\(command.action.rawValue) \(name)") { trial in
                trial.program = Samples.strict { activity in
                    activity.evidence = evidence
                    activity.metrics = metrics
                    activity.preapproval = preapproval
                    activity.caps = []
                }
                trial.draft.inHouseWork = inHouseWork
                trial.draft.thirdPartyVendor = thirdPartyVendor
                trial.documents = attached
                trial.command = command
                trial.breach = breach
                if breach != nil, command.action == .approve { trial.finding = .evidenceMissing }
            }
        }
    }

    static func requirement(
        _ kind: EvidenceKind, _ item: String, when: EvidenceRequirement.Condition = .always,
        needsNote: Bool = false
    ) -> EvidenceRequirement {
        EvidenceRequirement(kind: kind, item: item, when: when, needsNote: needsNote)
    }

    /// For each kind: a requirement, refused without, refused with a document of another kind only,
    /// passed with one.
    private static func kind(
        _ kind: EvidenceKind, other: EvidenceKind, when: EvidenceRequirement.Condition = .always
    ) -> [Need] {
        [[], [Samples.document(other)], [Samples.document(kind)]].map { attached in
            let kinds = attached.map(\.kind.rawValue).joined()
            return Need("a claim that needs \(kind.rawValue) and has [\(kinds)]") { need in
                need.evidence = [requirement(kind, "this", when: when), requirement(.other, "any")]
                need.inHouseWork = when == .inHouseWork
                need.thirdPartyVendor = when == .thirdPartyVendor
                need.attached = attached
                if attached.first?.kind != kind {
                    need.breach = .missingDocument(kind, items: ["this"])
                }
            }
        }
    }

    static let kinds: [Need] =
        kind(.coreRequirement, other: .proofOfExecution)
        + kind(.thirdPartyInvoice, other: .certificationStatement, when: .thirdPartyVendor)
        + kind(.certificationStatement, other: .thirdPartyInvoice, when: .inHouseWork)
        + kind(.proofOfExecution, other: .other) + kind(.metrics, other: .other)

    private static let conditional = [
        requirement(.thirdPartyInvoice, "the invoice", when: .thirdPartyVendor),
        requirement(.certificationStatement, "the hours", when: .inHouseWork),
    ]

    static let conditions: [Need] = [
        Need("neither vendor nor own work, and nothing said") { $0.evidence = conditional },
        Need("neither vendor nor own work") { need in
            need.evidence = conditional
            need.inHouseWork = false
            need.thirdPartyVendor = false
        },
        Need("a vendor without an invoice") { need in
            need.evidence = conditional
            need.thirdPartyVendor = true
            need.breach = .missingDocument(.thirdPartyInvoice, items: ["the invoice"])
        },
        Need("own work without a statement") { need in
            need.evidence = conditional
            need.inHouseWork = true
            need.breach = .missingDocument(.certificationStatement, items: ["the hours"])
        },
        Need("both, with the invoice only") { need in
            need.evidence = conditional
            need.inHouseWork = true
            need.thirdPartyVendor = true
            need.attached = [Samples.document(.thirdPartyInvoice)]
            need.breach = .missingDocument(.certificationStatement, items: ["the hours"])
        },
        Need("what is wanted only where it applies") { need in
            need.evidence = [requirement(.proofOfExecution, "slides", when: .whereApplicable)]
        },
        Need("two items of a kind, none attached") { need in
            need.evidence = [
                requirement(.proofOfExecution, "the invitation"),
                requirement(.proofOfExecution, "slides", when: .whereApplicable),
                requirement(.proofOfExecution, "a photo"),
            ]
            need.breach = .missingDocument(
                .proofOfExecution, items: ["the invitation", "a photo"])
        },
    ]

    private static let noted = [requirement(.proofOfExecution, "a sample", needsNote: true)]

    static let notes: [Need] = [
        Need("a proof with a note") { need in
            need.evidence = noted
            need.attached = [Samples.document(.proofOfExecution)]
        },
        Need("a proof without a note") { need in
            need.evidence = noted
            need.attached = [Samples.document(.proofOfExecution, "EV-7", note: nil)]
            need.breach = .missingNote(EvidenceID("EV-7"))
        },
        Need("a proof with an empty note") { need in
            need.evidence = noted
            need.attached = [Samples.document(.proofOfExecution, "EV-7", note: "")]
            need.breach = .missingNote(EvidenceID("EV-7"))
        },
        Need("two proofs, the second without a note") { need in
            need.evidence = noted
            need.attached = [
                Samples.document(.proofOfExecution, "EV-1"),
                Samples.document(.proofOfExecution, "EV-2", note: nil),
            ]
            need.breach = .missingNote(EvidenceID("EV-2"))
        },
        Need("a proof without a note where none is wanted") { need in
            need.evidence = [requirement(.proofOfExecution, "a sample")]
            need.attached = [Samples.document(.proofOfExecution, note: nil)]
        },
        Need("a document of another kind without a note") { need in
            need.evidence = noted
            need.attached = [
                Samples.document(.proofOfExecution), Samples.document(.other, "EV-2", note: nil),
            ]
        },
    ]

    static let metrics: [Need] = [
        Need("metrics wanted and none reported") { need in
            need.metrics = ["estimated reach", "click summary"]
            need.attached = [Samples.document(.proofOfExecution)]
            need.breach = .missingMetrics(["estimated reach", "click summary"])
        },
        Need("metrics wanted and a report attached") { need in
            need.metrics = ["estimated reach"]
            need.attached = [Samples.document(.metrics)]
        },
        Need("metrics wanted and one on another document") { need in
            need.metrics = ["estimated reach"]
            need.attached = [
                Samples.document(.proofOfExecution, metric: .init(name: "reach", value: "9000"))
            ]
        },
        Need("no approval beforehand") { need in
            need.preapproval = true
            need.attached = [Samples.metric("reach", "9000")]
            need.breach = .notPreapproved(Samples.activity)
        },
        Need("an approval beforehand") { need in
            need.preapproval = true
            need.attached = [Samples.metric("preapproval", "PA-17")]
        },
        Need("no approval beforehand where none is wanted") { _ in },
    ]

    static let needs = kinds + conditions + notes + metrics

    @Test(
        "a claim is submitted with what its activity needs",
        arguments: needs.map { $0.trial(.submit(amount: nil)) })
    func submission(trial: RuleTrial) throws { try trial.check() }

    @Test(
        "a claim is approved with what its activity needs, and history without it is found",
        arguments: needs.map { $0.trial(.approveAll) })
    func approval(trial: RuleTrial) throws { try trial.check() }

    @Test("a rejection, a withdrawal and a draft need no documents")
    func free() throws {
        var trial = RuleTrial("none")
        let ledger = try trial.prepared()
        #expect(ledger.refusal(of: .claim(Samples.claim, .withdraw(reason: nil))) == nil)
        trial.command = .reject(reasons: ["no proof"])
        #expect(trial.refusal(in: try trial.prepared()) == nil)
    }

    @Test("what is missing is asked for in the order of the rules, past those excepted")
    func order() throws {
        let program = Samples.strict { $0.preapproval = true }
        var ledger = try RuleTrial("order") { trial in
            trial.program = program
            trial.draft.inHouseWork = true
            trial.draft.thirdPartyVendor = true
        }.prepared()
        let submit = Command.claim(Samples.claim, .submit(amount: nil))
        var rules: [ClaimRule] = []
        while let refusal = ledger.refusal(of: submit) {
            let rule = try #require(ClaimRule(rawValue: refusal.rule))
            rules.append(rule)
            try ledger.grantException(from: rule)
        }
        #expect(
            rules == [
                .preapproval, .coreRequirements, .thirdPartyInvoice, .certificationStatement,
                .proofOfExecution, .metrics,
            ])
    }

    @Test("a withdrawn document proves nothing any more")
    func withdrawn() throws {
        var ledger = try TestLedger(publishing: [Samples.strictProgram], earned: nil)
        try ledger.earn(usd(2_000_000), in: Samples.strictProgram)
        try ledger.bring(to: .actionRequired, in: Samples.strictProgram)
        let submit = Command.claim(Samples.claim, .submit(amount: nil))
        #expect(ledger.refusal(of: submit) == nil)
        // EV-2 is the proof of execution.
        try ledger.perform(.detach(evidence: EvidenceID("EV-2"), reason: "wrong file"))
        #expect(ledger.refusal(of: submit)?.rule == "proof_of_execution")
        try ledger.perform(.attach(Samples.document(.proofOfExecution, "EV-2", note: nil)))
        #expect(ledger.refusal(of: submit)?.rule == "proof_note")
        try ledger.perform(.detach(evidence: EvidenceID("EV-2"), reason: "no note"))
        try ledger.perform(.attach(Samples.document(.proofOfExecution, "EV-2")))
        #expect(ledger.refusal(of: submit) == nil)
    }
}
