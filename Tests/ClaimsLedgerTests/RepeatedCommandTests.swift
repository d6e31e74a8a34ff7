import ClaimsDomain
import ClaimsLedger
import ClaimsTestSupport
import Testing

@Suite("A command sent again")
struct RepeatedCommandTests {
    /// Every kind of command once, each with its own id.
    private static func commands() -> [(command: Command, actor: Actor)] {
        let reviewer = Samples.reviewer
        let partner = Samples.partnerUser
        let enrolled = PartnerEnrolled(name: "Contoso", country: "NL")
        return [
            (
                .enroll(program: Office.program.id, partner: Samples.partner, enrolled), reviewer
            ),
            (Office.earn(usd(700)), reviewer),
            (Office.create("CLM-1", usd(500)), partner),
            (Office.claim("CLM-1", .amend(Samples.changes { $0.amount = usd(400) })), partner),
            (Office.claim("CLM-1", .submit(amount: nil)), partner),
            (Office.claim("CLM-1", .startReview), reviewer),
            (Office.claim("CLM-1", .approve(amount: nil, reason: nil)), reviewer),
            (Office.claim("CLM-1", .requestPayment(amount: nil)), reviewer),
            (Office.claim("CLM-1", Samples.reimburse(nil)), reviewer),
            (Office.claim("CLM-1", Samples.reverse(nil)), reviewer),
            (Samples.command(for: AssociationAction.create), partner),
            (Samples.command(for: AssociationAction.submit), partner),
        ]
    }

    static let clocks: [(name: String, shift: Int64)] = [
        ("the same clock", 0), ("a later clock", 86_400_000), ("an earlier clock", -86_400_000),
    ]

    @Test(
        "with the same id and content it is answered with the first receipt, nothing is appended",
        arguments: clocks)
    func repeated(name: String, shift: Int64) throws {
        var office = try Office()
        var sent: [(command: Command, context: CommandContext, receipt: Receipt)] = []
        do {
            var writer = try office.ledger.openWriter()
            for (command, actor) in Self.commands() {
                let context = office.context(by: actor)
                sent.append((command, context, try writer.submit(command, context)))
            }
        }
        let log = try office.log()
        // Through a writer that wrote none of it.
        var writer = try office.ledger.openWriter()
        for (command, context, first) in sent {
            var again = context
            again.now = context.now.adding(milliseconds: shift)
            // What was expected then is not asked again.
            again.expected = first.sequence - 1
            let receipt = try writer.submit(command, again)
            #expect(receipt.isRepeated)
            #expect(receipt.event == first.event)
            #expect(receipt.line == first.line)
            #expect(receipt.statusBefore == first.statusBefore)
            #expect(receipt.statusAfter == first.statusAfter)
            #expect(receipt.payment == first.payment)
            #expect(receipt.postings == first.postings)
            #expect(receipt.clockBehindMilliseconds == 0)
        }
        #expect(try office.log() == log)
    }

    @Test("within one writer too, and then the next command follows at once")
    func sameWriter() throws {
        var office = try Office()
        var writer = try office.ledger.openWriter()
        let context = office.context()
        _ = try writer.submit(Office.create("CLM-1"), context)
        #expect(try writer.submit(Office.create("CLM-1"), context).isRepeated)
        #expect(try writer.submit(Office.create("CLM-2"), office.context()).sequence == 4)
    }

