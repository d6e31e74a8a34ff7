#!/usr/bin/env python3
"""Kills a server under its writers, and cuts the way to it during commits.

Starts a primary with a synchronous standby on loopback, lets several `claims` processes append, each
command with an id of its own that is sent again until it is acknowledged, kills the primary with
`kill -9`, promotes the standby, and goes on. Then each acknowledged event has to be there, once, in
a ledger without a gap. The second part loses the answers to commits in a proxy: what is sent again
gets the first receipt.

  failover.py [--claims PROGRAM] [--writers N] [--seconds S] [--cuts N] [--events N]

The program has to be built with `--traits PostgreSQL`. Exits with 77 where no server is installed.
"""

import argparse
import json
import os
import subprocess
import sys
import threading
import time

import servers

PROGRAM = "events/programs"


class Writer(threading.Thread):
    """Sends one command after the other, each until it is acknowledged."""

    def __init__(self, number, claims, ledger, stop):
        super().__init__(daemon=True)
        self.number, self.claims, self.ledger, self.stop_at = number, claims, ledger, stop
        self.receipts, self.retries, self.recoveries, self.errors = {}, 0, 0, []

    def run(self):
        count = 0
        while time.monotonic() < self.stop_at():
            count += 1
            self.send(f"w{self.number}-{count}")

    def send(self, event):
        command = [
            self.claims, "fund", "earn", "--ledger", self.ledger, "--program", "csp-direct",
            "--partner", f"{self.number}", "--period", "FY20-H2", "--amount", "1.00", "--currency",
            "USD", "--earned-on", "2019-12-31", "--id", event, "--by", "u-1", "--format", "json",
            "--at", "2020-01-01",
        ]
        for _ in range(200):
            done = subprocess.run(command, capture_output=True, text=True, timeout=120)
            if "trying again" in done.stderr:
                self.recoveries += 1
            if done.returncode == 0:
                self.receipts[event] = json.loads(done.stdout)["sequence"]
                return
            if done.returncode not in (74, 75):
                self.errors.append(done.stderr)
                return
            self.retries += 1
            time.sleep(0.2)
        self.errors.append(f"{event}: never acknowledged: {done.stderr}")


