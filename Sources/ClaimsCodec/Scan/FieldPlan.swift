import ClaimsDomain

/// The schema table in the form that the scanner walks: the fields of one object one after the
/// other, each with its name as it stands in the line.
///
/// Made from `EventSchema`, which stays the one place for fields; a type or a name that the
/// scanner does not know makes it leave such lines to the general reader.
struct FieldPlan {
    /// `"name":`.
    let name: Literal
    let form: Form
    let role: FactRole
    let isRequired: Bool
    /// Whether this field or one after it in the object is required.
    let isRequiredFromHere: Bool
    /// The most bytes of a text, the most units of a count.
    let limit: Int64
    /// Of a member of an association's `data`: the field that is given with it.
    let given: AssociationFields
    /// The fields of an object, or the element of a list as one field without a name.
    let parts: Range<Int32>

    /// How a value is scanned.
    enum Form: UInt8 {
        case text, identifier, amount, signedAmount, currency, day, instant, flag, sha256
        case decimal, evidenceKind, object, list, other
    }
}

/// All plans in one block of memory that lives as long as the process.
@safe
struct FieldPlans: @unchecked Sendable {
    private let base: UnsafePointer<FieldPlan>
    /// The fields of each kind of event, by its ordinal; empty with `isGeneral`.
    private let kinds: UnsafePointer<Kind>

    struct Kind {
        let fields: Range<Int32>
        /// Whether lines of this kind are left to the general reader.
        let isGeneral: Bool
    }

    static let shared = FieldPlans()

    /// A program is built by the general reader only.
    private static let generalKinds: Set<EventKind> = [.programPublished]

    @inline(__always)
    subscript(index: Int32) -> FieldPlan { unsafe base[Int(index)] }

    @inline(__always)
    func kind(_ kind: EventKind) -> Kind { unsafe kinds[kind.ordinal] }

    private init() {
        var builder = Builder()
        let kinds = EventKind.byOrdinal.map { kind in
            let fields = builder.add(
                EventSchema.fields(of: kind), givesFields: kind.subjectKind == .association)
            return Kind(
                fields: fields ?? 0..<0,
                isGeneral: fields == nil || Self.generalKinds.contains(kind))
        }
        let planMemory = UnsafeMutablePointer<FieldPlan>.allocate(capacity: builder.plans.count)
        unsafe planMemory.initialize(from: builder.plans, count: builder.plans.count)
        unsafe base = UnsafePointer(planMemory)
        let kindMemory = UnsafeMutablePointer<Kind>.allocate(capacity: kinds.count)
        unsafe kindMemory.initialize(from: kinds, count: kinds.count)
        unsafe self.kinds = UnsafePointer(kindMemory)
    }

    private struct Builder {
        var plans: [FieldPlan] = []

        /// The plans of an object's fields; nil when one of them has no plan.
        mutating func add(_ fields: [Field], givesFields: Bool = false) -> Range<Int32>? {
            var own: [FieldPlan] = []
            for (index, field) in fields.enumerated() {
                let isRequired = fields[index...].contains(where: \.isRequired)
                let given = givesFields ? AssociationField(rawValue: field.name) : nil
                guard let plan = plan(field, isRequiredFromHere: isRequired, given: given) else {
                    return nil
                }
                own.append(plan)
            }
            let start = Int32(plans.count)
            plans.append(contentsOf: own)
            return start..<Int32(plans.count)
        }

        private mutating func plan(
            _ field: Field, isRequiredFromHere: Bool, given: AssociationField? = nil
        ) -> FieldPlan? {
            let name = "\"\(field.name)\":"
            guard name.utf8.count <= Literal.longest,
                let (form, limit, parts) = field.role.isBuilt
                    ? (.other, 0, 0..<0) : shape(field.type)
            else { return nil }
            return FieldPlan(
                name: Literal(name), form: form, role: field.role, isRequired: field.isRequired,
                isRequiredFromHere: isRequiredFromHere, limit: limit,
                given: given.map { AssociationFields($0) } ?? [], parts: parts)
        }

        private mutating func shape(
            _ type: FieldType
        ) -> (FieldPlan.Form, limit: Int64, parts: Range<Int32>)? {
            switch type {
            case .text(let limit): return (.text, Int64(limit), 0..<0)
            case .identifier: return (.identifier, Int64(FieldType.longestIdentifier), 0..<0)
            case .amount, .count: return (.amount, Money.largestMinorUnits, 0..<0)
            case .upTo(let limit): return (.amount, limit, 0..<0)
            case .signedAmount: return (.signedAmount, Money.largestMinorUnits, 0..<0)
            case .currency: return (.currency, 0, 0..<0)
            case .day: return (.day, 0, 0..<0)
            case .instant: return (.instant, 0, 0..<0)
            case .flag: return (.flag, 0, 0..<0)
            case .sha256: return (.sha256, 0, 0..<0)
            case .decimal: return (.decimal, 0, 0..<0)
            case .choice(let words):
                return words == EvidenceKind.allCases.map(\.rawValue)
                    ? (.evidenceKind, 0, 0..<0) : (.other, 0, 0..<0)
            case .object(let fields): return add(fields).map { (.object, 0, $0) }
            case .list(let element, let atLeast):
                let field = Field("", element, "")
                guard let plan = plan(field, isRequiredFromHere: true) else { return nil }
                let start = Int32(plans.count)
                plans.append(plan)
                return (.list, Int64(atLeast), start..<(start + 1))
            }
        }
    }
}
