import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport

@testable import ClaimsLedger

/// What both are asked to explain: some claims, and the funds of some partners in some periods;
/// and what they sum balances by.
struct ModelQuestions {
    var claims: [String] = []
    var funds: [FundQuestion] = []
    var groupings = BalanceGrouping.allCases

    /// Everything that the reference has heard of.
    init(all reference: ReferenceLedger) {
        claims = reference.claims.keys.sorted()
        let places = Set(reference.accounts.map { [$0.partner, $0.period] })
        funds = places.map { FundQuestion(partner: PartnerID($0[0]), period: PeriodLabel($0[1])) }
    }

    /// One claim, the funds of one partner in one period, one way of summing.
    init(of reference: ReferenceLedger, _ generator: inout SeededGenerator) {
        self.init(all: reference)
        claims = claims.isEmpty ? [] : [generator.pick(claims)]
        funds.sort { "\($0)" < "\($1)" }
        funds = funds.isEmpty ? [] : [generator.pick(funds)]
        groupings = [generator.pick(groupings)]
    }
}

/// What the ledger answers to the questions that a reference is asked too.
struct ModelAnswers {
    var claims: [ClaimRow] = []
    var associations: [AssociationRow] = []
    var balances: [BalanceRow] = []
    var sums: [BalanceGrouping: [BalanceRow]] = [:]
    var findings: [FindingRow] = []
    var explainedClaims: [ClaimExplanation] = []
    var explainedFunds: [AccountExplanation] = []

    /// Each question asked by itself, as a command does: from the index where there is one.
    init(asking ledger: Ledger, _ viewpoint: Viewpoint, _ questions: ModelQuestions) throws {
        claims = try ledger.claims(at: viewpoint).value.rows
        associations = try ledger.associations(at: viewpoint).value.rows
        balances = try ledger.balances(at: viewpoint).value.rows
        for grouping in questions.groupings {
            sums[grouping] = try ledger.balances(grouping: grouping, at: viewpoint).value.rows
        }
        findings = try ledger.findings(at: viewpoint).value.rows
        for id in questions.claims {
            explainedClaims.append(
                try ledger.explanation(of: ClaimID(id), at: viewpoint).value)
        }
        for question in questions.funds {
            explainedFunds += try ledger.explanations(of: question, at: viewpoint).value
        }
    }

    /// All of them from one pass over the log.
    init(replaying ledger: Ledger, _ viewpoint: Viewpoint, _ questions: ModelQuestions) throws {
        var ofClaims = questions.claims.map { ClaimExplainer(of: ClaimID($0)) }
        var ofFunds = questions.funds.map { AccountExplainer(of: $0) }
        var facts: [Int64: Fact] = [:]
        let replay = try ledger.replay(viewpoint) { state, fact, _ in
            facts[fact.sequence] = fact
            for place in ofClaims.indices { ofClaims[place].note(fact, in: state) }
            for place in ofFunds.indices { ofFunds[place].note(fact, in: state) }
        }.replay
        claims = ClaimRegister(replay).rows
        associations = AssociationRegister(replay).rows
        balances = FundBalances(replay).rows
        for grouping in questions.groupings {
            sums[grouping] = FundBalances(replay, grouping: grouping).rows
        }
        findings = FindingRegister(replay, facts: facts).rows
        explainedClaims = ofClaims.compactMap { $0.explanation(in: replay) }
        explainedFunds = ofFunds.flatMap { $0.explanations(in: replay) }
    }
}
