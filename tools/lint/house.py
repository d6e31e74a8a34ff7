#!/usr/bin/env python3
"""The house rules that the compiler and swift-format do not check.

Sizes, line lengths, banned words with what to use in their place, the repository's top level, and
paths of somebody's machine. `--self-test` proves that each rule catches a planted breach.
"""

import re
import sys

from swiftsource import Source, files_of, report, repository

FILE_LINES_WARNED = 300
FILE_LINES_ALLOWED = 500
FUNCTION_LINES_ALLOWED = 70
COLUMNS_ALLOWED = 100
TOP_LEVEL = {"Package.swift", "Sources", "Tests", "events", "tools", "README.md"}

# Rule and path of what is excused, with the reason. One that excuses nothing is itself a breach.
EXCUSED = {
    ("unsafe-pointer", "Sources/TransparencyLog/Tree/TreeHash.swift"):
        "swift-crypto takes and gives raw buffers; they end in this file",
    ("unsafe-pointer", "Sources/PostgreSQLStore/Connection.swift"):
        "libpq takes and gives raw pointers; they end in this file",
    ("unseeded-random", "Sources/claims/Support/Edge.swift"):
        "new event ids have to differ between runs; they enter here and nowhere else",
}

FIXED_POINT_TARGETS = ("ClaimsDomain", "ClaimsCodec", "ClaimsProjections", "ClaimsIndex")


def in_sources(path):
    return path.startswith("Sources/")


def below_entry(path):
    return in_sources(path) and not path.startswith("Sources/claims/")


def on_money_path(path):
    return in_sources(path) and path.split("/")[1] in FIXED_POINT_TARGETS


def without_unsafe(path):
    """All but the scanner, the mapped index and the one place of system calls."""
    return in_sources(path) and not re.match(
        r"Sources/(ClaimsIndex/|EventLog/System|ClaimsCodec/(\w+/)*\w*Scan)", path
    )


def everywhere(path):
    return True


# Rule, where it holds, what it bans in code, and what to use in its place.
BANNED_CODE = [
    ("floating-point", on_money_path, r"\b(?:Double|Float(?:16|32|64|80)?|CGFloat)\b",
     "use Money or integers"),
    ("clock", below_entry, r"\bDate\(\)|\bDate\.now\b", "pass the Instant in"),
    ("new-id", below_entry, r"\bUUID\(\)", "pass the id in"),
    ("print", below_entry, r"(?<![\w.`])(?<!func )(?:print|debugPrint|dump)\(", "return the text"),
    ("force-try", everywhere, r"\btry!", "throw, or use #require in a test"),
    ("unsafe-pointer", without_unsafe,
     r"\bUnsafe(?:Mutable)?(?:Raw)?(?:Buffer)?Pointer\b|\bwithUnsafe\w*|\bOpaquePointer\b",
     "use Span or RawSpan"),
    ("unseeded-random", everywhere, r"\bSystemRandomNumberGenerator\b", "use SeededGenerator"),
]
BANNED_COMMENT = [("leftover", everywhere, r"\b(?:FIXME|TODO|XXX)\b", "finish it, or open an issue")]
RANDOM_CALL = re.compile(
    r"\.(?:random\(\s*in:|random\(\)|randomElement\(|shuffled?\((?=\)|\s*using:))")
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:%s)/" % "|".join(("work", "farm")))

DECLARATION = re.compile(
    r"(?<![\w.`])(?:func\s+[^\s(<]+|init\b[?!]?(?=\s*[(<])|deinit\b|subscript\b(?=\s*[(<])"
    r"|var\s+\w+\s*:[^={}\n]*(?=\{))"
)
NEXT_DECLARATION = re.compile(
    r"[}@;]|\b(?:func|var|let|init|deinit|subscript|case|static|struct|enum|class|extension|protocol"
    r"|mutating|typealias|package|public|internal|private|fileprivate)\b"
)


def breach(path, line, rule, what):
    return rule, f"{path}:{line}: error: {what} [{rule}]"


def size_breaches(source):
    count = len(source.lines) - (source.lines[-1] == "")
    if count > FILE_LINES_ALLOWED:
        yield breach(source.path, count, "file-size",
                     f"file of {count} lines, at most {FILE_LINES_ALLOWED}: split it")
    elif count > FILE_LINES_WARNED:
        yield None, (f"{source.path}:{count}: warning: file of {count} lines, "
                     f"split at {FILE_LINES_WARNED} [file-size]")
    for number, line in enumerate(source.lines, 1):
        if len(line) > COLUMNS_ALLOWED and number not in source.literal_lines \
                and not re.match(r"\s*///? \S*https?://\S+$", line):
            yield breach(source.path, number, "line-length",
                         f"line of {len(line)} columns, at most {COLUMNS_ALLOWED}")


