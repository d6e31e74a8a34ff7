package import ClaimsDomain
package import ClaimsProjections

extension IndexedFold {
    /// Folds the funds that a selection admits, all of them of a partner where it names one.
    ///
    /// Accounts that it does not admit may be there in part.
    package mutating func foldFunds(of selection: Selection) throws(IndexProblem) {
        try applyRules()
        _ = try hydrate()
        if let partner = selection.partner {
            try resumeAccounts(of: [state.names.intern(partner.text)])
        } else {
            try resumeAccounts(program: selection.program, period: selection.period)
        }
        for event in tail where viewpoint.includes(event.fact) { try apply(event) }
    }

    /// Folds one claim or association and hands over each of its events, with the state it led to.
    ///
    /// What the events broke is what the whole log's fold had found, where that had the same events
    /// before it; else this throws. False where nothing of the subject had happened. Nothing is
    /// handed over before all is read.
    ///
    /// `forNext`: the state is then as good as that of a replay for what the subject does next: its
    /// accounts are there, and the other claims that its documents and caps are held against.
    package mutating func fold(
        _ kind: SubjectKind, _ name: String, forNext: Bool = false,
        visit: (LedgerState, Fact, Span<UInt8>) throws -> Void
    ) throws -> Bool {
        let key = state.names.intern(name)
        let subject = Subject(kind: kind, key: key)
        try applyRules()
        let lines = try read(subject)
        let ownTail = tail.filter {
            viewpoint.includes($0.fact) && Self.isOf(subject, $0.fact)
        }
        guard !lines.isEmpty || !ownTail.isEmpty else { return false }
        try checkFindings(of: lines)
        var partners = Set(lines.map { $0.fact.partner })
        // Only its own later events need the accounts and documents of others.
        let needsOthers = forNext || !ownTail.isEmpty
        if needsOthers { partners.formUnion(try hydrate(besides: subject)) }
        if forNext {
            let event = ownTail.last?.fact
            partners.formUnion(try hydrate(lines, andTail: event, of: subject))
        }
        let held = needsOthers ? try accounts(of: partners) : []
        try handOver(lines, then: held, withTail: needsOthers, visit: visit)
        return true
    }

    /// Applies indexed events, sets accounts, and applies the tail, or only the rules in it; hands
    /// over each event, the first when all is read.
    mutating func handOver(
        _ lines: [IndexedLine], then accounts: [(account: StoredAccount, balance: FundBalance)],
        withTail isTailWhole: Bool, visit: (LedgerState, Fact, Span<UInt8>) throws -> Void
    ) throws {
        var findings: [[FindingCode]] = []
        findings.reserveCapacity(lines.count)
        for line in lines {
            findings.append(try index.run(of: line.fact.sequence).findings(of: line.fact.sequence))
        }
        for (line, codes) in zip(lines, findings) {
            apply(line, finding: codes)
            try visit(state, line.fact, line.bytes.span)
        }
        for (account, balance) in accounts { resume(account, balance) }
        for event in tail where viewpoint.includes(event.fact) {
            let isRule = event.fact.kind == .programPublished || event.fact.kind == .periodClosed
            guard isTailWhole || isRule else { continue }
            try apply(event)
            try visit(state, event.fact, event.bytes.span)
        }
    }

    /// The names of the claims or associations of which something had happened, sorted.
    package func names(of kind: SubjectKind) throws(IndexProblem) -> [String] {
        let asOf = viewpoint.asOf?.millisecondsSince1970
        // Of an association nobody remembers whether it went back in time.
        if asOf != nil, kind != .claim { throw .needsReplay }
        try index.checkBreaks(asOf, upTo: cut)
        var names = Set(try index.names(of: kind, asOf: asOf, upTo: cut))
        for event in tail where viewpoint.includes(event.fact) {
            let isOfKind =
                event.fact.kind.subjectKind == (kind == .claim ? .claim : .association)
            if isOfKind { names.insert(state.names.text(event.fact.subject)) }
        }
        return names.sorted()
    }

    /// The earliest time of an event that had happened; nil when nothing had.
    package func earliestOccurredAt() throws(IndexProblem) -> Instant? {
        let indexed = try index.earliestTime(upTo: cut)
        let others = tail.map { $0.fact.occurredAt.millisecondsSince1970 }
        guard let first = (others + (indexed.map { [$0] } ?? [])).min() else { return nil }
        let instant = Instant(millisecondsSince1970: first)
        return viewpoint.asOf.map { instant <= $0 } ?? true ? instant : nil
    }
}

