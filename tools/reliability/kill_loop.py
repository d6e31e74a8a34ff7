#!/usr/bin/env python3
"""Kills the real program at random moments, again and again, and counts what is left.

  kill_loop.py [--seconds N] [--writers N] [--appends N] [--seed N]

1. For N seconds (60), four writers append and one imports in batches, each killed with SIGKILL after
   a random time more often than not, while readers read. Each receipt that was printed has to be
   found afterwards, at its sequence, with its id; no id twice, no gap, nothing torn that 'repair'
   does not set aside, and 'verify' finds no fault.
2. Eight writers append N events (60) each at once, none is killed: no gap, no repeat, and nobody
   waits for ever. The longest wait is told.

CLAIMS_BINARY is the program. Status: 0 nothing lost, 1 something was.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = os.environ.get("CLAIMS_BINARY", str(ROOT / ".build" / "debug" / "claims"))
PARTNER, PROGRAM = "4567890", "csp-indirect-reseller"
wrong = []
wrong_lock = threading.Lock()


def complain(text):
    with wrong_lock:
        wrong.append(text)


class Shop:
    """A ledger in a folder of its own, and what its writers were told."""

    def __init__(self, folder, seed):
        self.folder = Path(folder) / "ledger"
        self.seed = seed
        self.receipts = {}  # id -> sequence
        self.kills = self.torn = self.reads = 0
        self.longest_wait = 0.0
        self.lock = threading.Lock()
        environment = {k: v for k, v in os.environ.items() if k != "CLAIMS_NOW"}
        self.environment = environment | {"CLAIMS_LEDGER": str(self.folder), "CLAIMS_BY": "u-1"}
        self.run(["init", self.folder, "--origin", "kill.example/loop", "--key",
                  Path(folder) / "key"])
        program = ROOT / "events" / "programs" / f"{PROGRAM}.json"
        status, _, err = self.run(["program", "publish", program])
        if status != 0:
            complain(f"program publish: status {status}: {err.decode()[:300]}")

    def run(self, arguments, kill_after=None):
        """Runs the program; returns its status and what it printed, or None when it was killed."""
        process = subprocess.Popen([BINARY, *map(str, arguments)], env=self.environment,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            out, err = process.communicate(timeout=kill_after)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            with self.lock:
                self.kills += 1
            # What it printed before counts: that is a promise.
            return None, out, err
        return process.returncode, out, err

    def told(self, out):
        """Takes the receipts that were printed whole."""
        try:
            receipt = json.loads(out)
        except ValueError:
            return
        with self.lock:
            self.receipts[receipt["id"]] = receipt["sequence"]

    def repair(self, err):
        """Sets a torn tail aside, as the message says."""
        if b"claims repair" not in err:
            return False
        with self.lock:
            self.torn += 1
        status, _, err = self.run(["repair"])
        if status not in (0, 75, 66):
            complain(f"repair: status {status}: {err.decode()[:300]}")
        return True

    def create(self, claim):
        return ["create", claim, "--program", PROGRAM, "--partner", PARTNER, "--activity",
                "print-advertising", "--amount", "10.00", "--currency", "USD", "--activity-date",
                "2020-02-03", "--period", "FY20-H2", "--id", f"id-{claim}", "--wait", "60",
                "--format", "json"]


def writer(shop, number, until):
    chance = random.Random(shop.seed * 100 + number)
    count = 0
    while time.monotonic() < until:
        count += 1
        command = shop.create(f"CLM-{number}-{count}")
        while time.monotonic() < until:
            limit = chance.uniform(0.02, 0.6) if chance.random() < 0.7 else None
            status, out, err = shop.run(command, limit)
            shop.told(out)
            if status == 0:
                break
            if status is None:
                # Whoever was cut off asks again, or gives up.
                if chance.random() < 0.7:
                    continue
                break
            if not shop.repair(err):
                complain(f"writer: status {status}: {err.decode()[:300]}")
                return


def importer(shop, number, until, folder):
    chance = random.Random(shop.seed * 100 + number)
    count = 0
    template = {"specversion": "1.0", "source": f"/programs/{PROGRAM}/partners/{PARTNER}",
                "type": "claim.comment_added", "authtype": "user", "authid": "u-2"}
    while time.monotonic() < until:
        count += 1
        file = Path(folder) / "batch.jsonl"
        with open(file, "w") as batch:
            for place in range(40):
                event = dict(template, id=f"batch-{count}-{place}", subject=f"CLM-B-{count}",
                             time="2020-02-04T10:00:00Z", data={"text": "from elsewhere"})
                batch.write(json.dumps(event) + "\n")
        limit = chance.uniform(0.05, 0.8) if chance.random() < 0.7 else None
        status, _, err = shop.run(["import", "events", file, "--wait", "60"], limit)
        if status == 0:
            with shop.lock:
                for place in range(40):
                    shop.receipts[f"batch-{count}-{place}"] = None
        elif status is not None and not shop.repair(err):
            complain(f"import: status {status}: {err.decode()[:300]}")
            return


def reader(shop, until):
    while time.monotonic() < until:
        status, out, err = shop.run(["log"])
        shop.reads += 1
        if status != 0:
            complain(f"log: status {status}: {err.decode()[:300]}")
            return
        check_lines(out, "a reader")


def check_lines(out, who):
    """Each line is an event, in its place."""
    ids = {}
    lines = out.split(b"\n")
    if lines.pop() != b"":
        complain(f"{who} got half a line")
    for number, line in enumerate(lines, 1):
        try:
            event = json.loads(line)
        except ValueError:
            complain(f"{who}: line {number} is no JSON")
            return ids
        if int(event["sequence"]) != number:
            complain(f"{who}: line {number} has sequence {event['sequence']}")
            return ids
        if event["id"] in ids:
            complain(f"{who}: id {event['id']} stands twice")
        ids[event["id"]] = number
    return ids


def check_end(shop, what):
    status, out, err = shop.run(["repair"])
    if status != 0:
        complain(f"{what}: repair: {err.decode()[:300]}")
    status, out, err = shop.run(["log"])
    ids = check_lines(out, what)
    for name, sequence in shop.receipts.items():
        if name not in ids:
            complain(f"{what}: '{name}' was acknowledged and is lost")
        elif sequence is not None and ids[name] != sequence:
            complain(f"{what}: '{name}' was told {sequence}, stands at {ids[name]}")
    status, out, err = shop.run(["verify"])
    if status != 0:
        complain(f"{what}: verify: status {status}: {(out + err).decode()[-600:]}")
    return len(ids)


def run_threads(threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def kill_loop(folder, seconds, seed):
    shop = Shop(folder, seed)
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=writer, args=(shop, n, until)) for n in range(1, 5)]
    threads.append(threading.Thread(target=importer, args=(shop, 9, until, folder)))
    threads += [threading.Thread(target=reader, args=(shop, until)) for _ in range(2)]
    run_threads(threads)
    events = check_end(shop, "kill loop")
    print(f"kill loop: {seconds} s, {shop.kills} kills, {len(shop.receipts)} acknowledged, "
          f"{events} events found, {shop.torn} torn tails set aside, {shop.reads} reads")
    if shop.kills == 0 or not shop.receipts:
        complain("kill loop: nothing was killed, or nothing acknowledged: the test says nothing")


def crowd(folder, writers, appends, seed):
    shop = Shop(folder, seed)

    def append(number):
        for count in range(1, appends + 1):
            started = time.monotonic()
            status, out, err = shop.run(shop.create(f"CLM-{number}-{count}"))
            waited = time.monotonic() - started
            with shop.lock:
                shop.longest_wait = max(shop.longest_wait, waited)
            shop.told(out)
            if status != 0:
                complain(f"crowd: status {status}: {err.decode()[:300]}")
                return

    started = time.monotonic()
    run_threads([threading.Thread(target=append, args=(n,)) for n in range(writers)])
    took = time.monotonic() - started
    if len(shop.receipts) != writers * appends:
        complain(f"crowd: {len(shop.receipts)} receipts, expected {writers * appends}")
    events = check_end(shop, "crowd")
    print(f"crowd: {writers} writers x {appends} appends, {events} events in the log, "
          f"{took:.1f} s, the longest wait {shop.longest_wait:.2f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--appends", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kill_loop(folder, options.seconds, options.seed)
    with tempfile.TemporaryDirectory() as folder:
        crowd(folder, options.writers, options.appends, options.seed)
    for text in wrong[:20]:
        print(f"kill loop: {text}", file=sys.stderr)
    sys.exit(1 if wrong else 0)


main()
