import ClaimsLedger
import Foundation
import Testing

@Suite("The key of a new ledger")
struct NewKeyTests {
    @Test("a key file inside the ledger folder is refused, whatever its path looks like")
    func inside() throws {
        let scratch = try ScratchFolder()
        try scratch.makeFolder("real")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("link"), withDestinationPath: scratch.path("real"))
        for key in ["real/l/a.key", "real/x/../l/keys/a.key", "link/l/a.key", "real/l"] {
            let new = NewLedger(
                ledgerID: "L-1", origin: Office.origin, keyFile: scratch.path(key))
            let error = ledgerError { _ = try Ledger.create(scratch.path("real/l"), new) }
            #expect(error?.category == .cannotCreate)
            #expect(
                error?.description.contains("the key file lies inside the ledger folder") == true)
            #expect(try scratch.names("real") == [])
        }
    }

    @Test("an init that fails leaves no key file")
    func failed() throws {
        let scratch = try ScratchFolder()
        try scratch.write("x", to: "file")
        let new = NewLedger(
            ledgerID: "L-1", origin: Office.origin, keyFile: scratch.path("keys/a.key"))
        #expect(ledgerError { _ = try Ledger.create(scratch.path("file/ledger"), new) } != nil)
        try scratch.makeFolder("taken/ledger.json.x")
        try scratch.makeFolder("log")
        try scratch.write("{}\n", to: "log/000000000001.jsonl")
        #expect(ledgerError { _ = try Ledger.create(scratch.path("log"), new) } != nil)
        #expect(try !scratch.names().contains("keys"))
    }
}
