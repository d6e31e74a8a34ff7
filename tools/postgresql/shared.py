#!/usr/bin/env python3
"""A shared ledger from outside: what its writers may not do, what is never shown, and a replica
that follows through a restart of the server, a kill of its own and Ctrl-C.

  tools/postgresql/shared.py --claims PROGRAM
"""

import argparse
import glob
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import servers

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SECRET = "geheim-4711"
problems = []


def check(is_so, what):
    print(("ok: " if is_so else "*** ") + what)
    if not is_so:
        problems.append(what)


class Claims:
    def __init__(self, program, home):
        self.program = program
        self.environment = {
            key: value for key, value in os.environ.items() if not key.startswith("PG")}
        self.environment.update(HOME=home, XDG_CONFIG_HOME=home)
        for name in ("CLAIMS_LEDGER", "CLAIMS_NOW"):
            self.environment.pop(name, None)

    def run(self, *arguments, **more):
        return subprocess.run(
            [self.program, *arguments], capture_output=True, text=True, check=False,
            env={**self.environment, **more})

    def start(self, errors, *arguments):
        return subprocess.Popen(
            [self.program, *arguments], env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=open(errors, "w"))


def content(folder):
    """The lines of a folder's log."""
    parts = [open(path, "rb").read() for path in sorted(glob.glob(f"{folder}/0*.jsonl"))]
    return b"".join(parts)


def await_that(is_so, seconds=30):
    """How long it took; nothing when it did not come true."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        if is_so():
            return time.monotonic() - start
        time.sleep(0.01)
    return None


def rights(place, server, claims, address):
    """A writer's role inserts and selects, nothing else."""
    server.sql(f"CREATE ROLE clerk LOGIN PASSWORD '{SECRET}' IN ROLE claims_writer")
    clerk = address.replace("postgres@", "clerk@")
    written = claims.run("comment", "CLM-1001", "--text", "by a clerk", "--ledger", clerk)
    check(written.returncode == 0, "a role of claims_writer appends")
    for statement in (
        "UPDATE claims_event SET line = ''", "DELETE FROM claims_event", "TRUNCATE claims_event",
        "DROP TABLE claims_event", "UPDATE claims_ledger SET settings = ''",
        "INSERT INTO claims_ledger VALUES ('x', '')", "UPDATE claims_checkpoint SET size = 0",
        "DELETE FROM claims_checkpoint", "TRUNCATE claims_checkpoint", "DELETE FROM claims_ledger",
        "TRUNCATE claims_ledger",
    ):
        refused = subprocess.run(
            [f"{place.bin}/psql", "-X", clerk, "-c", statement], capture_output=True, text=True,
            check=False)
        told = "permission denied" in refused.stderr or "must be owner" in refused.stderr
        check(refused.returncode != 0 and told, f"and is refused: {statement}")


def streaming(place, server, claims, address, folder):
    """Many lines are streamed by a role of claims_writer, and inserted where policies say which rows
    one may add: there the server streams nothing."""
    origin = f"{folder}/generated"
    made = claims.run("generate", "--events", "3000", "--seed", "1", "--output", origin)
    check(made.returncode == 0, f"lines are generated {made.stderr}")
    check(claims.run("copy", origin, f"{address}?ledger=owner").returncode == 0, "an owner copies")
    for name in ("streamed", "policies"):
        # A writer makes no ledger.
        server.sql(
            f"INSERT INTO claims_ledger SELECT '{name}', settings FROM claims_ledger"
            " WHERE ledger = 'owner'")
    clerk = address.replace("postgres@", "clerk@")

    def copies(name):
        copied = claims.run("copy", origin, f"{clerk}?ledger={name}", PGPASSWORD=SECRET)
        stored = server.sql(f"SELECT count(*) FROM claims_event WHERE ledger = '{name}'")
        check(copied.returncode == 0 and stored == "3000", f"a clerk copies: {name} {copied.stderr}")

    copies("streamed")
    server.sql(
        "ALTER TABLE claims_event ENABLE ROW LEVEL SECURITY;"
        " CREATE POLICY clerks ON claims_event TO claims_writer USING (ledger <> 'secret')")
    refused = subprocess.run(
        [f"{place.bin}/psql", "-X", clerk, "-c", "COPY claims_event FROM STDIN"], text=True,
        capture_output=True, check=False, stdin=subprocess.DEVNULL)
    check("row-level security" in refused.stderr, "where policies are, nothing is streamed")
    copies("policies")
    server.sql("DROP POLICY clerks ON claims_event; ALTER TABLE claims_event DISABLE ROW LEVEL SECURITY")


def secrets(place, server, claims, address, folder):
    """No password is shown, wherever it came from and whatever went wrong."""
    hba = f"{server.data}/pg_hba.conf"
    lines = open(hba).read()
    with open(hba, "w") as file:
        file.write(f"host all clerk 127.0.0.1/32 scram-sha-256\n{lines}")
    server.sql("SELECT pg_reload_conf()")
    inside = address.replace("postgres@", f"clerk:{SECRET}@")
    bare = address.replace("postgres@", "clerk@")
    passfile = f"{folder}/passfile"
    with open(passfile, "w") as file:
        file.write(f"127.0.0.1:{server.port}:*:clerk:{SECRET}\n")
    os.chmod(passfile, 0o600)
    answers = {
        "the address": claims.run("doctor", "--ledger", inside),
        "a query": claims.run("balance", "--ledger", f"{bare}?password={SECRET}"),
        "PGPASSFILE": claims.run("verify", "--ledger", bare, PGPASSFILE=passfile),
        "a wrong one": claims.run("balance", "--ledger", inside.replace(SECRET, f"{SECRET}x")),
        "a missing one": claims.run("balance", "--ledger", bare),
        "no server": claims.run("balance", "--ledger", inside.replace(f":{server.port}", ":1")),
        "no TLS there": claims.run("balance", "--ledger", f"{inside}?sslmode=require"),
    }
    statuses = [answer.returncode for answer in answers.values()]
    check(statuses == [0, 0, 0, 74, 74, 74, 74], f"the password counts: {statuses}")
    check(
        "SSL was required" in answers["no TLS there"].stderr,
        "TLS that is asked for is not given up")
    for name, answer in answers.items():
        check(SECRET not in answer.stdout + answer.stderr, f"the password is not shown: {name}")