def lines(claims, ledger):
    done = subprocess.run(
        [claims, "log", "--ledger", ledger], capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(claims, ledger, receipts, what):
    """Every acknowledged event once, where its receipt says; no gap."""
    stored = lines(claims, ledger)
    assert [int(line["sequence"]) for line in stored] == list(range(1, len(stored) + 1)), "a gap"
    place = {}
    for line in stored:
        assert line["id"] not in place, f"{line['id']} stands twice"
        place[line["id"]] = int(line["sequence"])
    for event, sequence in receipts.items():
        assert place.get(event) == int(sequence), (event, sequence, place.get(event))
    subprocess.run([claims, "verify", "--ledger", ledger], check=True, capture_output=True)
    print(f"{what}: {len(receipts)} acknowledged, {len(stored)} stored, no gap, none twice")


def program_file():
    found = sorted(name for name in os.listdir(PROGRAM) if name.startswith("csp-direct"))
    return f"{PROGRAM}/{found[0]}"


def make(claims, ledger, home):
    os.environ["HOME"] = home
    subprocess.run(
        [claims, "init", ledger, "--program", program_file(), "--by", "u-1"],
        check=True, capture_output=True,
    )


def failover(claims, writers, seconds):
    with servers.Place() as place:
        primary = place.primary("synchronous_standby_names=standby")
        # Without its standby the primary would keep the first commit waiting for ever.
        standby = place.standby(primary)
        ledger = servers.url([primary.port, standby.port])
        make(claims, ledger, place.folder)
        stop = [time.monotonic() + 600]
        threads = [Writer(n, claims, ledger, lambda: stop[0]) for n in range(1, writers + 1)]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        killed = time.monotonic()
        before = sum(len(thread.receipts) for thread in threads)
        primary.kill()
        standby.promote()
        promoted = time.monotonic()
        while all(len(t.receipts) == 0 for t in threads) or (
            sum(len(t.receipts) for t in threads) == before and time.monotonic() < killed + 60
        ):
            time.sleep(0.01)
        print(
            f"failover: {writers} writers, {before} events, promoted after "
            f"{promoted - killed:.2f} s, first receipt after {time.monotonic() - killed:.2f} s"
        )
        time.sleep(seconds)
        stop[0] = 0
        for thread in threads:
            thread.join(120)
        errors = [error for thread in threads for error in thread.errors]
        assert not errors, errors[:3]
        receipts = {e: s for thread in threads for e, s in thread.receipts.items()}
        assert len(receipts) > before, "nothing was acknowledged after the failover"
        check(claims, ledger, receipts, "failover")
        print(
            f"failover: {sum(t.recoveries for t in threads)} commands recovered by themselves, "
            f"{sum(t.retries for t in threads)} were sent again"
        )


def cuts(claims, count):
    """Each append loses its answer; the program, or the command sent again, finds it done."""
    with servers.Place() as place:
        server = place.primary()
        direct = server.url()
        make(claims, direct, place.folder)
        proxy = servers.Proxy(server.port)
        writer = Writer(1, claims, servers.url([proxy.port]), lambda: 0)
        for number in range(1, count + 1):
            proxy.cut_answers(0)
            writer.send(f"cut-{number}")
        assert not writer.errors, writer.errors[:3]
        assert proxy.cuts == count, (proxy.cuts, count)
        assert len(writer.receipts) == count
        check(claims, direct, writer.receipts, "cuts")
        # The same commands once more: each is answered with its first receipt.
        first = dict(writer.receipts)
        for number in range(1, count + 1):
            writer.send(f"cut-{number}")
        assert writer.receipts == first, "a repeated command got another receipt"
        check(claims, direct, writer.receipts, "cuts, sent again")
        print(f"cuts: {proxy.cuts} answers lost, {writer.recoveries} recovered in the program")


def bulk(claims, events):
    """A copy loses an answer while its lines are streamed, or the one to a commit, or the server: it
    goes on by itself, and nothing is there twice."""
    with servers.Place() as place:
        server = place.primary()
        os.environ["HOME"] = place.folder
        origin = f"{place.folder}/generated"
        made = ["generate", "--events", str(events), "--seed", "1", "--output", origin]
        subprocess.run([claims, *made], check=True, capture_output=True)
        proxy = servers.Proxy(server.port)
        for name, sign in (("lines", b'"specversion"'), ("commit", b"COMMIT")):
            proxy.cut_answers(1, sign)
            copied = subprocess.run(
                [claims, "copy", origin, servers.url([proxy.port], ledger=name)],
                capture_output=True, text=True, check=False, timeout=120,
            )
            assert copied.returncode == 0, copied.stderr
            assert copied.stderr.count("trying again") == 1, copied.stderr
            copy = server.url(ledger=name)
            assert lines(claims, copy) == lines(claims, origin), "the copy has other lines"
            print(f"bulk: {events} events copied, the answer lost after: {name}")
        assert proxy.cuts == 2, proxy.cuts
        restart(claims, origin, server)


def restart(claims, origin, server):
    """The server is killed under a copy, and comes back."""
    copy = server.url(ledger="restart")
    going = subprocess.Popen(
        [claims, "copy", origin, copy], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    count = "SELECT count(*) FROM claims_event WHERE ledger = 'restart'"
    while going.poll() is None and server.sql(count) == "0":
        time.sleep(0.01)
    server.kill()
    assert going.poll() is None, "the copy was done before the kill"
    time.sleep(1)
    server.start()
    errors = going.communicate(timeout=120)[1]
    assert going.returncode == 0 and "trying again" in errors, errors
    assert lines(claims, copy) == lines(claims, origin), "the copy has other lines"
    print("bulk: a copy has waited for a server that was killed")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", default=os.environ.get("CLAIMS_BINARY", ".build/pg/debug/claims"))
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--cuts", type=int, default=10)
    parser.add_argument("--events", type=int, default=60_000)
    options = parser.parse_args()
    if servers.programs() is None:
        print("no PostgreSQL server is installed", file=sys.stderr)
        return 77
    claims = os.path.abspath(options.claims)
    os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))
    cuts(claims, options.cuts)
    bulk(claims, options.events)
    failover(claims, options.writers, options.seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
