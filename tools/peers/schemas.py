#!/usr/bin/env python3
"""Checks the published JSON Schemas against every line we have, with the jsonschema package.

Each line of the frozen lines and of the sample ledger must satisfy the schema of its type, and each
line made worse in one place must not. Status: 0 agrees, 1 does not, 77 the package is missing.
"""

import copy
import json
import sys
from pathlib import Path

try:
    from jsonschema import Draft202012Validator, FormatChecker
except ImportError:
    sys.exit(77)

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "events" / "schema"
FROZEN = ROOT / "Tests" / "ClaimsCodecTests" / "Frozen"

# Values that fit no member of ours, whatever its type.
MISFITS = [None, 1.5, -2**60, [[]], ""]
# A text of these may be empty.
LOOSE = {"text"}


def validators():
    found = {}
    for path in sorted(SCHEMAS.glob("*.json")):
        schema = json.loads(path.read_text("utf-8"))
        Draft202012Validator.check_schema(schema)
        found[path.stem] = Draft202012Validator(
            schema, format_checker=FormatChecker(formats=["date"]))
    return found


def lines():
    """Each line with its place."""
    for path in sorted(FROZEN.glob("v*/*.jsonl")) + sorted((ROOT / "events").glob("*.jsonl")):
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            yield f"{path.relative_to(ROOT)}:{number}", json.loads(line)


def resolved(schema, root):
    reference = schema.get("$ref")
    return root["$defs"][reference.rsplit("/", 1)[1]] if reference else schema


def places(value, schema, root, path=()):
    """Each member a line has and its schema knows: the path, its schema, whether it is required."""
    for name, member in schema.get("properties", {}).items():
        if name not in value:
            continue
        here, form = path + (name,), resolved(member, root)
        yield here, member, name in schema.get("required", [])
        if isinstance(value[name], dict):
            yield from places(value[name], form, root, here)
        for index, element in enumerate(value[name] if isinstance(value[name], list) else []):
            if isinstance(element, dict):
                yield from places(element, resolved(form["items"], root), root, here + (index,))


def changed(value, path, change):
    """A copy of the line, changed at the path."""
    line = copy.deepcopy(value)
    owner = line
    for step in path[:-1]:
        owner = owner[step]
    change(owner, path[-1])
    return line


def worse(value, schema):
    """Each line with one thing wrong, and what."""
    for path, member, required in places(value, schema, schema):
        dotted = ".".join(map(str, path))
        if required:
            yield f"without {dotted}", changed(value, path, lambda owner, name: owner.pop(name))
        for misfit in MISFITS:
            if misfit == "" and member.get("$ref", "").rsplit("/", 1)[-1] in LOOSE:
                continue
            yield f"with {misfit!r} as {dotted}", changed(
                value, path, lambda owner, name: owner.__setitem__(name, misfit))


def main():
    found, counts, wrong = validators(), {"lines": 0, "worse": 0}, []
    seen = set()
    for place, line in lines():
        validator = found.get(line["type"])
        if validator is None:
            wrong.append(f"{place}: no schema for type '{line['type']}'")
            continue
        seen.add(line["type"])
        counts["lines"] += 1
        for error in validator.iter_errors(line):
            wrong.append(f"{place}: {error.json_path}: {error.message}")
        if not place.startswith("Tests"):
            continue
        for what, bad in worse(line, validator.schema):
            counts["worse"] += 1
            if validator.is_valid(bad):
                wrong.append(f"{place}: accepted {what}")
        if not validator.is_valid({**line, "foreign": [1], "data": {**line["data"], "x-y": None}}):
            wrong.append(f"{place}: refused foreign members")
    wrong += [f"events/schema/{name}.json: no line to try" for name in sorted(found.keys() - seen)]
    for text in wrong[:50]:
        print(text)
    print(f"{len(found)} schemas, {counts['lines']} lines accepted, "
          f"{counts['worse']} worse ones refused, {len(wrong)} disagreements")
    return 1 if wrong or not found else 0


if __name__ == "__main__":
    sys.exit(main())
