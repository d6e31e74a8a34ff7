#!/usr/bin/env python3
"""Compares the balances of every fund account with hledger, Beancount, SQLite, DuckDB, PostgreSQL.

Each tool's own strict check has to pass, and each bucket of each account has to be the same, at the
end of the log and at two earlier dates. Status: 0 they agree, 1 they do not, 77 one is missing.
"""

import collections
import csv
import io
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote

try:
    import duckdb
    from beancount import loader
    from beancount.core import data as beans
except ImportError:
    sys.exit(77)

from ledgers import ROOT, all_ledgers, answer, claims, minor

POSTGRES = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
DUCKDB = Path(sys.executable).parent / "duckdb"
if not shutil.which("hledger") or not shutil.which("sqlite3") or POSTGRES is None:
    sys.exit(77)
if not DUCKDB.is_file():
    sys.exit(77)

BUCKETS = ["earned", "adjusted", "rolledIn", "rolledOut", "converted", "reserved", "paid", "due",
           "expired", "available"]
# Where money comes from counts as credit, so with the other sign.
SOURCES = {"earned", "adjusted", "rolledIn"}
wrong = []


def disagree(what, ours, theirs):
    ours = {key: units for key, units in ours.items() if units}
    theirs = {key: units for key, units in theirs.items() if units}
    if ours != theirs:
        odd = sorted(set(ours.items()) ^ set(theirs.items()))[:3]
        wrong.append(f"{what}: {len(ours)} against {len(theirs)} balances, such as {odd}")
    return len(ours)


def balances(ledger, *when):
    """Our own: program, partner, period, currency, bucket."""
    found = {}
    for row in answer("balance", "--ledger", ledger, *when):
        for bucket in BUCKETS:
            found[row["program"], row["partner"], row["period"], row["currency"], bucket] = (
                minor(row[bucket]))
    return found


def run(*command, **more):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, **more)
    if done.returncode != 0:
        wrong.append(f"{command[0]}: status {done.returncode}: {(done.stdout + done.stderr)[-500:]}")
    return done.stdout


def digits(ledger):
    """The decimals of each currency."""
    table = claims("export", "csv", "currencies", "--ledger", ledger).decode()
    return {row["currency"]: int(row["digits"]) for row in csv.DictReader(io.StringIO(table))}


def signed(bucket, units):
    return -units if bucket in SOURCES else units


def with_hledger(ledger, folder, *when):
    journal = folder / "funds.journal"
    claims("export", "hledger", "--ledger", ledger, "--output", journal, *when)
    run("hledger", "-f", journal, "check", "--strict")
    table = run("hledger", "-f", journal, "balance", "--flat", "-N", "-O", "csv", "--layout=bare")
    found = {}
    for row in csv.DictReader(io.StringIO(table)):
        if row["commodity"]:
            _, program, partner, period, bucket = map(unquote, row["account"].split(":"))
            found[program, partner, period, row["commodity"], bucket] = signed(
                bucket, minor(row["balance"].replace(",", "")))
    return found


def with_beancount(ledger, folder, *when):
    file = folder / "funds.beancount"
    claims("export", "beancount", "--ledger", ledger, "--output", file, *when)
    run(Path(sys.executable).parent / "bean-check", file)
    entries, errors, _ = loader.load_file(str(file))
    wrong.extend(f"beancount: {error.message}" for error in errors[:3])
    places, scale, found = {}, digits(ledger), collections.Counter()
    for entry in entries:
        if isinstance(entry, beans.Open):
            meta = entry.meta
            places[entry.account] = (meta["program"], meta["partner"], meta["period"],
                                     meta["bucket"])
    for entry in entries:
        if isinstance(entry, beans.Transaction):
            for posting in entry.postings:
                program, partner, period, bucket = places[posting.account]
                currency = posting.units.currency
                units = int(posting.units.number.scaleb(scale[currency]))
                found[program, partner, period, currency, bucket] += signed(bucket, units)
    return found


SUMS = """
SELECT program, partner, period, currency, earned_minor, adjusted_minor, rolled_in_minor,
  rolled_out_minor, converted_minor, reserved_minor, approved_minor, paid_minor, unclaimed_minor
FROM posted"""
STANDING = """
SELECT program, partner, period, currency, earned_minor, adjusted_minor, rolled_in_minor,
  rolled_out_minor, converted_minor, reserved_minor, paid_minor, due_minor, expired_minor,
  available_minor
FROM balances"""


def from_tables(what, posted, standing):
    """Both the table of balances and the sums of the postings have to be ours."""
    found, sums = {}, {}
    for *account, earned, adjusted, into, out, converted, reserved, approved, paid, left in posted:
        sums[tuple(account)] = tuple(map(int, (
            earned, adjusted, into, out, converted, reserved, approved, paid, left)))
    for *account, earned, adjusted, into, out, converted, reserved, paid, due, lost, rest in standing:
        values = list(map(int, (
            earned, adjusted, into, out, converted, reserved, paid, due, lost, rest)))
        for bucket, units in zip(BUCKETS, values):
            found[(*account, bucket)] = units
        shown = (*values[:6], values[6] + values[7], values[6], values[8] + values[9])
        if sums.get(tuple(account), (0,) * 9) != shown:
            wrong.append(f"{what}: postings of {account} are {sums.get(tuple(account))}, "
                         f"expected {shown}")
    return found


