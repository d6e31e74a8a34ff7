// swift-tools-version: 6.2
import PackageDescription

/// Every target is held to the same bar: Swift 6 mode, warnings are errors, each edge visible.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A target of `Sources`, with what it may import (`tools/test` checks it again, line by line).
func layer(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: dependencies, swiftSettings: strict + [.strictMemorySafety()])
}

/// The tests that mirror one layer.
func tests(
    of layer: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
    .testTarget(
        name: "\(layer)Tests", dependencies: [.byName(name: layer)] + dependencies,
        exclude: exclude, swiftSettings: strict)
}

let package = Package(
    name: "claims-ledger",
    platforms: [.macOS("26.0")],
    products: [
        .library(name: "ClaimsLedger", targets: ["ClaimsLedger"]),
        .executable(name: "claims", targets: ["claims"]),
    ],
    traits: [
        // A ledger that many machines share; off unless asked for, so that nobody needs libpq.
        .trait(name: "PostgreSQL", description: "Ledgers on a PostgreSQL server (needs libpq).")
    ],
    dependencies: [
        // Subcommands, options, help and shell completions of the command line.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // SHA-256 and Ed25519 of the proofs.
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        // `swift package generate-documentation`; no target uses it, so no user of the library
        // fetches it.
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    ],
    targets: [
        layer("ClaimsDomain"),
        layer("EventLog"),
        layer("ClaimsCodec", ["ClaimsDomain", "EventLog"]),
        layer("ClaimsProjections", ["ClaimsDomain"]),
        // The client of PostgreSQL (libpq-dev).
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        layer(
            "PostgreSQLStore",
            [
                "EventLog", "ClaimsCodec",
                .target(name: "CLibPQ", condition: .when(traits: ["PostgreSQL"])),
            ]),
        layer("ClaimsIndex", ["ClaimsDomain", "EventLog", "ClaimsCodec", "ClaimsProjections"]),
        layer("TransparencyLog", [.product(name: "Crypto", package: "swift-crypto")]),
        layer(
            "ClaimsLedger",
            [
                "ClaimsDomain", "EventLog", "ClaimsCodec", "ClaimsProjections", "ClaimsIndex",
                "TransparencyLog", "PostgreSQLStore",
            ]),
        layer(
            "ClaimsExchange",
            [
                "ClaimsLedger", "ClaimsDomain", "ClaimsCodec", "ClaimsProjections", "EventLog",
                "TransparencyLog",
            ]),
        layer(
            "ClaimsReports", ["ClaimsLedger", "ClaimsDomain", "ClaimsCodec", "ClaimsProjections"]),
        .executableTarget(
            name: "claims",
            dependencies: [
                "ClaimsLedger", "ClaimsDomain", "ClaimsCodec", "ClaimsProjections", "EventLog",
                "TransparencyLog", "ClaimsExchange", "ClaimsReports",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: strict + [.strictMemorySafety()]),
        .target(
            name: "ClaimsTestSupport",
            dependencies: [
                "ClaimsDomain", "ClaimsCodec", "EventLog", "TransparencyLog", "ClaimsLedger",
            ],
            path: "Tests/ClaimsTestSupport", swiftSettings: strict),
        tests(
            of: "ClaimsDomain", ["ClaimsCodec", "ClaimsTestSupport"], exclude: ["Golden"]),
        tests(of: "EventLog", ["ClaimsTestSupport"]),
        tests(of: "ClaimsCodec", ["ClaimsDomain"], exclude: ["Frozen", "Golden"]),
        tests(of: "TransparencyLog"),
        tests(
            of: "PostgreSQLStore",
            ["ClaimsDomain", "ClaimsLedger", "ClaimsTestSupport", "EventLog"]),
        tests(of: "ClaimsIndex", ["EventLog"]),
        tests(of: "ClaimsProjections", ["ClaimsDomain", "ClaimsTestSupport"]),
        tests(
            of: "ClaimsLedger",
            [
                "ClaimsDomain", "EventLog", "ClaimsCodec", "ClaimsProjections", "ClaimsIndex",
                "TransparencyLog", "ClaimsTestSupport",
            ], exclude: ["Golden"]),
        tests(
            of: "ClaimsExchange",
            [
                "ClaimsDomain", "ClaimsCodec", "ClaimsLedger", "ClaimsProjections", "EventLog",
                "TransparencyLog", "ClaimsTestSupport",
            ]),
        tests(of: "ClaimsReports", ["ClaimsDomain"]),
        // The program of the page on embedding: what a user of the library has, and no more.
        .executableTarget(
            name: "EmbeddingExample", dependencies: ["ClaimsLedger"],
            path: "Tests/Examples/Embedding", swiftSettings: strict),
        // Runs the built program, so that what is tested is what people run.
        .testTarget(
            name: "ClaimsCommandTests", dependencies: ["claims", "EmbeddingExample"],
            exclude: ["Sessions"],
            swiftSettings: strict),
    ]
)

// What tools/reliability builds with flags of a sanitizer, which are none of the package's: the
// libraries and their tests without the command line, or the fuzz targets.
if let sanitizer = Context.environment["CLAIMS_SANITIZE"] {
    package.targets.removeAll { ["claims", "ClaimsCommandTests"].contains($0.name) }
    package.products.removeAll { $0.name == "claims" }
    package.dependencies.removeAll { dependency in
        switch dependency.kind {
        case .sourceControl(_, let location, _): location.hasSuffix("swift-argument-parser")
        default: false
        }
    }
    if sanitizer == "fuzz" {
        package.targets.append(
            .executableTarget(
                name: "ClaimsFuzz",
                dependencies: [
                    "ClaimsCodec", "ClaimsDomain", "ClaimsExchange", "ClaimsLedger",
                    "ClaimsTestSupport", "EventLog", "TransparencyLog",
                ], path: "Tests/Fuzz", exclude: ["Corpus"], swiftSettings: strict))
    }
}
