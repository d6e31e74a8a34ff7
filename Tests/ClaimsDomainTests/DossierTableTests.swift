import ClaimsTestSupport
import Testing

@testable import ClaimsDomain

/// The dossiers of many claims stand in each other's way nowhere.
@Suite struct DossierTableTests {
    private struct Model {
        var documents: [(evidence: DocumentKey, fact: DocumentFact)] = []
        var requests = 0
    }

    private func key(_ index: UInt32) -> DocumentKey { DocumentKey(NameKey(index: index)) }

    @Test(
        "attached and withdrawn in any order, each claim has its own documents",
        arguments: UInt64(0)..<20)
    func documents(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let currencies = [nil, Currency(code: "USD"), Currency(code: "EUR")]
        var table = DossierTable()
        var models = [Model](repeating: Model(), count: 5)
        for _ in models { table.append() }
        for _ in 0..<400 {
            let claim = Int(generator.next() % 5)
            var fact = Fact(kind: .claimEvidenceAttached)
            fact.evidence = key(UInt32(generator.next() % 6) + 1)
            switch generator.next() % 5 {
            case 0:
                table.take(fact, action: .detach, claim: claim)
                models[claim].documents.removeAll { $0.evidence == fact.evidence }
            case 1:
                table.take(fact, action: .requestDocuments, claim: claim)
                models[claim].requests += 1
            default:
                var document = DocumentFact()
                document.invoiceCurrency = currencies[Int(generator.next() % 3)]
                document.invoiceAmount = document.invoiceCurrency == nil ? 0 : 7
                let number = UInt32(generator.next() % 100)
                document.file = key(number)
                document.hasNote = number % 2 == 0
                if number % 3 == 0 { document.metricName = NameKey(index: 8) }
                fact.document = document
                table.take(fact, action: .attach, claim: claim)
                models[claim].documents.append((fact.evidence, document))
            }
            let model = models[claim]
            let dossier = table[claim]
            #expect(dossier.documents.map(\.evidence) == model.documents.map(\.evidence))
            #expect(dossier.documents.map(\.fact) == model.documents.map(\.fact))
            #expect(dossier.requests.count == model.requests)
            let summary = table.summaries[claim]
            let invoiced = model.documents.compactMap(\.fact.invoiceCurrency)
            #expect(summary.hasMixedInvoices == (Set(invoiced).count > 1))
            #expect(summary.invoiceTotal == Int64(invoiced.count) * 7)
            #expect(summary.kinds.isEmpty == model.documents.isEmpty)
            let areNoted = model.documents.allSatisfy(\.fact.hasNote)
            #expect(summary.kindsWithoutNote.isEmpty == areNoted)
        }
    }

    @Test("exceptions, rounds and expenses are kept beside the documents")
    func extras() {
        var table = DossierTable()
        table.append()
        table.append()
        var fact = Fact(kind: .claimCreated)
        fact.reference = NameKey(index: 3)
        table.take(fact, action: .grantException, claim: 1)
        fact.expenses = [ExpenseFact(type: NameKey(index: 4), traveller: .none, amount: 5)]
        table.take(fact, action: .create, claim: 1)
        table.take(fact, action: .requestDocuments, claim: 1)
        fact.document = DocumentFact()
        table.take(fact, action: .attach, claim: 1)
        #expect(table[1].exceptions == [NameKey(index: 3)])
        #expect(table[1].expenses.map(\.amount) == [5])
        #expect(table[1].documents.map(\.round) == [1])
        #expect(table.summaries[1].isItemised)
        #expect(table[0] == ClaimDossier(documents: [], extras: DossierExtras()))
    }
}
