import ClaimsCodec
import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import ClaimsTestSupport
import Testing

@Suite("Submitting a command")
struct SubmitTests {
    @Test("the receipt tells the event, its line, the status, the payment and the movements")
    func receipt() throws {
        var office = try Office()
        try office.submit(Office.create("CLM-1"))
        let at = office.now.adding(milliseconds: -3_600_000)
        office.now = office.now.adding(milliseconds: 7_200_000)
        var context = office.context(id: "SUBMIT-1", at: at.adding(milliseconds: 7_200_000))
        context.role = "partner"
        context.correlationID = "MAIL-7"
        context.causationID = "C-3"
        var writer = try office.ledger.openWriter()
        let receipt = try writer.submit(Office.claim("CLM-1", .submit(amount: nil)), context)
        #expect(receipt.sequence == 4)
        #expect(receipt.event.recordedAt == context.now)
        let content = receipt.event.content
        #expect((content.id, content.subject) == (EventID("SUBMIT-1"), "CLM-1"))
        #expect(content.source == Samples.source)
        #expect(content.occurredAt == context.at)
        #expect((content.actor, content.role) == (Samples.partnerUser, "partner"))
        #expect((content.correlationID, content.causationID) == ("MAIL-7", "C-3"))
        #expect(content.payload == .claimSubmitted(amount: usd(600_000)))
        #expect((receipt.statusBefore, receipt.statusAfter) == ("editing", "submitted"))
        #expect(receipt.payment == .unpaid)
        let movement = try #require(receipt.postings.first)
        #expect(receipt.postings.count == 1)
        #expect(movement.account == Samples.account)
        #expect((movement.from, movement.to) == (.available, .reserved))
        #expect(movement.amount == usd(600_000))
        #expect(!receipt.isRepeated)
        #expect(receipt.clockBehindMilliseconds == 0)
        #expect(try office.lines().last == receipt.line)
        #expect(receipt.line == EventWriter.line(receipt.event))
        #expect(writer.head == 4)
    }

    @Test("a fund event's receipt has no status, a new claim's begins with none")
    func otherReceipts() throws {
        var office = try Office()
        let earned = try office.submit(Office.earn(usd(5)), by: Samples.reviewer)
        #expect((earned.statusBefore, earned.statusAfter, earned.payment) == (nil, nil, nil))
        #expect(earned.postings.map(\.to) == [.available])
        let created = try office.submit(Office.create("CLM-1"))
        #expect((created.statusBefore, created.statusAfter) == ("absent", "editing"))
        let association = try office.submit(Samples.command(for: AssociationAction.create))
        #expect((association.statusBefore, association.statusAfter) == ("absent", "editing"))
        #expect(association.payment == nil)
    }

    static let clocks: [(stepBack: Int64, behind: Int64)] = [
        (0, 0), (1, 1), (60_000, 60_000), (86_400_000 * 400, 86_400_000 * 400), (-1, 0),
    ]

    @Test(
        "when the clock steps back the time of recording stays, and the receipt says by how much",
        arguments: clocks)
    func clock(stepBack: Int64, behind: Int64) throws {
        var office = try Office()
        let last = try office.submit(Office.create("CLM-1")).event.recordedAt
        office.now = last.adding(milliseconds: -stepBack)
        let receipt = try office.submit(Office.create("CLM-2"))
        #expect(receipt.event.recordedAt == last.adding(milliseconds: max(0, -stepBack)))
        #expect(receipt.event.content.occurredAt == receipt.event.recordedAt)
        #expect(receipt.clockBehindMilliseconds == behind)
        #expect(try office.ledger.verify().isSound)
    }

