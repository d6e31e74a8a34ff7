import ClaimsDomain

/// Programme and partner of each source of a log: a source's text is parsed once.
struct SourceKeys: Sendable {
    /// By the number of a source's text.
    private var sources: [Source] = []

    private enum Source {
        case unknown
        /// nil where it names no programme.
        case named(Keys?)
    }

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

    /// What the source of a number names; nil where it names no programme.
    ///
    /// `text` is asked for the first time only.
    @inline(__always)
    mutating func keys(
        _ number: NameKey, _ names: inout NameTable, text: () -> String
    ) -> Keys? {
        let index = Int(number.index)
        if index < sources.count, case .named(let keys) = sources[index] { return keys }
        return add(index, &names, text())
    }

    private mutating func add(_ index: Int, _ names: inout NameTable, _ text: String) -> Keys? {
        while sources.count <= index { sources.append(.unknown) }
        let keys = SourceText.source(text).map { source in
            let program = names.intern(source.program.text)
            let partner = source.partner.map { names.intern($0.text) }
            return Keys(program: program, partner: partner ?? .none)
        }
        sources[index] = .named(keys)
        return keys
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
