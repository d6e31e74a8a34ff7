package import ClaimsDomain

/// What one event added to a figure.
package struct ReferenceLine: Equatable, Sendable {
    package let sequence: Int64
    package let change: Int64

    package init(sequence: Int64, change: Int64) {
        self.sequence = sequence
        self.change = change
    }
}

extension ReferenceLedger {
    /// What each event added to a bucket of an account; events that added nothing are left out.
    ///
    /// Adds up to the bucket's figure, but for what expired, which no event does.
    package func lines(of bucket: Bucket, in account: ReferenceAccount) -> [ReferenceLine] {
        var changes: [Int64: Int64] = [:]
        for movement in movements where movement.account == account {
            changes[movement.sequence, default: 0] += movement.figures.figure(of: bucket)
        }
        for steps in steps.values {
            var before = ReferenceFigures()
            for step in steps {
                let after = step.claim.account == account ? step.claim.figures : ReferenceFigures()
                changes[step.sequence, default: 0] += (after + -before).figure(of: bucket)
                before = after
            }
        }
        return changes.filter { $0.value != 0 }.sorted { $0.key < $1.key }
            .map { ReferenceLine(sequence: $0.key, change: $0.value) }
    }

    /// What each event of a claim added to what it holds in a bucket, in the currency of the
    /// account that it stands in now.
    package func lines(of bucket: Bucket, claim id: String) -> [ReferenceLine] {
        guard let claim = claims[id] else { return [] }
        let currency = claim.account?.currency ?? claim.currency
        var before: Int64 = 0
        return (steps[id] ?? []).compactMap { step in
            let isOther = step.claim.account.map { $0.currency != currency } ?? false
            let after = isOther ? 0 : step.claim.figures.figure(of: bucket)
            defer { before = after }
            return after == before
                ? nil : ReferenceLine(sequence: step.sequence, change: after - before)
        }
    }

    /// What each event of a claim added to its amount, since it last changed its currency.
    package func linesOfAmount(claim id: String) -> [ReferenceLine] {
        var currency: String?
        var before: Int64 = 0
        var lines: [ReferenceLine] = []
        for step in steps[id] ?? [] {
            if step.claim.currency != currency {
                currency = step.claim.currency
                before = 0
                lines = []
            }
            let after = step.claim.amount
            if after != before {
                lines.append(ReferenceLine(sequence: step.sequence, change: after - before))
            }
            before = after
        }
        return lines
    }
}
