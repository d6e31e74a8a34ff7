#!/usr/bin/env python3
"""Compares every import under Sources, and every declared dependency, with the layer table.

Imports point up the table only. `--self-test` proves that each rule catches a planted breach.
"""

import json
import re
import subprocess
import sys

from swiftsource import Source, files_of, report, repository

FOUNDATION = {"Foundation", "FoundationEssentials"}
C_LIBRARY = {"Glibc", "Musl", "Darwin", "SystemPackage"}

# What each target may import: the targets it names, and modules of the toolchain or of a package.
LAYERS = {
    "ClaimsDomain": set(),
    # Threads of the toolchain, for scanning chunks side by side.
    "EventLog": C_LIBRARY | {"Dispatch", "Synchronization"},
    "ClaimsCodec": {"ClaimsDomain", "EventLog"},
    "ClaimsProjections": {"ClaimsDomain"},
    "CLibPQ": set(),
    "ClaimsIndex": {"ClaimsDomain", "EventLog", "ClaimsCodec", "ClaimsProjections"},
    "TransparencyLog": {"Crypto"} | FOUNDATION,
}
BELOW_LEDGER = set(LAYERS) - {"CLibPQ"}
# A store in a server; only the facade, which opens it, knows it.
LAYERS["PostgreSQLStore"] = {"EventLog", "ClaimsCodec", "CLibPQ", "Synchronization"} | C_LIBRARY
LAYERS["ClaimsLedger"] = BELOW_LEDGER | FOUNDATION | {"Synchronization", "PostgreSQLStore"}
LAYERS["ClaimsExchange"] = BELOW_LEDGER | FOUNDATION | {"ClaimsLedger", "FoundationXML"}
LAYERS["ClaimsReports"] = BELOW_LEDGER | {"ClaimsLedger"}
LAYERS["claims"] = set(LAYERS) - {"CLibPQ", "PostgreSQLStore"} | FOUNDATION | C_LIBRARY
LAYERS["claims"] |= {"ArgumentParser", "Dispatch", "Synchronization"}

IMPORT = re.compile(
    r"""^[ \t]*(?:@[\w]+(?:\([^)]*\))?[ \t]+)*
    (?:(?:public|package|internal|fileprivate|private)[ \t]+)?
    import[ \t]+(?:(?:struct|class|enum|protocol|typealias|func|let|var|actor|macro)[ \t]+)?
    (\w+)""",
    re.MULTILINE | re.VERBOSE,
)


def allowed_text(target):
    return ", ".join(sorted(LAYERS[target])) or "nothing"


def import_breaches(path, text):
    """The imports of one source file that its target may not have."""
    target = path.split("/")[1]
    if target not in LAYERS:
        return [f"{path}:1: error: target '{target}' is not in the layer table"]
    source, breaches = Source(path, text), []
    for found in IMPORT.finditer(source.code):
        module = found.group(1)
        if module not in LAYERS[target]:
            breaches.append(
                f"{path}:{source.line(found.start(1))}: error: '{target}' imports '{module}', "
                f"may import: {allowed_text(target)}"
            )
    return breaches


def dependency_breaches(manifest):
    """The dependencies a dumped manifest declares beyond the layer table."""
    breaches = []
    for target in manifest["targets"]:
        name, path = target["name"], target.get("path") or ""
        if target["type"] == "test" or path.startswith("Tests/"):
            continue
        if name not in LAYERS:
            breaches.append(f"Package.swift:1: error: target '{name}' is not in the layer table")
            continue
        for dependency in target["dependencies"]:
            kind = next(key for key in ("byName", "product", "target") if key in dependency)
            module = dependency[kind][0]
            if module not in LAYERS[name]:
                breaches.append(
                    f"Package.swift:1: error: '{name}' depends on '{module}', "
                    f"may depend on: {allowed_text(name)}"
                )
    return breaches


def self_test():
    planted = [
        ("Sources/ClaimsDomain/A.swift", "import Foundation", 1),
        ("Sources/ClaimsDomain/A.swift", "// import Foundation\n/* import Glibc */", 0),
        ("Sources/ClaimsDomain/A.swift", 'let a = """\n    import Foundation\n    """', 0),
        ("Sources/EventLog/A.swift", "#if canImport(Glibc)\n    import Glibc\n#endif", 0),
        ("Sources/EventLog/A.swift", "#if canImport(X)\n    private import ClaimsDomain\n#endif", 1),
        ("Sources/ClaimsCodec/A.swift", "package import ClaimsDomain\nimport EventLog", 0),
        ("Sources/ClaimsCodec/A.swift", "@preconcurrency public import struct Foundation.Date", 1),
        ("Sources/ClaimsProjections/A.swift", "@testable import ClaimsCodec", 1),
        ("Sources/ClaimsProjections/A.swift", "@_spi(Raw) internal import EventLog", 1),
        ("Sources/ClaimsIndex/A.swift", "import ClaimsProjections\nimport ClaimsLedger", 1),
        ("Sources/TransparencyLog/A.swift", "import Crypto\nimport FoundationEssentials", 0),
        ("Sources/ClaimsLedger/A.swift", "import TransparencyLog\nimport Crypto", 1),
        ("Sources/ClaimsExchange/A.swift", "import FoundationXML\nimport ClaimsReports", 1),
        ("Sources/ClaimsReports/A.swift", "import ClaimsLedger\nimport Foundation", 1),
        ("Sources/claims/A.swift", "import ArgumentParser\nimport Glibc\nimport ClaimsReports", 0),
        ("Sources/Helpers/A.swift", "", 1),
    ]
    for path, text, count in planted:
        breaches = import_breaches(path, text)
        assert len(breaches) == count, (path, text, breaches)

    def manifest(name, dependency, path=None, kind="regular"):
        target = {"name": name, "type": kind, "path": path, "dependencies": [dependency]}
        return {"targets": [target]}

    by_name = {"byName": ["ClaimsCodec", None]}
    product = {"product": ["ArgumentParser", "swift-argument-parser", None, None]}
    planted = [
        (manifest("ClaimsIndex", by_name), 0),
        (manifest("ClaimsDomain", by_name), 1),
        (manifest("ClaimsDomain", {"target": ["EventLog", None]}), 1),
        (manifest("ClaimsLedger", product), 1),
        (manifest("claims", product, kind="executable"), 0),
        (manifest("Helpers", by_name), 1),
        (manifest("ClaimsDomainTests", product, kind="test"), 0),
        (manifest("ClaimsTestSupport", product, path="Tests/ClaimsTestSupport"), 0),
    ]
    for dumped, count in planted:
        breaches = dependency_breaches(dumped)
        assert len(breaches) == count, (dumped, breaches)


def main():
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        print("imports: self-test ok")
        return 0
    root, breaches = repository(), []
    for path in files_of(root):
        if path.startswith("Sources/") and path.endswith(".swift"):
            breaches += import_breaches(path, (root / path).read_text(encoding="utf-8"))
    dump = subprocess.run(
        ["swift", "package", "dump-package"], cwd=root, capture_output=True, text=True
    )
    if dump.returncode != 0:
        breaches.append(f"Package.swift:1: error: cannot be read\n{dump.stderr.strip()}")
    else:
        breaches += dependency_breaches(json.loads(dump.stdout))
    return report("imports", breaches)


if __name__ == "__main__":
    sys.exit(main())
