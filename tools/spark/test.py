#!/usr/bin/env python3
"""Holds the replay on Spark against one machine's: the sample, the declarations, a generated ledger.

Each ledger has to give the same bytes both ways, and each tampered one a fault with its sequence.
Needs the Python of tools/spark/requirements.txt and a Java; exits with 77 where one is missing.

  test.py [--claims PROGRAM] [--events N]
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEGMENTS = 16
# A little more than a sixteenth of what the lines of a generated ledger take.
BYTES_AN_EVENT = 466


def run(ledger, claims, *options):
    """Exit code, standard output and standard error of the job."""
    job = [sys.executable, ROOT / "tools/spark/run.py", ledger, "--claims", claims,
           "--master", "local[2]", *options]
    done = subprocess.run([str(part) for part in job], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def check_same(name, ledger, claims, *options):
    code, _, errors = run(ledger, claims, "--compare", *options)
    told = [line for line in errors.splitlines() if "the same figures" in line]
    if code != 0 or not told:
        sys.exit(f"{name}: status {code}: {errors[-2000:]}")
    print(f"{name}: the same figures")


def line_of(text, sequence):
    return next(at for at, line in enumerate(text) if f'"sequence":"{sequence:012}"' in line)


def tampered(lines):
    """What is done to the sample, and what has to be said of it."""
    def without(text):
        del text[line_of(text, 400)]

    def repeated(text):
        text.insert(line_of(text, 400), text[line_of(text, 400)])

    def swapped(text):
        at = line_of(text, 400)
        text[at], text[at + 1] = text[at + 1], text[at]

    def same_id(text):
        at = line_of(text, 400)
        source = text[at].split('"source":"')[1].split('"')[0]
        other = next(line for line in text[:at] if f'"source":"{source}"' in line)
        ids = [line.split('"id":"')[1].split('"')[0] for line in (text[at], other)]
        text[at] = text[at].replace(*ids)

    def cut(text):
        text[line_of(text, 400)] = text[line_of(text, 400)][:-3] + "\n"

    def amount(text):
        at = next(at for at, line in enumerate(text) if '"type":"funds.earned"' in line)
        text[at] = text[at].replace('"amountMinor":', '"amountMinor":-')

    def back(text):
        at = line_of(text, 400)
        before = text[at].split('"recordedtime":"')[1].split('"')[0]
        time = text[at].split('"time":"')[1].split('"')[0]
        text[at] = text[at].replace(f'"recordedtime":"{before}"', '"recordedtime":"2019-08-01T00:00:00Z"')
        text[at] = text[at].replace(f'"time":"{time}"', '"time":"2019-08-01T00:00:00Z"')

    yield "a gap", without, "'sequence' jumps to 401, expected 400: events are missing"
    yield "a repeat", repeated, "'sequence' is 400 again, expected 401: events are repeated"
    yield "another order", swapped, "'sequence' jumps to 401, expected 400: events are missing"
    yield "an id twice", same_id, "stands already at sequence"
    yield "a line cut off", cut, "at sequence 400"
    yield "a wrong amount", amount, "'amountMinor' is the number -"
    yield "recorded earlier", back, "'recordedtime' 2019-08-01T00:00:00Z is before the previous"


def check_faults(claims, scratch):
    lines = (ROOT / "events/000000000001.jsonl").read_text("utf-8").splitlines(keepends=True)
    ledger = scratch / "tampered.jsonl"
    for name, tamper, expected in tampered(lines):
        text = list(lines)
        tamper(text)
        ledger.write_text("".join(text), "utf-8")
        code, output, errors = run(ledger, claims)
        if code != 65 or output or expected not in errors or "sequence" not in errors:
            sys.exit(f"{name}: status {code}, expected 65 and \"{expected}\": {errors[-2000:]}")
        print(f"{name}: refused")


def check_usage(claims, scratch):
    for code, ledger, *options in [
        (64, ROOT / "events", "--parts", "0"), (64, ROOT / "events", "--nothing"),
        (66, scratch / "nowhere"),
    ]:
        found, output, errors = run(ledger, claims, *options)
        if found != code or output or "error: " not in errors:
            sys.exit(f"{options}: status {found}, expected {code}: {errors[-2000:]}")
    found = run(ROOT / "events", scratch / "no-program")[0]
    if found != 66:
        sys.exit(f"without the program: status {found}, expected 66")
    print("wrong usage: refused")


def generated(claims, folder, events):
    subprocess.run(
        [claims, "generate", "--events", str(events), "--seed", "1", "--output", folder,
         "--segment-bytes", str(events * BYTES_AN_EVENT // SEGMENTS)],
        check=True, capture_output=True)
    found = len(list(Path(folder).glob("0*.jsonl")))
    if found != SEGMENTS:
        sys.exit(f"the generated ledger has {found} segments, expected {SEGMENTS}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", default=os.environ.get("CLAIMS_BINARY"))
    parser.add_argument("--events", type=int, default=200_000)
    options = parser.parse_args()
    if not options.claims:
        parser.error("--claims or CLAIMS_BINARY has to name the program")
    try:
        import pyspark  # noqa: F401
    except ImportError:
        print("pyspark is not installed (tools/spark/requirements.txt)", file=sys.stderr)
        return 77
    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        print("no Java is installed (17 or newer)", file=sys.stderr)
        return 77
    claims = os.path.abspath(options.claims)
    os.environ["CLAIMS_BINARY"] = claims
    sys.path.insert(0, str(ROOT / "tools/peers"))
    import ledgers
    with tempfile.TemporaryDirectory(prefix="claims-spark-") as scratch:
        check_same("sample", ROOT / "events", claims)
        check_same("sample at a date", ROOT / "events", claims, "--as-of", "2020-03-01")
        declarations = ledgers.declarations()
        if declarations is not None:
            check_same("declarations", declarations, claims)
        folder = os.path.join(scratch, "generated")
        generated(claims, folder, options.events)
        check_same(f"{options.events} events in {SEGMENTS} segments", folder, claims)
        check_faults(claims, Path(scratch))
        check_usage(claims, Path(scratch))
    return 0


if __name__ == "__main__":
    sys.exit(main())
