import ClaimsCodec
import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import ClaimsTestSupport
import Testing

@Suite("Many commands")
struct RandomCommandsTests {
    /// Draws commands that are often accepted, for three claims of two partners.
    struct Desk {
        var generator: SeededGenerator
        static let actions = ClaimAction.allCases.filter { $0 != .create }

        mutating func next() -> (command: Command, actor: Actor) {
            let id = "CLM-\(generator.number(1...3))"
            switch generator.number(1...8) {
            case 1:
                let partner = generator.pick([Samples.partner, Samples.otherPartner])
                return (Office.earn(usd(generator.number(1...50_000)), partner: partner), reviewer)
            case 2...3:
                let amount = usd(generator.number(1...900_000))
                return (Office.create(id, amount), Samples.partnerUser)
            default:
                let action = generator.pick(Self.actions)
                let command =
                    action == .attach
                    ? attach(id) : Samples.command(for: action, on: ClaimID(id))
                let isReview: Set<ClaimAction> = [
                    .startReview, .endorse, .requestDocuments, .approve, .reject, .grantException,
                    .requestPayment, .reimburse, .reverseReimbursement,
                ]
                return (command, isReview.contains(action) ? reviewer : Samples.partnerUser)
            }
        }

        private var reviewer: Actor { Samples.reviewer }

        /// Each document is another one: to use one again is a finding.
        private mutating func attach(_ id: String) -> Command {
            var evidence = Samples.evidence
            let digits = String(generator.number(1...(.max)))
            evidence.evidence = EvidenceID("EV-\(digits)")
            evidence.sha256 = String(repeating: "0", count: 64 - digits.count) + digits
            return Office.claim(id, .attach(evidence))
        }
    }

    @Test(
        "the writer's state is that of a fresh replay, and each receipt stands in the log",
        arguments: UInt64(0)..<12)
    func sameAsReplay(seed: UInt64) throws {
        var office = try Office(segmentBytes: seed.isMultiple(of: 2) ? nil : 3_000)
        var desk = Desk(generator: SeededGenerator(seed: seed))
        var lines: [[UInt8]] = []
        var refusals = 0
        var writer = try office.ledger.openWriter()
        for _ in 0..<120 {
            let (command, actor) = desk.next()
            // The clock jumps now and then, back as well.
            if desk.generator.oneIn(9) {
                let seconds = desk.generator.number(-100_000...100_000)
                office.now = office.now.adding(milliseconds: seconds * 1_000)
            }
            let head = writer.head
            do {
                let receipt = try writer.submit(command, office.context(by: actor))
                lines.append(receipt.line)
                #expect(receipt.sequence == head + 1)
            } catch {
                #expect(error.category == .refused)
                #expect(writer.head == head)
                refusals += 1
            }
        }
        #expect(lines.count > 20)
        #expect(refusals > 10)
        let fresh = try Ledger.open(office.scratch.path("ledger")).replay()
        #expect(fresh.order.head == writer.head)
        let state = fresh.replay.state
        #expect(ToldState(writer.state, as: fresh.replay) == ToldState(fresh.replay))
        // What a command did was allowed: history broke no rule.
        #expect(state.findings.isEmpty)
        var stored: [[UInt8]] = []
        _ = try office.ledger.lines(Selection(), at: Viewpoint()) { bytes in
            stored.append(bytes.indices.map { bytes[$0] })
        }
        #expect(Array(stored.dropFirst(2)) == lines)
        #expect(try office.ledger.verify().isSound)
    }
}
