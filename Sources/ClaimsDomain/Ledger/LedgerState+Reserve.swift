extension LedgerState {
    /// Makes room for a log so many times as long as what was folded so far.
    ///
    /// Tables that grow step by step are copied at each step, and for a moment stand there twice.
    /// What is not needed in the end is never touched and takes no memory.
    package mutating func reserve(times factor: Int) {
        names.reserve(names.count * factor)
        claimByName.reserve(Self.roomy(names.count * factor))
        documentNames.reserve(times: factor)
        fileHolders.reserve(times: factor, Self.roomy)
        invoices.reserve(Self.roomy(invoices.count * factor))
        invoiceHolders.reserve(times: factor, Self.roomy)
        claims.reserveCapacity(Self.roomy(claims.count * factor))
        dossiers.reserve(times: factor, Self.roomy)
    }

    /// Makes room for so many accounts.
    package mutating func reserve(accounts count: Int) {
        accounts.reserveCapacity(count)
        accountTable.reserve(count)
    }

    /// A little more, since no part of a log is quite like the whole.
    private static func roomy(_ count: Int) -> Int { count + count / 4 }
}
