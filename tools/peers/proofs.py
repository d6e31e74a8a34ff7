#!/usr/bin/env python3
"""Checks our proofs with a verifier that shares no code with them, and its refusals with ours.

The sample ledger is copied, signed, proved and exported by CLAIMS_BINARY; tools/verify_proof.py has
to accept each file, and to refuse each one that was changed. Status: 0 agrees, 1 does not, 77 there
is nothing to check Ed25519 with.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VERIFIER = ROOT / "tools" / "verify_proof.py"
KEY = ROOT / "Tests" / "ClaimsCommandTests" / "Sessions" / "files" / "key"

try:
    import cryptography  # noqa: F401
except ImportError:
    if not shutil.which("openssl"):
        sys.exit(77)

wrong = []


def claims(*arguments, status=0):
    run = subprocess.run([os.environ["CLAIMS_BINARY"], *map(str, arguments)], capture_output=True)
    if run.returncode != status:
        wrong.append(f"claims {' '.join(map(str, arguments))}: status {run.returncode}, "
                     f"expected {status}: {run.stderr.decode()[:300]}")
    return run.stdout


def peer(*arguments, accepts=True, what=""):
    run = subprocess.run(
        [sys.executable, str(VERIFIER), *map(str, arguments)], capture_output=True, text=True)
    if (run.returncode == 0) != accepts or "Traceback" in run.stderr:
        wrong.append(f"{what or arguments}: status {run.returncode}: {run.stdout}{run.stderr}")
    return run.stdout.strip()


def changed_bundles(bundle):
    """The bundle with one thing wrong, and what."""
    for name in ("publicKey", "checkpoint"):
        yield f"another {name}", {**bundle, name: bundle[name].replace("a", "b", 1)}
    yield "no event", {**bundle, "events": []}
    yield "another order", {**bundle, "events": bundle["events"][::-1]}
    yield "another claim", {**bundle, "subject": {**bundle["subject"], "name": "CLM-1"}}
    yield "no document", {**bundle, "evidence": []}
    for place, event in enumerate(bundle["events"]):
        for name in ("line", "proof"):
            text = event[name].replace("0", "1", 1)
            events = list(bundle["events"])
            events[place] = {**event, name: text}
            yield f"{name} {place} changed", {**bundle, "events": events}


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        ledger = folder / "ledger"
        shutil.copytree(ROOT / "events", ledger)
        key = json.loads((ledger / "ledger.json").read_text())["publicKey"]
        head = folder / "head"
        claims("checkpoint", "--ledger", ledger, "--key", KEY, "--output", head)
        print(peer("ledger", ledger, "--checkpoint", head, "--key", key))
        subjects = [("CLM-1042",), ("408",), ("4567890", "FY20-H2")]
        for number, subject in enumerate(subjects):
            path = folder / f"{number}.proof"
            claims("prove", *subject, "--ledger", ledger, "--output", path)
            claims("verify-proof", path, "--key", key)
            print(peer("bundle", path, "--key", key))
        bundle = json.loads((folder / "0.proof").read_text("utf-8"))
        refused = 0
        for what, other in changed_bundles(bundle):
            path = folder / "changed.proof"
            path.write_text(json.dumps(other, ensure_ascii=False, separators=(",", ":")) + "\n")
            peer("bundle", path, "--key", key, accepts=False, what=what)
            run = subprocess.run([os.environ["CLAIMS_BINARY"], "verify-proof", str(path),
                                  "--key", key], capture_output=True)
            if run.returncode not in (1, 65):
                wrong.append(f"{what}: our own verifier gives status {run.returncode}")
            refused += 1
        claims("export", "tiles", folder / "tiles", "--ledger", ledger)
        print(peer("tiles", folder / "tiles", "--key", key))
        tile = folder / "tiles" / "tile" / "entries" / "000"
        data = tile.read_bytes()
        tile.write_bytes(data[:100] + bytes([data[100] ^ 1]) + data[101:])
        peer("tiles", folder / "tiles", "--key", key, accepts=False, what="a changed entry")
        segment = ledger / "000000000001.jsonl"
        lines = segment.read_bytes().split(b"\n")
        for what, other in [("cut", lines[:-2] + [b""]), ("changed", lines[:9] + lines[8:])]:
            segment.write_bytes(b"\n".join(other))
            peer("ledger", ledger, "--checkpoint", head, "--key", key, accepts=False, what=what)
            claims("verify", "--ledger", ledger, "--checkpoint", head, status=1)
    for text in wrong[:50]:
        print(text)
    print(f"{refused} changed bundles refused by both, {len(wrong)} disagreements")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
