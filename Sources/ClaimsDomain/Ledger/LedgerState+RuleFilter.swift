extension LedgerState {
    /// Whether a submission or decision could break a rule: false only where one look at the keys
    /// shows that it breaks none.
    ///
    /// Nearly every event of a real history breaks none, and holding the rules against a claim in
    /// full costs more than everything else that its event does. What this lets through is looked
    /// at in full, so it decides nothing but the time it takes.
    func mayBreakRules(
        _ fact: Fact, _ action: ClaimAction, claim index: Int, isFirst: Bool
    ) -> Bool {
        let claim = claims[index]
        guard let rules = rulesInForce(of: claim.program, at: fact.occurredAt) else { return false }
        let dossier = dossiers.summaries[index]
        if action == .submit {
            return !isInCalendar(fact, claim, rules, isFirst: isFirst) || dossier.hasMixedInvoices
                || rules.rules.documentsAnswered && dossier.rounds > 0
                || dossier.isItemised
                || dossier.invoiceCurrency == fact.currency && dossier.invoiceTotal < fact.amount
        }
        if rules.rules.separationOfDuties, fact.actor == claim.submittedBy { return true }
        guard action == .approve, let place = rules.activities.firstIndex(of: claim.activity) else {
            return false
        }
        let needs = rules.needs[place]
        return needs.needsMore || needs.hasMetrics && !dossier.reportsMetric
            || !needs.areMet(by: dossier, of: claim)
    }

    private func isInCalendar(
        _ fact: Fact, _ claim: ClaimRecord, _ rules: KeyedRules, isFirst: Bool
    ) -> Bool {
        guard let place = rules.periods.firstIndex(of: claim.period) else { return true }
        let period = rules.rules.usagePeriods[place]
        if let day = claim.activityDate, !period.usage.contains(day) { return false }
        if fact.occurredAt < period.instants.claimFrom { return false }
        return !isFirst
            || fact.occurredAt < period.deadline(ofActivityOn: claim.activityDate).before
    }
}
