#!/usr/bin/env python3
"""Has the official CloudEvents SDK and jsonschema read every event of the exported batch.

Each event of the batch has to be the stored line, byte for byte, and both have to take it. Status:
0 they agree, 1 they do not, 77 one is missing.
"""

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

try:
    from cloudevents.core.formats.json import JSONFormat
    from jsonschema import Draft202012Validator, FormatChecker
except ImportError:
    sys.exit(77)

from ledgers import CLAIMS, ROOT, all_ledgers, claims

# What one process validates at a time: a validator in Python takes a millisecond an event.
SCHEMA_EVENTS = 2000
wrong = []


SCHEMAS = {path.stem: Draft202012Validator(json.loads(path.read_text("utf-8")),
                                           format_checker=FormatChecker(formats=["date"]))
           for path in sorted((ROOT / "events" / "schema").glob("*.json"))}


def refused(lines):
    """What the schemas say against some lines."""
    events = map(json.loads, lines)
    return [f"event {event['sequence']}: {error.message}"
            for event in events for error in SCHEMAS[event["type"]].iter_errors(event)]


def check(name, ledger, folder, pool):
    batch = folder / "batch.json"
    claims("export", "cloudevents", "--ledger", ledger, "--output", batch)
    whole = json.loads(batch.read_bytes())
    log = subprocess.run([CLAIMS, "log", "--ledger", ledger], stdout=subprocess.PIPE, check=True)
    stored = log.stdout.splitlines()
    if batch.read_bytes() != b"[\n" + b",\n".join(stored) + b"\n]\n":
        wrong.append(f"{name}: the batch is not the stored lines")
    if len(whole) != len(stored):
        wrong.append(f"{name}: {len(whole)} events in the batch, {len(stored)} lines")
    validated = pool.map(refused, [stored[start:start + SCHEMA_EVENTS]
                                   for start in range(0, len(stored), SCHEMA_EVENTS)])
    sdk = JSONFormat()
    for line, value in zip(stored, whole):
        event = sdk.read(None, line)
        if (event.get_id(), event.get_type(), event.get_subject(), event.get_data()) != (
                value["id"], value["type"], value["subject"], value["data"]):
            wrong.append(f"{name}: the SDK reads event {value['sequence']} otherwise")
    for found in validated:
        wrong.extend(f"{name}: {text}" for text in found)
    print(f"{name}: the SDK and jsonschema take all {len(stored)} events")


def main():
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(os.cpu_count()) as pool:
        for name, ledger in all_ledgers():
            check(name, ledger, Path(folder), pool)
    for text in wrong[:50]:
        print(text)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
