public import ClaimsDomain
import ClaimsIndex
public import ClaimsProjections

extension Ledger {
    /// Why a claim stands where it stands: its events, and the lines behind each of its figures.
    ///
    /// Throws when nothing of such a claim had happened.
    ///
    /// From the index where there is one, else one pass over the log.
    public func explanation(
        of claim: ClaimID, at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<ClaimExplanation> {
        let (explainer, log) = try replay(
            of: .claim, claim.text, viewpoint, noting: ClaimExplainer(of: claim)
        ) { explainer, state, fact, _ in explainer.note(fact, in: state) }
        guard let explanation = explainer.explanation(in: log.replay) else {
            throw KnownNames(log.replay.state).unknown("claim", claim.text)
        }
        return Answer(explanation, of: log)
    }

    /// Why an association stands where it stands: its events, with rules and clocks.
    ///
    /// Throws when nothing of such an association had happened. One pass over the log.
    public func explanation(
        of association: AssociationID, at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<AssociationExplanation> {
        var explainer = AssociationExplainer(of: association)
        let log = try replay(viewpoint) { state, fact, _ in explainer.note(fact, in: state) }
        guard let explanation = explainer.explanation(in: log.replay) else {
            throw KnownNames(log.replay.state).unknown("association", association.text)
        }
        return Answer(explanation, of: log)
    }

    /// Why fund accounts hold what they hold: the postings behind their buckets, an explanation an
    /// account, by programme and currency.
    ///
    /// Throws for a partner, period or programme that nobody has heard of. Of one partner from the
    /// index where there is one, else one pass over the log.
    public func explanations(
        of question: FundQuestion, at viewpoint: Viewpoint = Viewpoint()
    ) throws(LedgerError) -> Answer<[AccountExplanation]> {
        let (explainer, log) = try replay(
            of: question.selection, viewpoint, noting: AccountExplainer(of: question)
        ) { explainer, state, fact, _ in explainer.note(fact, in: state) }
        return Answer(explainer.explanations(in: log.replay), of: log)
    }
}
