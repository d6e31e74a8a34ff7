import EventLog
import PostgreSQLStore
import Testing

@Suite("the address of a shared ledger")
struct ServerAddressTests {
    static let addresses: [(String, String, String)] = [
        ("postgresql://h/db", "postgresql://h/db", "main"),
        ("postgres://u@h:5433/db?ledger=eu", "postgres://u@h:5433/db?ledger=eu", "eu"),
        ("postgresql://u:secret@h/db", "postgresql://u@h/db", "main"),
        ("postgresql://u:se:cr@et@h/db", "postgresql://u@h/db", "main"),
        (
            "postgresql://u@a:1,b:2/db?password=secret&sslmode=verify-full&ledger=x",
            "postgresql://u@a:1,b:2/db?sslmode=verify-full&ledger=x", "x"
        ),
        ("postgresql:///db?sslpassword=secret", "postgresql:///db", "main"),
    ]

    @Test(
        "is shown without passwords and passed on without the ledger's name", arguments: addresses)
    func passwords(text: String, shown: String, ledger: String) throws {
        let address = try ServerAddress(text)
        #expect(address.shown == shown)
        #expect(address.ledger == ledger)
        #expect(!address.url.contains("ledger="))
        #expect(text.contains("password=secret") == address.url.contains("password=secret"))
    }

    @Test("is known by its scheme, whatever follows")
    func scheme() {
        #expect(ServerAddress.isAddress("postgresql://"))
        #expect(ServerAddress.isAddress("postgres://h"))
        #expect(!ServerAddress.isAddress("postgres"))
        #expect(!ServerAddress.isAddress("events"))
    }

    @Test("a ledger's name holds letters, digits, '-', '.' and '_'", arguments: ["", "a b", "a'b"])
    func name(text: String) throws {
        #expect(
            throws: LogFault(
                .server(
                    "the ledger's name is '\(text)', expected letters, digits, '-', '.', '_'",
                    fix: "correct 'ledger=' in the address", .notFound),
                in: "postgresql://u@h/db?ledger=\(text)")
        ) { _ = try ServerAddress("postgresql://u:secret@h/db?ledger=\(text)") }
    }
}
