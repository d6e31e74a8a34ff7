import ClaimsLedger

// Arguments: a folder for the new ledger, and a program file such as those in events/programs.
let (folder, rules) = (CommandLine.arguments[1], CommandLine.arguments[2])
guard let now = Instant("2020-02-18T09:15:00Z") else { fatalError("no such moment") }

let new = NewLedger(ledgerID: "L-1", origin: "example.com/claims", keyFile: folder + ".key")
let ledger = try Ledger.create(folder, new)  // later runs: Ledger.open(folder)
let program = try ProgramFile.read(rules)
let (partner, period, claim) = (PartnerID("100"), PeriodLabel("FY20-H2"), ClaimID("CLM-1"))
let earned = Money(minorUnits: 2_000_000, currency: program.currency)
let earning = FundsEarned(amount: earned, earnedOn: now.day)
let asked = Money(minorUnits: 125_000, currency: program.currency)
let draft = ClaimCreated(
    period: period, activity: program.activities[0].id, amount: asked, activityDate: now.day)
let commands: [Command] = [
    .publish(program), .fund(.earn(earning), program: program.id, partner: partner, period: period),
    .create(claim, program: program.id, partner: partner, draft),
    .claim(claim, .submit(amount: nil)),
]
do {
    var writer = try ledger.openWriter()
    for (number, command) in commands.enumerated() {
        // Clock, ids and people come from outside: a command sent twice is recorded once.
        let user = Actor(kind: .user, id: "u-17")
        let context = CommandContext(now: now, actor: user, id: EventID("C-\(number)"))
        print(try writer.submit(command, context).event.kind.rawValue)
    }
} catch { print(error) }  // the rule that refused; nothing of that command was written
for row in try ledger.balances().value.rows { print(row.balance.earned, row.available) }
