import ClaimsDomain

/// The fields of a programme's rule set: the `data` of `program.published` and of a program file.
///
/// A program file may leave out what publishing resolves: claim deadlines, and each `...At`.
package enum ProgramSchema {
    /// A century: dates computed from it stay within the calendar.
    static let longestMonths: Int64 = 1_200
    /// Ten years to answer in.
    private static let longestDays: Int64 = 3_660
    /// A day that each month has.
    private static let lastSafeDay: Int64 = 28
    private static let mostAttendees: Int64 = 1_000_000

    package static let fields: [Field] = [
        Field("id", .identifier, "the program's id, equal to the event's subject"),
        Field("name", .note, "its name"),
        Field("version", .identifier, "of the rules, such as FY20.1"),
        Field("effectiveFrom", .day, "the first day these rules apply"),
        Field("effectiveAt", .instant, required: false, "that day's start in the zone"),
        Field("currency", .currency, "of thresholds and caps"),
        Field("timeZone", .identifier, "IANA name of the zone of its dates"),
        Field(
            "fundControl", .choice(FundControl.allCases.map(\.rawValue)),
            "whether a claim may exceed its fund"),
        Field("coopShare", .decimal, "the part of earnings that becomes co-op funds"),
        Field("threshold", .decimal, required: false, "co-op below it converts to rebate"),
        Field(
            "thresholdBasis", .choice(ThresholdBasis.allCases.map(\.rawValue)), required: false,
            "the figure the threshold is tested on; rounded if left out"),
        Field("rounding", .choice(Rounding.allCases.map(\.rawValue)), "of shares and percentages"),
        Field(
            "retentionMonths", .upTo(longestMonths),
            "how long originals are kept after the activity"),
        Field(
            "usagePeriods", .list(.object(usagePeriod), atLeast: 0), "the program's calendar"),
        Field("targets", .object(targets), required: false, "how long answers may take"),
        Field("holidays", .list(.day, atLeast: 0), required: false, "no business days"),
        Field(
            "separationOfDuties", .flag, required: false,
            "whether submitting and deciding must be two persons' work"),
        Field(
            "documentsAnswered", .flag, required: false,
            "whether a claim sent back needs all that was asked for before it is resubmitted"),
        Field(
            "evidenceOnce", .flag, required: false,
            "whether a file or an invoice may prove one claim only"),
        Field(
            "paymentCutoffDay", .upTo(lastSafeDay), required: false,
            "approvals up to this day of a month are paid by its end, later ones by the next's"),
        Field(
            "roles",
            .list(
                .object([
                    Field(
                        "action", .choice(ClaimAction.allCases.map(\.rawValue)),
                        "what is done to a claim"),
                    Field("roles", .list(.identifier, atLeast: 1), "who may do it"),
                ]), atLeast: 0), required: false,
            "the roles that may do an action; an action not listed is open to all"),
        Field(
            "activities", .list(.object(activity), atLeast: 0), required: false,
            "the claimable activities; none listed means any"),
        Field(
            "associations", .object(associations), required: false,
            "the rules for associations, where the program has any"),
    ]

    static let usagePeriod: [Field] =
        [
            Field("label", .identifier, "the usage period's label"),
            Field(
                "earnedFrom", .day, required: false, "first earning day, the usage's if left out"),
            Field("earnedTo", .day, required: false, "last earning day, the usage's if left out"),
            Field("usageFrom", .day, "first day of activities"),
            Field("usageTo", .day, "last day of activities"),
            Field("claimFrom", .day, required: false, "first claiming day, usageFrom if left out"),
            Field(
                "claimDeadline", .day, required: false,
                "last claiming day, usageTo + 45 if left out"),
            Field(
                "activityDeadlineDays", .upTo(longestDays), required: false,
                "days after an activity to claim it in, until the deadline at the latest"),
        ]
        + ["earnedFromAt", "usageFromAt", "claimFromAt"].map {
            Field($0, .instant, required: false, "the start of the day in the zone")
        }
        + ["earnedBefore", "usageBefore", "claimBefore"].map {
            Field($0, .instant, required: false, "the moment after the last day in the zone")
        }

    static let target: [Field] = [
        Field("days", .upTo(longestDays), "how many"),
        Field("unit", .choice(Target.Unit.allCases.map(\.rawValue)), "which days count"),
    ]

    private static let targets: [Field] = [
        Field("review", .object(target), required: false, "from submission to a decision"),
        Field("dispute", .object(target), required: false, "from a dispute to a decision"),
        Field("payment", .object(target), required: false, "from approval to payment"),
    ]

    private static let activity: [Field] = [
        Field("id", .identifier, "the activity's id"),
        Field("name", .note, "its name"),
        Field("category", .identifier, "its group"),
        Field(
            "evidence",
            .list(
                .object([
                    Field("kind", .evidenceKind, "the kind of document"),
                    Field("item", .note, "what it has to show"),
                    Field(
                        "when", .choice(EvidenceRequirement.Condition.allCases.map(\.rawValue)),
                        required: false, "when it is needed; always if left out"),
                    Field(
                        "note", .flag, required: false,
                        "whether each such document needs an explanatory note"),
                ]), atLeast: 0), required: false, "what proves it"),
        Field("metrics", .list(.note, atLeast: 0), required: false, "what it has to report"),
        Field("caps", .list(.object(cap), atLeast: 0), required: false, "what limits it"),
        Field(
            "expenses", .list(.identifier, atLeast: 0), required: false,
            "the types of expenses it covers; any if left out"),
        Field(
            "preapproval", .flag, required: false, "whether it must be approved before it happens"),
    ]

    private static let cap: [Field] = [
        Field(
            "kind", .choice(["fixed_amount", "percent_of_earned", "greater_of", "attendees"]),
            "how the limit is computed"),
        Field("amount", .decimal, required: false, "in the program's currency"),
        Field("percent", .decimal, required: false, "of the funds earned for the period"),
        Field("count", .upTo(mostAttendees), required: false, "how many attendees"),
        Field("per", .choice(Cap.Scope.allCases.map(\.rawValue)), "what it is taken over"),
        Field(
            "sharedWith", .list(.identifier, atLeast: 0), required: false,
            "activities that share the limit"),
        Field(
            "expenses", .list(.identifier, atLeast: 0), required: false,
            "the types of expenses it counts; all if left out"),
    ]
}