def with_sqlite(script, folder):
    file = folder / "ledger.db"
    with open(script, "rb") as text:
        run("sqlite3", "-bail", file, stdin=text)
    database = sqlite3.connect(file)
    return from_tables("sqlite", database.execute(SUMS), database.execute(STANDING))


def with_duckdb(script, folder):
    file = folder / "ledger.duckdb"
    with open(script, "rb") as text:
        run(DUCKDB, "-bail", file, stdin=text)
    database = duckdb.connect(str(file), read_only=True)
    return from_tables("duckdb", database.execute(SUMS).fetchall(),
                       database.execute(STANDING).fetchall())


def with_duckdb_views(ledger):
    """Sums straight over the lines: what was earned, and what was paid less what came back."""
    database = duckdb.connect()
    database.execute(claims("export", "duckdb", "--ledger", ledger).decode())
    earned = database.execute("""
        SELECT program, partner, period, currency, sum(amount_minor) FROM fund_events
        WHERE type = 'funds.earned' GROUP BY ALL""").fetchall()
    paid = database.execute("SELECT currency, sum(amount_minor) FROM payments GROUP BY ALL")
    return ({tuple(account): int(units) for *account, units in earned},
            {currency: int(units) for currency, units in paid.fetchall()})


class Postgres:
    """A server of its own in a temporary folder, on a free port of the loopback."""

    def __init__(self, folder):
        self.folder = folder
        # The server refuses to be run by root.
        self.user = {"user": "nobody", "group": "nogroup", "cwd": "/"} if os.getuid() == 0 else {}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = str(free.getsockname()[1])

    def __enter__(self):
        self.folder.mkdir()
        if self.user:
            shutil.chown(self.folder, "nobody", "nogroup")
        data, log = self.folder / "data", self.folder / "log"
        run(POSTGRES / "initdb", "-D", data, "-U", "claims", "-A", "trust", "-E", "UTF8",
            "--no-locale", "--no-sync", **self.user)
        run(POSTGRES / "pg_ctl", "-D", data, "-l", log, "-w", "-o",
            f"-h 127.0.0.1 -p {self.port} -k {self.folder} -F", "start", **self.user)
        return self

    def __exit__(self, *_):
        run(POSTGRES / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop", **self.user)

    def psql(self, database, *arguments, **more):
        return run(POSTGRES / "psql", "-h", "127.0.0.1", "-p", self.port, "-U", "claims", "-X", "-q",
                   "-v", "ON_ERROR_STOP=1", "-d", database, *arguments, **more)

    def balances(self, name, script):
        self.psql("postgres", "-c", f"CREATE DATABASE {name}")
        with open(script, "rb") as text:
            self.psql(name, stdin=text)
        rows = [[row.split("|") for row in
                 self.psql(name, "-A", "-t", "-c", query).splitlines()]
                for query in (SUMS, STANDING)]
        return from_tables("postgresql", *rows)


def compare(name, ledger, folder, postgres):
    ours, before = balances(ledger), len(wrong)
    script = folder / "ledger.sql"
    claims("export", "sql", "--ledger", ledger, "--output", script)
    tools = {
        "hledger": lambda: with_hledger(ledger, folder),
        "beancount": lambda: with_beancount(ledger, folder),
        "sqlite": lambda: with_sqlite(script, folder),
        "duckdb": lambda: with_duckdb(script, folder),
        "postgresql": lambda: postgres.balances(name, script),
    }
    with ThreadPoolExecutor(2) as pool:
        for tool, found in [(tool, pool.submit(work)) for tool, work in tools.items()]:
            disagree(f"{name}, {tool}", ours, found.result())
    earned, paid = with_duckdb_views(ledger)
    disagree(f"{name}, duckdb on the lines, earned",
             {key[:4]: units for key, units in ours.items() if key[4] == "earned"}, earned)
    of_currency = collections.Counter()
    for key, units in ours.items():
        of_currency[key[3]] += units if key[4] == "paid" else 0
    disagree(f"{name}, duckdb on the lines, paid", of_currency, paid)
    print(f"{name}: {sum(map(bool, ours.values()))} balances agree in {', '.join(tools)}"
          if len(wrong) == before else f"{name}: they do not agree")


def compare_earlier(folder):
    """At earlier dates, and as known then, on the sample."""
    ledger = ROOT / "events"
    for number, when in enumerate([
            ("--as-of", "2020-02-29"), ("--as-of", "2020-06-30", "--known-at", "500"),
            ("--program", "csp-direct", "--as-of", "2020-05-01")]):
        place = folder / str(number)
        place.mkdir()
        ours = balances(ledger, *when)
        disagree(f"{when}, hledger", ours, with_hledger(ledger, place, *when))
        disagree(f"{when}, beancount", ours, with_beancount(ledger, place, *when))


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        folder.chmod(0o755)
        with Postgres(folder / "postgres") as postgres:
            for name, ledger in all_ledgers():
                place = folder / name
                place.mkdir()
                compare(name, ledger, place, postgres)
                shutil.rmtree(place)
        compare_earlier(folder)
    for text in wrong[:50]:
        print(text)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
