#!/usr/bin/env python3
"""Appends a second of a folder, of PostgreSQL and of pgbench's plain INSERT, in one run.

  figures.py --claims PROGRAM [--seconds S] [--events N]

The program has to be a release build with `--traits PostgreSQL`. Prints a table for 1, 8 and 64
writers with synchronous commit on and off, and the rate of `claims copy` both ways.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time

import servers

INSERT = """\\set n random(1, 1000000000)
INSERT INTO plain (source, id, line) VALUES ('/rate', :client_id || '-' || :n || '-' || clock_timestamp(), decode(repeat('78', 430), 'hex'));
"""


PROGRAM = os.path.join(os.path.dirname(__file__), "../../events/programs/csp-direct.json")


def rate(claims, ledger, writers, seconds, *options):
    done = subprocess.run(
        [
            claims, "writer-rate", "--ledger", ledger, "--writers", str(writers), "--seconds",
            str(seconds), "--format", "json", *options,
        ],
        check=True, capture_output=True, text=True,
    )
    found = json.loads(done.stdout)
    return tuple(found[name] for name in (
        "perSecond", "p50Microseconds", "p99Microseconds", "mostMicroseconds"))


def make(claims, ledger):
    subprocess.run([claims, "init", ledger, "--program", PROGRAM], check=True, capture_output=True)


def pgbench(place, server, writers, seconds, folder):
    script = f"{folder}/insert.sql"
    for old in os.listdir(folder):
        if old.startswith("bench."):
            os.unlink(f"{folder}/{old}")
    done = subprocess.run(
        [
            f"{place.bin}/pgbench", "-n", "-M", "prepared", "-f", script, "-c", str(writers), "-j",
            "2", "-T", str(seconds), "-l", "--log-prefix", f"{folder}/bench", "-h", "127.0.0.1",
            "-p", str(server.port), "-U", servers.ACCOUNT, "postgres",
        ],
        check=True, capture_output=True, text=True,
    )
    times = []
    for name in os.listdir(folder):
        if name.startswith("bench."):
            with open(f"{folder}/{name}") as lines:
                times += [int(line.split()[2]) for line in lines]
    times.sort()
    second = float(re.search(r"tps = ([\d.]+)", done.stdout).group(1))
    return int(second), times[len(times) // 2], times[len(times) * 99 // 100], times[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", required=True)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--events", type=int, default=400_000)
    options = parser.parse_args()
    if servers.programs() is None:
        return 77
    claims = os.path.abspath(options.claims)
    row = "{:<34}{:>8}{:>14}{:>10}{:>10}{:>10}"
    with servers.Place() as place:
        os.environ["HOME"] = place.folder
        server = place.primary("shared_buffers=512MB", "max_wal_size=4GB")
        with open(f"{place.folder}/insert.sql", "w") as script:
            script.write(INSERT)
        server.sql(
            "CREATE TABLE plain (n bigserial PRIMARY KEY, source text, id text, line bytea,"
            " UNIQUE (source, id))"
        )
        print(row.format("store", "writers", "appends/s", "p50 us", "p99 us", "longest"))
        for writers in (1, 8, 64):
            def show(name, figures, count=writers):
                print(row.format(name, count, *figures), flush=True)

            folder = f"{place.folder}/ledger-{writers}"
            make(claims, folder)
            # The lines of the other kind mean nothing, and could not be replayed.
            show("folder, one process", rate(claims, folder, writers, options.seconds, "--together"))
            show("folder", rate(claims, folder, writers, options.seconds))
            for mode in ("on", "off"):
                server.sql(f"ALTER ROLE {servers.ACCOUNT} SET synchronous_commit = {mode}")
                # One each: a session begins with a replay of what is there.
                ledger = server.url(ledger=f"rate-{writers}-{mode}")
                make(claims, ledger)
                show(f"PostgreSQL, sync commit {mode}", rate(claims, ledger, writers, options.seconds))
                ledger = server.url(ledger=f"together-{writers}-{mode}")
                make(claims, ledger)
                show(
                    f"PostgreSQL, {mode}, one process",
                    rate(claims, ledger, writers, options.seconds, "--together"),
                )
                show(
                    f"pgbench INSERT, sync commit {mode}",
                    pgbench(place, server, writers, options.seconds, place.folder),
                )
        server.sql(f"ALTER ROLE {servers.ACCOUNT} RESET synchronous_commit")
        made = f"{place.folder}/generated"
        subprocess.run(
            [claims, "generate", "--events", str(options.events), "--seed", "1", "--output", made],
            check=True, capture_output=True,
        )
        for origin, copy in (
            (made, server.url(ledger="copy")), (server.url(ledger="copy"), f"{place.folder}/back"),
            (made, f"{place.folder}/folder"),
        ):
            start = time.monotonic()
            subprocess.run([claims, "copy", origin, copy], check=True, capture_output=True)
            seconds = time.monotonic() - start
            what = " to ".join("server" if "://" in end else "folder" for end in (origin, copy))
            print(f"copy, {what}: {options.events / seconds:,.0f} events/s, verified")
    return 0


if __name__ == "__main__":
    sys.exit(main())