def body_of(code, start):
    """Where the body of the declaration whose head goes on at `start` opens and closes."""
    depth, position = 0, start
    while position < len(code):
        character = code[position]
        if character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
        elif depth == 0 and character == "{":
            return position, end_of_braces(code, position)
        elif depth == 0 and NEXT_DECLARATION.match(code, position) \
                and not re.match(r"\w", code[position - 1]):
            return None  # a requirement without a body
        if depth < 0:
            return None
        position += 1
    return None


def end_of_braces(code, start):
    depth = 0
    for mark in re.finditer(r"[{}]", code[start:]):
        depth += 1 if mark.group() == "{" else -1
        if depth == 0:
            return start + mark.start()
    return len(code)


def function_breaches(source):
    for found in DECLARATION.finditer(source.code):
        body = body_of(source.code, found.end())
        if body is None:
            continue
        first, last = source.line(found.start()), source.line(body[1])
        if last - first + 1 > FUNCTION_LINES_ALLOWED:
            name = " ".join(found.group().split()[:2]).rstrip(":")
            yield breach(source.path, first, "function-length",
                         f"'{name}' has {last - first + 1} lines, at most {FUNCTION_LINES_ALLOWED}")


def word_breaches(source):
    for banned, view in ((BANNED_CODE, source.code), (BANNED_COMMENT, source.comments)):
        for rule, holds, pattern, instead in banned:
            for found in re.finditer(pattern, view) if holds(source.path) else ():
                yield breach(source.path, source.line(found.start()), rule,
                             f"'{found.group()}' is banned here: {instead}")
    for found in RANDOM_CALL.finditer(source.code):
        call = source.code[found.start():end_of_call(source.code, found.start())]
        if "using:" not in call:
            yield breach(source.path, source.line(found.start()), "unseeded-random",
                         f"'{found.group()}' without a generator: pass 'using:' a SeededGenerator")


def end_of_call(code, start):
    depth = 0
    for mark in re.finditer(r"[()]", code[start:]):
        depth += 1 if mark.group() == "(" else -1
        if depth == 0:
            return start + mark.end()
    return len(code)


def swift_breaches(path, text):
    source = Source(path, text)
    yield from size_breaches(source)
    yield from function_breaches(source)
    yield from word_breaches(source)


def top_level_breaches(paths):
    for name in sorted({path.split("/")[0] for path in paths}):
        if not name.startswith(".") and name not in TOP_LEVEL:
            yield breach(name, 1, "top-level",
                         f"'{name}' at the top level, which holds only {', '.join(sorted(TOP_LEVEL))}")


def machine_path_breaches(path, text):
    for number, line in enumerate(text.split("\n"), 1):
        found = MACHINE_PATH.search(line)
        if found:
            yield breach(path, number, "machine-path",
                         f"'{found.group()}' is a path of one machine: use a relative one")


def all_breaches(files):
    """Every breach in files, given as pairs of path and bytes."""
    yield from top_level_breaches([path for path, _ in files])
    for path, octets in files:
        try:
            text = octets.decode("utf-8")
        except UnicodeDecodeError:
            continue  # not text
        yield from machine_path_breaches(path, text)
        if path == "Package.swift" or re.match(r"(Sources|Tests)/.*\.swift$", path):
            yield from swift_breaches(path, text)


def excuse(found, excused):
    """What is left of the breaches after the excused ones, and excuses that are stale."""
    used = set()
    for rule, text in found:
        key = (rule, text.split(":", 1)[0])
        if key in excused:
            used.add(key)
        else:
            yield text
    for rule, path in excused.keys() - used:
        yield f"{path}:1: error: nothing to excuse from '{rule}': drop it from EXCUSED"