def following(server, claims, address, folder):
    """A replica gets lines and checkpoints as they come, whatever happens to the server."""
    replica, errors = f"{folder}/replica", f"{folder}/follow.err"
    writer = f"{folder}/writer"
    check(claims.run("copy", address, writer).returncode == 0, "a copy is made of the server's")

    def head():
        return content(replica).count(b"\n")

    def comment(text):
        done = claims.run("comment", "CLM-1001", "--text", text, "--ledger", address)
        check(done.returncode == 0, f"appended: {text}")
        return content_of_server()

    def content_of_server():
        return int(server.sql("SELECT count(*) FROM claims_event WHERE ledger = 'main'"))

    follower = claims.start(errors, "copy", address, replica, "--follow", "--poll", "20000")
    check(await_that(lambda: head() == content_of_server()) is not None, "the replica is whole")
    time.sleep(1)
    for number in range(3):
        last = comment(f"told at once {number}")
        took = await_that(lambda: head() == last, 10)
        check(took is not None and took < 5, f"there {took} s later, with --poll 20 s")
    server.kill()
    time.sleep(1)
    server.start()
    last = comment("after kill -9 of the server")
    check(await_that(lambda: head() == last) is not None, "the replica has waited for the server")
    check(follower.poll() is None, "and goes on")
    follower.send_signal(signal.SIGINT)
    status = follower.wait(30)
    check(status == 0, f"Ctrl-C ends it with status {status}")
    kills(claims, address, replica, last, comment)
    check(claims.run("verify", "--ledger", replica).returncode == 0, "the replica verifies")


def kills(claims, address, replica, last, comment):
    """A copy that is killed goes on where it ended."""
    for number in range(5):
        follower = claims.start(os.devnull, "copy", address, replica, "--follow")
        last = comment(f"before kill {number}")
        time.sleep(0.05 * number)
        follower.kill()
        follower.wait()
    receipt = claims.run("copy", address, replica, "--format", "json")
    check(receipt.returncode == 0, f"after five kills a copy goes on {receipt.stderr}")
    found = json.loads(receipt.stdout)
    check(int(found["events"]) == last, f"and is whole: {found}")


def checkpoints(claims, folder, address):
    """A checkpoint signed on a replica reaches the server, and from there another replica that
    follows; the key stays where it was made."""
    origin, other, errors = f"{folder}/origin", f"{folder}/other", f"{folder}/other.err"
    made = claims.run("init", origin, "--key", f"{folder}/origin.key")
    check(made.returncode == 0, "a folder with a key")
    shared = f"{address}?ledger=signed"
    program = f"{ROOT}/events/programs/csp-indirect-reseller.json"
    program = program if os.path.exists(program) else sorted(
        glob.glob(f"{ROOT}/events/programs/*.json"))[0]
    published = claims.run("program", "publish", program, "--ledger", origin)
    check(published.returncode == 0, f"a program {published.stderr}")
    check(claims.run("copy", origin, shared).returncode == 0, "copied to the server")
    follower = claims.start(errors, "copy", shared, other, "--follow", "--poll", "100")
    kept = f"{other}/checkpoints"
    await_that(lambda: content(other) == content(origin))
    signed = claims.run("checkpoint", "--ledger", origin, "--key", f"{folder}/origin.key")
    check(signed.returncode == 0, f"signed {signed.stderr}")
    receipt = json.loads(claims.run("copy", origin, shared, "--format", "json").stdout)
    check(int(receipt["checkpoints"]) == 1, "the checkpoint goes to the server")
    took = await_that(lambda: os.path.isdir(kept) and os.listdir(kept))
    check(took is not None, f"and to the replica that follows, {took} s later")
    follower.send_signal(signal.SIGINT)
    follower.wait(30)
    check("copied a checkpoint" in open(errors).read(), "which says so")
    verified = claims.run("verify", "--ledger", other, "--format", "json")
    check(verified.returncode == 0, "the replica's checkpoint is its own tree's")


def tried(place, claims, folder):
    server = place.primary()
    address = server.url()
    copied = claims.run("copy", f"{ROOT}/events", address)
    check(copied.returncode == 0, f"the sample is on the server {copied.stderr}")
    rights(place, server, claims, address)
    streaming(place, server, claims, address, folder)
    secrets(place, server, claims, address, folder)
    following(server, claims, address, folder)
    checkpoints(claims, folder, address)


def run(document, body):
    """Gives `body` a place for servers, the program that is named, and a folder; its exit status."""
    parser = argparse.ArgumentParser(description=document.splitlines()[0])
    parser.add_argument("--claims", required=True, metavar="PROGRAM")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="claims-")
    try:
        with servers.Place() as place:
            body(place, Claims(os.path.abspath(options.claims), folder), folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(run(__doc__, tried))
