import ClaimsDomain
import ClaimsLedger
import ClaimsTestSupport
import Testing

@Suite("Several commands submitted together")
struct BatchTests {
    @Test("append what the same commands append one by one", arguments: UInt64(0)..<12)
    func oneByOne(seed: UInt64) throws {
        var single = try Office()
        let office = try Office()
        var desk = RandomCommandsTests.Desk(generator: SeededGenerator(seed: seed))
        var commands = (0..<100).map { _ in desk.next() }
        // Some come again, with the ids that they have then as well.
        for _ in 0..<10 { commands.append(desk.generator.pick(commands)) }
        var submissions: [Submission] = []
        var expected: [Result<Receipt, LedgerError>] = []
        var writer = try single.ledger.openWriter()
        for (number, command) in commands.enumerated() {
            let isAgain = number > 0 && desk.generator.oneIn(8)
            let context = single.context(by: command.actor)
            let submission =
                isAgain ? submissions[number - 1] : Submission(command.command, context)
            submissions.append(submission)
            do throws(LedgerError) {
                expected.append(.success(try writer.submit(submission.command, submission.context)))
            } catch {
                expected.append(.failure(error))
            }
        }
        var answers: [Result<Receipt, LedgerError>] = []
        var together = try office.ledger.openWriter()
        while answers.count < submissions.count {
            let count = Int(desk.generator.number(0...40))
            answers += try together.submit(Array(submissions[answers.count...].prefix(count)))
        }
        #expect(answers.map(Self.told) == expected.map(Self.told))
        #expect(try office.log() == single.log())
        #expect(answers.contains { (try? $0.get())?.isRepeated == true })
    }

    private static func told(_ answer: Result<Receipt, LedgerError>) -> String {
        switch answer {
        case .success(let receipt): "\(receipt)"
        case .failure(let error): error.description
        }
    }

    @Test("one that cannot be recorded leaves those around it alone")
    func notRecorded() throws {
        var office = try Office()
        var writer = try office.ledger.openWriter()
        func comment(_ text: String) -> Submission {
            Submission(Office.claim("CLM-1", .comment(text: text)), office.context())
        }
        let long = String(repeating: "x", count: 8_193)
        let answers = try writer.submit([
            Submission(Office.create("CLM-1"), office.context()), comment(long), comment("after"),
        ])
        #expect(answers.map { (try? $0.get())?.sequence } == [3, nil, 4])
        #expect(try office.lines().count == 4)
        #expect(try writer.submit([]).isEmpty)
    }

    @Test("an event's total that would pass all bounds is refused, and what comes after is taken")
    func outOfRange() throws {
        var office = try Office()
        var writer = try office.ledger.openWriter()
        let most = usd(9_007_199_254_740_991)
        var submissions = (0..<1_025).map { _ in Submission(Office.earn(most), office.context()) }
        submissions.append(Submission(Office.create("CLM-1"), office.context()))
        let answers = try writer.submit(submissions)
        let refused = answers.indices.filter { (try? answers[$0].get()) == nil }
        #expect(!refused.isEmpty)
        #expect(refused.allSatisfy { (1_000..<1_025).contains($0) })
        #expect(try answers[1_025].get().statusAfter == "editing")
        #expect(try office.lines().count == 2 + answers.count - refused.count)
        #expect(try office.ledger.verify().isSound)
    }
}
