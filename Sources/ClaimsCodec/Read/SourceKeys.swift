import ClaimsDomain

/// Programme and partner of each distinct source: a source's text is parsed once.
struct SourceKeys: Sendable {
    /// The texts seen, and what each names by its key; nil where it names no programme.
    private var texts = NameTable()
    private var keys: [Keys?] = [nil]
    private var textKeys: [NameKey] = []

    /// What a source names, in the keys of a log.
    struct Keys {
        let program: NameKey
        let partner: NameKey

        /// Whether an event may come from this source, and is about what it names where its kind
        /// says so.
        func fit(_ fact: Fact, subject: NameKey) -> Bool {
            switch fact.kind.subjectKind {
            case .program: subject == program
            case .partner: partner != .none && subject == partner
            case .period, .claim, .association:
                partner != .none || !fact.kind.sourceNamesPartner
            }
        }
    }

    /// What each source of lines read together names, in the order of their keys in `tables`; nil
    /// where it names no programme.
    mutating func keys(
        of tables: LineTables, _ names: inout NameTable, into found: inout [Keys?]
    ) {
        tables.sources.keys(in: &texts, into: &textKeys)
        found.removeAll(keepingCapacity: true)
        for text in textKeys { found.append(keys(text, &names)) }
    }

    /// What one source of a line names; nil when it names none.
    mutating func keys(
        _ source: NameKey, of tables: LineTables, _ names: inout NameTable
    ) -> Keys? {
        keys(tables.sources.key(of: source, in: &texts), &names)
    }

    @inline(__always)
    private mutating func keys(_ text: NameKey, _ names: inout NameTable) -> Keys? {
        if Int(text.index) < keys.count { return keys[Int(text.index)] }
        return add(text, &names)
    }

    private mutating func add(_ text: NameKey, _ names: inout NameTable) -> Keys? {
        while keys.count <= Int(text.index) {
            let source = SourceText.source(texts.text(NameKey(index: UInt32(keys.count))))
            keys.append(
                source.map { source in
                    let program = names.intern(source.program.text)
                    let partner = source.partner.map { names.intern($0.text) }
                    return Keys(program: program, partner: partner ?? .none)
                })
        }
        return keys[Int(text.index)]
    }
}

extension Fact {
    /// Puts the keys of a log in the place of those that the line was scanned with.
    @inline(__always)
    mutating func take(_ source: SourceKeys.Keys, _ keys: [NameKey]) {
        program = source.program
        partner = source.partner
        subject = keys[Int(subject.index)]
        actor = keys[Int(actor.index)]
        period = keys[Int(period.index)]
        activity = keys[Int(activity.index)]
        reference = keys[Int(reference.index)]
        if hasDetails { mapDetails { keys[Int($0.index)] } }
        guard document != nil else { return }
        document?.take(keys)
    }
}

extension DocumentFact {
    @inline(__always)
    fileprivate mutating func take(_ keys: [NameKey]) {
        metricName = keys[Int(metricName.index)]
        metricValue = keys[Int(metricValue.index)]
    }
}
