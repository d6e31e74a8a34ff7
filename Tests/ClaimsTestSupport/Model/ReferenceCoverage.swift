package import ClaimsDomain

/// Whether the reference ledger finds it too.
package enum ReferenceCoverage: Equatable, Sendable {
    case modelled
    /// The tests that hold it instead, and why it is left to them.
    case leftTo(String, because: String)
}

extension FindingCode {
    /// The decision for each finding: a new one does not compile without.
    package var referenceCoverage: ReferenceCoverage {
        switch self {
        case .outOfOrder, .timeWentBack, .otherAccount, .currencyDiffers, .noRulesInForce,
            .unknownPeriod, .approvedOverSubmitted, .claimedOverAvailable, .fundOverdrawn,
            .paidWithoutApproval, .paidOverApproved, .reversedOverPaid, .paidTwice,
            .approvedUnpaid, .activityOutsidePeriod, .submittedEarly, .submittedLate,
            .evidenceMissing, .approvedOverCap, .submitterDecided, .evidenceReused,
            .invoiceReused, .requestUnanswered, .ineligibleExpense, .overInvoices, .afterClosing:
            .modelled
        case .associationIncomplete, .associationTaken:
            .leftTo(
                "AssociationRuleTests, AssociationExclusivityTests",
                because: "fields, scopes and holders are a table of cases there; no money moves")
        case .associationLate, .associationAnswerLate, .associationReviewLate,
            .associationDisputeLate, .associationConsentLate:
            .leftTo(
                "AssociationClockTests, AssociationRuleTests",
                because: "each clock is tested on its last day and the day after")
        }
    }
}
