import ClaimsDomain
import ClaimsProjections

// Making a state ready for events behind the index: what they touch is folded from its own events
// or taken from the index, all else stays away.

extension IndexedFold {
    /// Makes the state ready for the tail, but for one subject that the caller folds.
    ///
    /// The programmes have to be there. Returns the partners whose accounts may be touched.
    mutating func hydrate(
        besides own: Subject? = nil
    ) throws(IndexProblem) -> Set<NameKey> {
        var partners: Set<NameKey> = []
        for event in tail where viewpoint.includes(event.fact) {
            let fact = event.fact
            partners.insert(fact.partner)
            switch fact.kind.subjectKind {
            case .claim:
                try hydrate(Subject(kind: .claim, key: fact.subject), own, &partners)
                if let document = fact.document { try hydrate(document, own, &partners) }
                if fact.kind == .claimApproved { try hydrateItemised(fact, own, &partners) }
            case .association:
                try hydrate(Subject(kind: .association, key: fact.subject), own, &partners)
            case .program, .partner, .period: break
            }
        }
        return partners
    }

    /// Makes the state ready for whatever may come next for a claim with some events, whose indexed
    /// lines the caller folds.
    mutating func hydrate(
        _ lines: [IndexedLine], andTail event: Fact?, of own: Subject
    ) throws(IndexProblem) -> Set<NameKey> {
        var partners: Set<NameKey> = []
        for line in lines {
            if let document = line.fact.document { try hydrate(document, own, &partners) }
        }
        if let fact = event ?? lines.last?.fact { try hydrateItemised(fact, own, &partners) }
        return partners
    }

    /// Folds the other claims of a partner that say what their amount is made up of, where a cap of
    /// the programme may count that.
    private mutating func hydrateItemised(
        _ fact: Fact, _ own: Subject?, _ partners: inout Set<NameKey>
    ) throws(IndexProblem) {
        let isNew = tail.contains { $0.fact.kind == .programPublished }
        guard isNew || state.capsCountExpenses(of: fact.program) else { return }
        let sequences = try state.names.withBytes(of: fact.partner) { name in
            Result { () throws(IndexProblem) in
                try index.sequences(itemisedBy: name, upTo: cut)
            }
        }.get()
        for sequence in sequences {
            let line = try read(sequence)
            try hydrate(Subject(kind: .claim, key: line.fact.subject), own, &partners)
        }
    }

    /// Folds a subject's indexed events; what they broke was told when they were indexed.
    private mutating func hydrate(
        _ subject: Subject, _ own: Subject?, _ partners: inout Set<NameKey>
    ) throws(IndexProblem) {
        guard subject != own, note(hydrated: subject) else { return }
        for line in try read(subject) {
            partners.insert(line.fact.partner)
            apply(line, finding: [])
        }
    }

    /// Folds the other claims that have a document or its invoice attached.
    private mutating func hydrate(
        _ document: DocumentFact, _ own: Subject?, _ partners: inout Set<NameKey>
    ) throws(IndexProblem) {
        var sequences = try state.documentNames.table.withBytes(of: document.file.name) { name in
            Result { () throws(IndexProblem) in
                try index.sequences(attaching: .file, name, upTo: cut)
            }
        }.get()
        if document.invoiceNumber != .none {
            sequences += try state.documentNames.table.withBytes(
                of: document.invoiceNumber.name
            ) { name in
                Result { () throws(IndexProblem) in
                    try index.sequences(attaching: .invoice, name, upTo: cut)
                }
            }.get()
        }
        for sequence in sequences {
            let line = try read(sequence)
            try hydrate(Subject(kind: .claim, key: line.fact.subject), own, &partners)
        }
    }

    /// Sets the accounts of some partners to what they hold at the viewpoint.
    mutating func resumeAccounts(of partners: Set<NameKey>) throws(IndexProblem) {
        for (account, balance) in try accounts(of: partners) { resume(account, balance) }
    }

    /// What the accounts of some partners hold at the viewpoint, by account.
    func accounts(
        of partners: Set<NameKey>
    ) throws(IndexProblem) -> [(account: StoredAccount, balance: FundBalance)] {
        let asOf = viewpoint.asOf?.millisecondsSince1970
        if !partners.isEmpty { try index.checkBreaks(asOf, upTo: cut) }
        var held: [(StoredAccount, FundBalance)] = []
        for partner in partners.sorted(by: { $0.index < $1.index }) {
            let hash = state.names.withBytes(of: partner) {
                SubjectKind.partner.hash(of: $0)
            }
            for number in try index.accounts(ofPartner: hash) {
                let balance = try index.balance(of: number, asOf: asOf, upTo: cut)
                if let balance { held.append((try index.account(number), balance)) }
            }
        }
        return held
    }

    /// Sets the accounts of a program and a period, or of all, to what they hold at the viewpoint.
    mutating func resumeAccounts(
        program: ProgramID?, period: PeriodLabel?
    ) throws(IndexProblem) {
        let asOf = viewpoint.asOf?.millisecondsSince1970
        try index.checkBreaks(asOf, upTo: cut)
        let balances = try index.balances(asOf: asOf, upTo: cut)
        state.reserve(accounts: balances.count)
        let wantedProgram = program.map { state.names.intern($0.text) }
        let wantedPeriod = period.map { state.names.intern($0.text) }
        // No text becomes a String: there may be very many accounts.
        try index.forEachFundAccount { texts, bytes, place in
            guard let balance = balances[place] else { return }
            let program = state.names.intern(bytes.extracting(texts.program))
            guard wantedProgram == nil || program == wantedProgram else { return }
            let period = state.names.intern(bytes.extracting(texts.period))
            guard wantedPeriod == nil || period == wantedPeriod else { return }
            state.resume(
                program: program,
                partner: state.names.intern(bytes.extracting(texts.partner)), period: period,
                currency: texts.currency, holding: balance)
        }
    }
}