// MARK: - Whether what was found still holds

extension IndexedFold {
    /// Throws where an event that had not happened by `asOf` stands in the log before one of these
    /// and may have mattered to what that one broke: a posting of its account, its document on
    /// another claim, rules, closed books.
    func checkFindings(of lines: [IndexedLine]) throws(IndexProblem) {
        guard let asOf = viewpoint.asOf?.millisecondsSince1970, let last = lines.last else {
            return
        }
        let whole = try index.wholeEvents(before: asOf)
        let late = lines.filter { $0.fact.sequence > whole }
        guard !late.isEmpty else { return }
        let window = (whole + 1)..<last.fact.sequence
        for sequence in try index.ruleSequences(upTo: window.upperBound)
        where window.contains(sequence) {
            if try index.run(of: sequence).time(of: sequence) > asOf { throw .needsReplay }
        }
        for line in late where line.fact.document != nil {
            let attachment = try index.run(of: line.fact.sequence)
                .attachment(of: line.fact.sequence)
            guard attachment?.previousFile == 0, attachment?.previousInvoice == 0 else {
                throw .needsReplay
            }
        }
        for partner in Set(lines.map { $0.fact.partner }) {
            let hash = state.names.withBytes(of: partner) {
                SubjectKind.partner.hash(of: $0)
            }
            if try index.isTouched(index.accounts(ofPartner: hash), within: window, after: asOf) {
                throw .needsReplay
            }
        }
    }
}

extension LogIndex {
    /// The claims or associations whose first event was known and had happened.
    fileprivate func names(
        of kind: SubjectKind, asOf: Int64?, upTo cut: Int64
    ) throws(IndexProblem) -> [String] {
        var names: [String] = []
        for run in runs where run.first <= cut {
            let bytes = try run.whole(.names)
            var place = 0
            while place < bytes.count {
                let found = try StoredName.read(in: bytes, at: &place)
                if found.name.kind == kind, found.name.sequence <= cut,
                    asOf.map({ found.name.time <= $0 }) ?? true
                {
                    names.append(bytes.string(found.text))
                }
            }
        }
        return names
    }

    /// The earliest time among the first so many events.
    fileprivate func earliestTime(upTo cut: Int64) throws(IndexProblem) -> Int64? {
        var earliest: Int64?
        for run in runs where run.first <= cut {
            for (block, row) in try run.summaries().enumerated() {
                let start = block * run.blockEvents
                let end = min(start + run.blockEvents, run.count)
                let known = min(end, run.event(of: cut) + 1)
                guard start < known else { break }
                if known == end {
                    earliest = min(earliest ?? .max, row.earliest)
                    continue
                }
                let times = try run.times(start..<known)
                for event in 0..<(known - start) {
                    earliest = min(earliest ?? .max, try times.number(at: event * 8))
                }
            }
        }
        return earliest
    }

    /// The events before the first that is later than a moment.
    fileprivate func wholeEvents(before asOf: Int64) throws(IndexProblem) -> Int64 {
        let whole = try wholeBlocks(before: asOf)
        guard whole < last else { return last }
        let run = try run(of: whole + 1)
        let start = run.event(of: whole + 1)
        let end = min(start + run.blockEvents, run.count)
        let times = try run.times(start..<end)
        for event in 0..<(end - start) {
            if try times.number(at: event * 8, as: Int64.self) > asOf {
                return whole + Int64(event)
            }
        }
        return whole + Int64(end - start)
    }

    /// Whether an event of a stretch that is later than a moment touched one of some accounts.
    fileprivate func isTouched(
        _ accounts: [UInt32], within window: Range<Int64>, after asOf: Int64
    ) throws(IndexProblem) -> Bool {
        for run in runs
        where run.last >= window.lowerBound && run.first < window.upperBound
            && run.header.latest > asOf
        {
            for account in accounts {
                guard let group = try run.group(of: account) else { continue }
                for posting in try run.postings(of: group) where posting.time > asOf {
                    if window.contains(run.first + Int64(posting.event)) { return true }
                }
            }
        }
        return false
    }
}