    @Test("what is said to happen later than now is refused, to the millisecond")
    func future() throws {
        var office = try Office()
        let now = office.now
        let log = try office.log()
        var writer = try office.ledger.openWriter()
        let late = office.context(at: now.adding(milliseconds: 1))
        let error = ledgerError { _ = try writer.submit(Office.create("CLM-1"), late) }
        #expect(
            error?.description == """
                refused: \(now.adding(milliseconds: 1)) is in the future; the ledger records now, \
                at \(now)
                """)
        #expect(error?.category == .refused)
        #expect(try office.log() == log)
        office.now = now
        let inTime = office.context(at: now)
        #expect(try writer.submit(Office.create("CLM-1"), inTime).event.content.occurredAt == now)
    }

    @Test("with a clock behind the log, now is when the last event was recorded")
    func futureOfASlowClock() throws {
        var office = try Office()
        let last = try office.submit(Office.create("CLM-1")).event.recordedAt
        office.now = last.adding(milliseconds: -60_000)
        var writer = try office.ledger.openWriter()
        let receipt = try writer.submit(Office.create("CLM-2"), office.context(at: last))
        #expect(receipt.event.content.occurredAt == last)
        let late = office.context(at: last.adding(milliseconds: 1))
        let error = ledgerError { _ = try writer.submit(Office.create("CLM-3"), late) }
        #expect(error?.description.hasSuffix("the ledger records now, at \(last)") == true)
    }

    static let expectations: [(expected: Int64, isMet: Bool)] = [
        (2, true), (1, false), (3, false), (0, false),
    ]

    @Test("a command that expects another end of the log is refused", arguments: expectations)
    func expect(expected: Int64, isMet: Bool) throws {
        var office = try Office()
        let log = try office.log()
        var writer = try office.ledger.openWriter()
        let context = office.context(expected: expected)
        let error = ledgerError { _ = try writer.submit(Office.create("CLM-1"), context) }
        guard !isMet else {
            #expect(error == nil)
            #expect(writer.head == 3)
            return
        }
        #expect(
            error?.description == """
                refused: the log ends at sequence 2, expected \(expected)
                  fix: look at what was appended since, then decide again
                """)
        #expect(error?.category == .refused)
        #expect(writer.head == 2)
        #expect(try office.log() == log)
    }

    @Test("a refused command appends nothing, and the writer goes on")
    func refused() throws {
        var office = try Office()
        let log = try office.log()
        var writer = try office.ledger.openWriter()
        let unknown = Office.claim("CLM-9", .submit(amount: nil))
        let error = ledgerError { _ = try writer.submit(unknown, office.context()) }
        #expect(error?.description == "refused: there is no claim 'CLM-9' (rule claim_known)")
        #expect(error?.category == .refused)
        #expect(try office.log() == log)
        #expect(try writer.submit(Office.create("CLM-9"), office.context()).sequence == 3)
    }

    static let lengths: [(bytes: Int, message: String?)] = [
        (8_192, nil),
        (
            8_193,
            """
            error: the event cannot be recorded: 'text' is a string of 8193 bytes, expected a \
            string of at most 8192 bytes
            """
        ),
        (65_535, "error: the event would take 65815 bytes, a line holds at most 65535"),
    ]

    @Test("what is too long is refused whole, and the writer goes on", arguments: lengths)
    func tooLong(bytes: Int, message: String?) throws {
        var office = try Office()
        try office.submit(Office.create("CLM-1"))
        let log = try office.log()
        var writer = try office.ledger.openWriter()
        let text = String(repeating: "x", count: bytes)
        let context = office.context(id: "LONG-1")
        let error = ledgerError {
            _ = try writer.submit(Office.claim("CLM-1", .comment(text: text)), context)
        }
        #expect(error?.description == message)
        #expect(error == nil || error?.category == .badData)
        let isRecorded = message == nil
        #expect((try office.log() == log) != isRecorded)
        // The desk that refused it has nothing of it.
        let next = try writer.submit(
            Office.claim("CLM-1", .comment(text: "short")), office.context(id: "LONG-2"))
        #expect(next.sequence == (isRecorded ? 5 : 4))
        #expect(try office.ledger.verify().isSound)
    }

    @Test("a command on a plain ledger folder without events is refused by the rules, not broken")
    func emptyLedger() throws {
        var office = try Office(publishes: false)
        let error = ledgerError { try office.submit(Office.create("CLM-1")) }
        #expect(error?.category == .refused)
        #expect(try office.ledger.head() == 0)
        #expect(try office.submit(.publish(Office.program)).sequence == 1)
    }
}

@Suite("Two writers")
struct TwoWritersTests {
    @Test("while one writes, another is told who holds the lock; questions are still answered")
    func locked() throws {
        var office = try Office()
        var writer = try office.ledger.openWriter()
        let error = ledgerError { _ = try office.ledger.openWriter() }
        #expect(error?.category == .locked)
        #expect(error?.description.contains("holds the lock for writing") == true)
        #expect(error?.description.hasSuffix("\n  fix: try again when it has ended") == true)
        #expect(try office.ledger.claims().value.rows.isEmpty)
        _ = try writer.submit(Office.create("CLM-1"), office.context())
        #expect(try office.ledger.claims().value.rows.count == 1)
    }

    @Test("the next writer sees what the one before it wrote")
    func inTurn() throws {
        var office = try Office()
        for number in 1...3 {
            #expect(try office.submit(Office.create("CLM-\(number)")).sequence == Int64(number + 2))
        }
        let error = ledgerError { try office.submit(Office.create("CLM-2")) }
        #expect(error?.description == "refused: claim 'CLM-2' exists already (rule claim_new)")
    }

    @Test("rehearsing takes no lock, appends nothing and gives the receipt that would be given")
    func rehearse() throws {
        var office = try Office()
        let log = try office.log()
        let names = try office.scratch.names("ledger")
        let context = office.context(id: "R-1")
        var writer = try office.ledger.openWriter()
        let rehearsed = try office.ledger.rehearse(Office.create("CLM-1"), context)
        #expect(try office.log() == log)
        #expect(try office.scratch.names("ledger") == names)
        let receipt = try writer.submit(Office.create("CLM-1"), context)
        #expect(receipt == rehearsed)
        #expect(try office.ledger.rehearse(Office.create("CLM-1"), context).isRepeated)
    }

    @Test("rehearsing refuses what submitting refuses")
    func rehearseRefused() throws {
        var office = try Office()
        let cases: [(command: Command, context: CommandContext)] = [
            (Office.claim("CLM-1", .startReview), office.context()),
            (Office.create("CLM-1"), office.context(expected: 9)),
            (Office.create("CLM-1"), office.context(at: Samples.firstDeadline)),
            (Office.create("CLM-1", usd(0)), office.context()),
        ]
        for (command, context) in cases {
            let rehearsed = ledgerError { _ = try office.ledger.rehearse(command, context) }
            let submitted = ledgerError {
                var writer = try office.ledger.openWriter()
                _ = try writer.submit(command, context)
            }
            #expect(rehearsed?.category == .refused)
            #expect(rehearsed?.description == submitted?.description)
        }
        #expect(try office.ledger.head() == 2)
    }
}
