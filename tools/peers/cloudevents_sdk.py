#!/usr/bin/env python3
"""Has the official CloudEvents SDK and jsonschema read every event of the exported batch.

Each event of the batch has to be the stored line, byte for byte, and both have to take it. Status:
0 they agree, 1 they do not, 77 one is missing.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    from cloudevents.core.formats.json import JSONFormat
    from jsonschema import Draft202012Validator, FormatChecker
except ImportError:
    sys.exit(77)

from ledgers import CLAIMS, ROOT, all_ledgers, claims

# A validator in Python takes a millisecond an event: of a large ledger one in so many is tried.
SCHEMA_EVENTS = 5000
wrong = []


def validators():
    return {path.stem: Draft202012Validator(json.loads(path.read_text("utf-8")),
                                            format_checker=FormatChecker(formats=["date"]))
            for path in sorted((ROOT / "events" / "schema").glob("*.json"))}


def check(name, ledger, folder, schemas):
    batch = folder / "batch.json"
    claims("export", "cloudevents", "--ledger", ledger, "--output", batch)
    whole = json.loads(batch.read_bytes())
    log = subprocess.run([CLAIMS, "log", "--ledger", ledger], stdout=subprocess.PIPE, check=True)
    stored = log.stdout.splitlines()
    if batch.read_bytes() != b"[\n" + b",\n".join(stored) + b"\n]\n":
        wrong.append(f"{name}: the batch is not the stored lines")
    if len(whole) != len(stored):
        wrong.append(f"{name}: {len(whole)} events in the batch, {len(stored)} lines")
    sdk, validated, step = JSONFormat(), 0, max(1, len(stored) // SCHEMA_EVENTS)
    for place, (line, value) in enumerate(zip(stored, whole)):
        event = sdk.read(None, line)
        if (event.get_id(), event.get_type(), event.get_subject(), event.get_data()) != (
                value["id"], value["type"], value["subject"], value["data"]):
            wrong.append(f"{name}: the SDK reads event {value['sequence']} otherwise")
        if place % step == 0:
            validated += 1
            for error in schemas[value["type"]].iter_errors(value):
                wrong.append(f"{name}: event {value['sequence']}: {error.message}")
    print(f"{name}: the SDK takes all {len(stored)} events, jsonschema {validated} of them")


def main():
    schemas = validators()
    with tempfile.TemporaryDirectory() as folder:
        for name, ledger in all_ledgers():
            check(name, ledger, Path(folder), schemas)
    for text in wrong[:50]:
        print(text)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
