import ClaimsDomain

extension ProgramReader {
    func associations(
        _ node: JSONNode?, timeZone: JSONNode
    ) throws(JSONProblem) -> AssociationRules? {
        guard let node else { return nil }
        var rules = AssociationRules()
        rules.solutionAreas = try texts("solutionAreas", of: node)
        for element in try node.elements("requirements") {
            rules.requirements.append(try requirement(element))
        }
        for element in try node.elements("exclusivity") {
            rules.exclusivity.append(try exclusivity(element, timeZone: timeZone))
        }
        if let targets = node["targets"] {
            rules.targets.start = try target(targets["start"])
            rules.targets.review = try target(targets["review"])
            rules.targets.competingReview = try target(targets["competingReview"])
            rules.targets.answer = try target(targets["answer"])
            rules.targets.dispute = try target(targets["dispute"])
            rules.targets.disputeWithin = try target(targets["disputeWithin"])
        }
        if let consent = node["consent"] {
            let within = try consent.required("within")
            rules.consent = ConsentWindow(
                within: Target(
                    days: try within.whole("days"), unit: try within.choice("unit")),
                from: try consent.choice("from"))
        }
        rules.claimWithin = try target(node["claimWithin"])
        rules.acknowledgementMonths = try node["acknowledgementMonths"]?.asWhole()
        rules.withoutPayment = try texts("withoutPayment", of: node).map { ActivityID($0) }
        return rules
    }

    private func requirement(_ node: JSONNode) throws(JSONProblem) -> AssociationRequirement {
        var fields: [AssociationField] = []
        for element in try node.elements("fields") {
            guard let field = AssociationField(rawValue: try element.asText()) else {
                throw element.problem("a field of an association")
            }
            fields.append(field)
        }
        return AssociationRequirement(fields: fields, scope: try scope(node))
    }

    private func exclusivity(
        _ node: JSONNode, timeZone: JSONNode
    ) throws(JSONProblem) -> AssociationExclusivity {
        var rule = AssociationExclusivity(
            per: try node.choice("per"), onSubmission: try node.choice("onSubmission"),
            onApproval: try node.choice("onApproval"))
        rule.scope = try scope(node)
        rule.heldFrom = try node["heldFrom"]?.asDay()
        if let day = rule.heldFrom {
            rule.heldFromAt = try instant("heldFromAt", of: day, node, timeZone: timeZone)
        }
        return rule
    }

    private func scope(_ node: JSONNode) throws(JSONProblem) -> AssociationScope {
        var scope = AssociationScope()
        scope.activities = try texts("activities", of: node).map { ActivityID($0) }
        scope.solutionAreas = try texts("solutionAreas", of: node)
        scope.productPrefixes = try texts("productPrefixes", of: node)
        scope.severalSubscriptions = try node["severalSubscriptions"]?.asFlag() ?? false
        return scope
    }

    private func texts(_ name: String, of node: JSONNode) throws(JSONProblem) -> [String] {
        var texts: [String] = []
        for element in try node.elements(name) { texts.append(try element.asText()) }
        return texts
    }
}

// MARK: - What a program file names

extension ProgramReader {
    /// Throws for an activity or solution area that the rules for associations name and the file
    /// does not have: a rule about nothing would never be broken.
    static func checkNames(_ node: JSONNode, of program: Program) throws(JSONProblem) {
        guard let associations = node["associations"] else { return }
        try check("withoutPayment", of: associations, among: program.activities.map(\.id.text))
        let areas = program.associations?.solutionAreas ?? []
        for list in ["requirements", "exclusivity"] {
            for rule in try associations.elements(list) {
                try check("activities", of: rule, among: program.activities.map(\.id.text))
                try check("solutionAreas", of: rule, among: areas)
            }
        }
    }

    private static func check(
        _ name: String, of node: JSONNode, among known: [String]
    ) throws(JSONProblem) {
        guard !known.isEmpty else { return }
        for element in try node.elements(name) where !known.contains(try element.asText()) {
            throw element.problem(
                "one of " + known.map { "'\($0)'" }.joined(separator: ", "))
        }
    }
}