    @Test("a time that was given is part of the content, one that was left out is not asked for")
    func givenTime() throws {
        var office = try Office()
        var writer = try office.ledger.openWriter()
        let at = office.now.adding(milliseconds: -1_000)
        var context = office.context(id: "T-1", at: at)
        _ = try writer.submit(Office.create("CLM-1"), context)
        context.at = nil
        #expect(try writer.submit(Office.create("CLM-1"), context).isRepeated)
        context.at = at.adding(milliseconds: 1)
        let error = ledgerError { _ = try writer.submit(Office.create("CLM-1"), context) }
        #expect(
            error?.description == """
                refused: id 'T-1' stands at sequence 3 with other content
                  time: recorded "\(at)", given "\(at.adding(milliseconds: 1))"
                  fix: send the same content again, or use a new id
                """)
    }

    @Test("with other content it is a conflict that lists each differing field")
    func conflict() throws {
        var office = try Office()
        var writer = try office.ledger.openWriter()
        let context = office.context(id: "X-1")
        _ = try writer.submit(Office.create("CLM-1", usd(500)), context)
        let log = try office.log()
        var other = context
        other.actor = Samples.reviewer
        other.role = "admin"
        other.correlationID = "M-1"
        let error = ledgerError {
            _ = try writer.submit(Office.create("CLM-2", eur(501)), other)
        }
        #expect(
            error?.description == """
                refused: id 'X-1' stands at sequence 3 with other content
                  subject: recorded "CLM-1", given "CLM-2"
                  authid: recorded "u-17", given "r-4"
                  data.amountMinor: recorded 500, given 501
                  data.currency: recorded "USD", given "EUR"
                  correlationid: recorded nothing, given "M-1"
                  data.role: recorded nothing, given "admin"
                  fix: send the same content again, or use a new id
                """)
        #expect(error?.category == .refused)
        #expect(try office.log() == log)
        #expect(try writer.submit(Office.create("CLM-2"), office.context()).sequence == 4)
    }

    @Test("across reopening the conflict is the same")
    func conflictAfterReopening() throws {
        var office = try Office()
        let context = office.context(id: "X-1")
        do {
            var writer = try office.ledger.openWriter()
            _ = try writer.submit(Office.create("CLM-1"), context)
        }
        let reopened = try Ledger.open(office.scratch.path("ledger"))
        var writer = try reopened.openWriter()
        #expect(try writer.submit(Office.create("CLM-1"), context).isRepeated)
        let error = ledgerError { _ = try writer.submit(Office.create("CLM-7"), context) }
        #expect(error?.description.contains("subject: recorded \"CLM-1\", given \"CLM-7\"") == true)
    }

    @Test("another type of event under an id that stands is never recorded")
    func otherType() throws {
        var office = try Office()
        var writer = try office.ledger.openWriter()
        _ = try writer.submit(Office.create("CLM-1"), office.context())
        let context = office.context(id: "X-1")
        _ = try writer.submit(Office.claim("CLM-1", .submit(amount: nil)), context)
        let comment = Office.claim("CLM-1", .comment(text: "done"))
        let error = ledgerError { _ = try writer.submit(comment, context) }
        #expect(error?.description.contains("  type: recorded \"claim.submitted\"") == true)
        // The rules would not have allowed this one then, but nothing is decided again.
        let approval = Office.claim("CLM-1", .approve(amount: nil, reason: nil))
        let other = ledgerError { _ = try writer.submit(approval, context) }
        #expect(
            other?.description == """
                refused: id 'X-1' stands at sequence 4 with other content
                  type: recorded "claim.submitted", given "claim.approved"
                  fix: send the same content again, or use a new id
                """)
        #expect(writer.head == 4)
    }

    @Test("the same id of another source is another event")
    func otherSource() throws {
        var office = try Office()
        var writer = try office.ledger.openWriter()
        _ = try writer.submit(Office.create("CLM-1"), office.context(id: "X-1"))
        let other = Office.create("CLM-2", partner: Samples.otherPartner)
        let receipt = try writer.submit(other, office.context(id: "X-1"))
        #expect(!receipt.isRepeated)
        #expect(receipt.sequence == 4)
    }

    @Test("other content that the rules would refuse is a conflict all the same")
    func refusedContent() throws {
        var office = try Office()
        var writer = try office.ledger.openWriter()
        _ = try writer.submit(Office.create("CLM-1", usd(500)), office.context())
        for step in [
            ClaimCommand.submit(amount: nil), .startReview, .approve(amount: nil, reason: nil),
        ] {
            _ = try writer.submit(Office.claim("CLM-1", step), office.context())
        }
        let context = office.context(id: "P-1")
        let paid = Office.claim("CLM-1", Samples.reimburse(nil))
        _ = try writer.submit(paid, context)
        let more = Office.claim("CLM-1", Samples.reimburse(usd(501), reference: "PAY-2"))
        let error = ledgerError { _ = try writer.submit(more, context) }
        #expect(
            error?.description == """
                refused: id 'P-1' stands at sequence 7 with other content
                  data.amountMinor: recorded 500, given 501
                  data.paymentReference: recorded "PAY-1", given "PAY-2"
                  fix: send the same content again, or use a new id
                """)
        #expect(try writer.submit(paid, context).isRepeated)
    }

    @Test("a closing sent again is the same closing, whatever was recorded since")
    func closing() throws {
        var office = try Office()
        var writer = try office.ledger.openWriter()
        func close(_ size: Int64) -> Command {
            .closePeriod(
                program: Office.program.id, period: Samples.firstPeriod,
                treeHead: TreeHead(size: size, rootHash: "cm9vdA=="))
        }
        let context = office.context(id: "CLOSE-1")
        let first = try writer.submit(close(2), context)
        _ = try writer.submit(Office.create("CLM-1"), office.context())
        let again = try writer.submit(close(4), context)
        #expect(again.isRepeated)
        #expect(again.line == first.line)
    }

    @Test("stricter rules since then refuse no receipt")
    func stricterRules() throws {
        var office = try Office()
        var writer = try office.ledger.openWriter()
        let context = office.context(id: "X-1")
        let create = Office.create("CLM-1")
        _ = try writer.submit(create, context)
        var stricter = Office.program
        stricter.version = "2"
        stricter.activities = []
        stricter.usagePeriods = []
        _ = try writer.submit(.publish(stricter), office.context())
        var backdated = context
        backdated.now = office.now
        #expect(try writer.submit(create, backdated).isRepeated)
    }
}