def self_test():
    def function(lines):
        return "func f() {\n" + "    g()\n" * (lines - 2) + "}\n"

    pointer = "let p: UnsafeRawBufferPointer"
    planted = [
        ("Sources/EventLog/A.swift", "\n" * 500, [None]),
        ("Sources/EventLog/A.swift", "\n" * 300, []),
        ("Sources/EventLog/A.swift", "\n" * 301, [None]),
        ("Sources/EventLog/A.swift", "\n" * 501, ["file-size"]),
        ("Tests/EventLogTests/A.swift", "x" * 100, []),
        ("Tests/EventLogTests/A.swift", "x" * 101, ["line-length"]),
        ("Sources/EventLog/A.swift", 'let a = """\n    ' + "x" * 101 + '\n    """', []),
        ("Sources/EventLog/A.swift", function(70), []),
        ("Sources/EventLog/A.swift", function(71), ["function-length"]),
        ("Sources/EventLog/A.swift", "struct A {\n" + function(40) * 2 + "}", []),
        ("Sources/EventLog/A.swift", "protocol P {\n func f() -> Int\n}\n" + "struct A {\n"
         + "    let a = 1\n" * 80 + "}", []),
        ("Sources/EventLog/A.swift", "init(_ a: () -> Void = {}) throws {\n" + "a()\n" * 70 + "}",
         ["function-length"]),
        ("Sources/EventLog/A.swift", "var a: [Int] {\n" + "a()\n" * 70 + "}", ["function-length"]),
        ("Sources/EventLog/A.swift", 'func f() {\n    g("}")  // }\n' + "g()\n" * 70 + "}",
         ["function-length"]),
        ("Sources/ClaimsDomain/A.swift", "let a: Double = 0", ["floating-point"]),
        ("Sources/ClaimsIndex/A.swift", "let a = Float(0)", ["floating-point"]),
        ("Sources/ClaimsDomain/A.swift", '// a Double\nlet a = "Float"', []),
        ("Sources/ClaimsDomain/A.swift", r'let a = "\(Double(1))"', ["floating-point"]),
        ("Sources/EventLog/A.swift", "let a: Double = 0", []),
        ("Sources/ClaimsLedger/A.swift", "let a = Date()", ["clock"]),
        ("Sources/claims/A.swift", "let a = (Date(), UUID())", []),
        ("Sources/ClaimsLedger/A.swift", "let a = UUID().uuidString", ["new-id"]),
        ("Sources/ClaimsReports/A.swift", "print(1)", ["print"]),
        ("Sources/ClaimsReports/A.swift", "writer.print(1)\nsprint(1)", []),
        ("Sources/claims/A.swift", "print(1)", []),
        ("Tests/EventLogTests/A.swift", "let a = try! f()", ["force-try"]),
        ("Tests/EventLogTests/A.swift", "Int.random(in: 0..<f(1))", ["unseeded-random"]),
        ("Tests/EventLogTests/A.swift", "Int.random(\n    in: 0..<f(1), using: &g)", []),
        ("Tests/EventLogTests/A.swift", "Int.random(in: 0..<f(1), using: &g)", []),
        ("Tests/EventLogTests/A.swift", "a.shuffled()", ["unseeded-random"]),
        ("Tests/EventLogTests/A.swift", "a.shuffled(using: &g)", []),
        ("Tests/EventLogTests/A.swift", "a.randomElement()", ["unseeded-random"]),
        ("Tests/EventLogTests/A.swift", "Bool.random()", ["unseeded-random"]),
        ("Sources/ClaimsDomain/A.swift", "// TODO: later", ["leftover"]),
        ("Sources/ClaimsDomain/A.swift", "/* FIXME */", ["leftover"]),
        ("Sources/ClaimsDomain/A.swift", 'let noCurrency = "XXX"', []),
        ("Sources/ClaimsLedger/A.swift", pointer, ["unsafe-pointer"]),
        ("Sources/EventLog/Append.swift", "a.withUnsafeBytes { _ in }", ["unsafe-pointer"]),
        ("Sources/EventLog/System/Write.swift", pointer, []),
        ("Sources/ClaimsIndex/A.swift", pointer, []),
        ("Sources/ClaimsCodec/LineScanner.swift", pointer, []),
        ("Sources/ClaimsCodec/Writer.swift", pointer, ["unsafe-pointer"]),
        ("Notes.txt", "", ["top-level"]),
        ("docs/a.md", "", ["top-level"]),
        (".ci/run", "", []),
        ("README.md", "see /%s/main" % "work", ["machine-path"]),
        ("tools/a", "file:///%s/main" % "farm", ["machine-path"]),
        ("README.md", "at home/%s/life" % "work", []),
    ]
    for path, text, rules in planted:
        found = list(all_breaches([(path, text.encode())]))
        assert [rule for rule, _ in found] == rules, (path, text[:80], found)
    assert list(all_breaches([("events/a.bin", b"\xff/%s/" % b"work")])) == []
    excused = {("force-try", "Tests/A.swift"): "why", ("print", "Tests/B.swift"): "why"}
    left = list(excuse(all_breaches([("Tests/A.swift", b"try! f()")]), excused))
    assert len(left) == 1 and "nothing to excuse from 'print'" in left[0], left


def main():
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        print("house: self-test ok")
        return 0
    root = repository()
    files = [(path, (root / path).read_bytes()) for path in files_of(root)]
    return report("house", list(excuse(all_breaches(files), EXCUSED)))


if __name__ == "__main__":
    sys.exit(main())
