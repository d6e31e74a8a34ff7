import ClaimsDomain

extension ProgramSchema {
    /// The rules for associations.
    static let associations: [Field] = [
        Field(
            "solutionAreas", .list(.identifier, atLeast: 0), required: false,
            "the solution areas; none listed means any"),
        Field(
            "requirements", .list(.object(requirement), atLeast: 0), required: false,
            "the fields an association has to give before it is handed in"),
        Field(
            "exclusivity", .list(.object(exclusivity), atLeast: 0), required: false,
            "of what there can be one partner of record"),
        Field("targets", .object(associationTargets), required: false, "how long answers may take"),
        Field(
            "consent", .object(consent), required: false,
            "how long the customer may opt out; at any time if left out"),
        Field(
            "claimWithin", .object(target), required: false,
            "from the transaction to being handed in"),
        Field(
            "acknowledgementMonths", .upTo(longestMonths), required: false,
            "how old the customer's acknowledgement may be when it is handed in"),
        Field(
            "withoutPayment", .list(.identifier, atLeast: 0), required: false,
            "activities that bring no payment, so that no claim can ask for any"),
    ]

    /// Which associations a rule is about; what is left out means any.
    private static let scope: [Field] = [
        Field(
            "activities", .list(.identifier, atLeast: 0), required: false,
            "only associations of these activities"),
        Field(
            "solutionAreas", .list(.identifier, atLeast: 0), required: false,
            "only of these solution areas"),
        Field(
            "productPrefixes", .list(.identifier, atLeast: 0), required: false,
            "only with a product whose name begins so"),
        Field(
            "severalSubscriptions", .flag, required: false,
            "only where a product has several subscriptions"),
    ]

    private static let requirement: [Field] =
        [
            Field(
                "fields",
                .list(.choice(AssociationField.requirable.map(\.rawValue)), atLeast: 1),
                "what has to be given")
        ] + scope

    private static let answer = FieldType.choice(
        AssociationExclusivity.Answer.allCases.map(\.rawValue))

    private static let exclusivity: [Field] =
        [
            Field(
                "per", .choice(AssociationExclusivity.Item.allCases.map(\.rawValue)),
                "what has one partner"),
            Field("onSubmission", answer, "what becomes of one handed in that another holds"),
            Field("onApproval", answer, "what becomes of one approved that another holds"),
            Field(
                "heldFrom", .day, required: false,
                "what was approved before this day holds nothing"),
            Field(
                "heldFromAt", .instant, required: false, "the start of that day in the zone"),
        ] + scope

    private static let associationTargets: [Field] = [
        Field("start", .object(target), required: false, "from being handed in to a review"),
        Field(
            "review", .object(target), required: false, "from the start of a review to a decision"),
        Field(
            "competingReview", .object(target), required: false,
            "the same where another partner claims it too"),
        Field(
            "answer", .object(target), required: false,
            "from a request that names no day to the answer"),
        Field("dispute", .object(target), required: false, "from a dispute to a decision"),
        Field(
            "disputeWithin", .object(target), required: false, "from a rejection to a dispute"),
    ]

    private static let consent: [Field] = [
        Field("within", .object(target), "how long"),
        Field(
            "from", .choice(ConsentWindow.Start.allCases.map(\.rawValue)), "when it begins"),
    ]
}
