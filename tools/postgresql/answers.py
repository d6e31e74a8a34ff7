#!/usr/bin/env python3
"""Every command on a server: a question gives the same bytes as in a folder of the same lines, a
write the same receipt, an import and an export the same result.

  tools/postgresql/answers.py --claims PROGRAM
"""

import glob
import os
import shutil
import sys

import shared

check = shared.check
ACCOUNT = ["4603377", "FY20-H1"]
AT = "2021-01-01T00:00:00Z"

QUESTIONS = [
    ["program", "list"], ["program", "show", "csp-direct"], ["partner", "list"],
    ["association", "list"], ["list"], ["list", "--status", "approved", "--as-of", "2020-06-30"],
    ["show", "CLM-1001"], ["history", "CLM-1001", "--known-at", "400"], ["balance"],
    ["balance", "--group-by", "period"], ["balance", "--history", "QUARTER"],
    ["explain", "CLM-1001"], ["explain", *ACCOUNT], ["check", "CLM-1001"],
    ["diff", "--from", "2020-01-01", "--to", "2020-06-30"], ["findings"],
    ["deadlines", "--as-of", "2020-06-30"], ["retention", "--as-of", "2021-06-30"], ["replay"],
    ["verify"],
]
EXPORTS = [
    ["log", "--claim", "CLM-1001"], ["export", "hledger"], ["export", "beancount"],
    ["export", "sql"], ["export", "xes"], ["export", "ocel"], ["export", "cloudevents"],
    ["export", "csv", "claims"], ["show", "CLM-1001", "--format", "markdown"],
]
WRITES = [
    ["comment", "CLM-1001", "--text", "a word"],
    ["fund", "earn", "--program", "csp-indirect-reseller", "--partner", "4603377", "--period",
     "FY20-H1", "--amount", "12.00", "--earned-on", "2019-09-30", "--reference", "e-1"],
    ["fund", "earn", "--program", "csp-indirect-reseller", "--partner", "4603377", "--period",
     "FY20-H1", "--amount", "-1", "--earned-on", "2019-09-30", "--reference", "e-2"],
    ["approve", "CLM-1001"], ["comment", "CLM-none", "--text", "a word"],
]


class Pair:
    """The sample in a folder and on a server."""

    def __init__(self, claims, folder, address):
        self.claims, self.folder, self.address = claims, folder, address

    def compare(self, *command, **more):
        """Asks both; the names of the ledgers are all that may differ."""
        answers = [
            self.claims.run(*command, "--ledger", ledger, **more)
            for ledger in (self.folder, self.address)]
        told = [
            (answer.returncode, answer.stdout.replace(ledger, "LEDGER"), [
                line.replace(ledger, "LEDGER") for line in answer.stderr.splitlines()
                if " events/s" not in line and " s, " not in line])
            for answer, ledger in zip(answers, (self.folder, self.address))]
        same = told[0] == told[1]
        text = "" if same else f": {told[0]} / {told[1]}"
        check(same, f"{' '.join(command)} ({told[0][0]}){text[:1500]}")
        return answers


    def files(self, *command):
        """The same for an answer in a file, or in the files of a folder."""
        contents = []
        path = f"{os.path.dirname(self.folder)}/out"
        for ledger in (self.folder, self.address):
            done = self.claims.run(*command, path, "--ledger", ledger)
            check(done.returncode == 0, f"{command[0]} {done.stderr}")
            files = sorted(glob.glob(f"{path}/*")) if os.path.isdir(path) else [path]
            contents.append([open(file).read().replace(ledger, "LEDGER") for file in files])
            shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)
        check(contents[0] == contents[1] and contents[0], f"the same: {' '.join(command)}")


def tried(place, claims, folder):
    # No checkpoints: the sample has none to hold against another.
    sample = f"{folder}/sample"
    address = place.primary().url()
    for origin, copy in ((f"{shared.ROOT}/events", sample), (sample, address)):
        copied = claims.run("copy", origin, copy)
        check(copied.returncode == 0, f"copied {copied.stderr}")
    pair = Pair(claims, sample, address)
    for question in QUESTIONS:
        pair.compare(*question, "--format", "json")
    for export in EXPORTS:
        pair.compare(*export)
    pair.files("report", "--html")
    pair.files("export", "csv", "all", "--output")
    lines = f"{folder}/portal.jsonl"
    with open(lines, "w") as file:
        file.write(claims.run("generate", "--events", "2000", "--output", "-").stdout)
    for rehearsal in (["--dry-run"], [], []):
        pair.compare(
            "import", "events", lines, "--format", "json", *rehearsal, CLAIMS_NOW=AT)
    for number, write in enumerate(WRITES):
        more = ["--id", f"w-{number}", "--by", "u-1", "--format", "json"]
        for rehearsal in (["--dry-run"], [], []):
            pair.compare(*write, *more, *rehearsal, CLAIMS_NOW=AT)
    heads = [
        claims.run("log", "--ledger", ledger).stdout for ledger in (sample, address)]
    check(heads[0] == heads[1], "the logs are the same after all that")
    refused = claims.run("export", "duckdb", "--ledger", address)
    check(
        refused.returncode == 66 and "make a replica with 'claims copy'" in refused.stderr,
        f"views need files: {refused.stderr}")
    made = claims.run("generate", "--events", "9", "--output", address)
    check(
        made.returncode == 64 and "puts it on a server" in made.stderr,
        f"a generated ledger is a folder: {made.stderr}")


if __name__ == "__main__":
    sys.exit(shared.run(__doc__, tried))
