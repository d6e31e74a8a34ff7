#!/usr/bin/env python3
"""What is kept beside the lines of a shared ledger, without a replica: signed checkpoints, proofs
and documents; and what `doctor` and `repair` say of a server.

  tools/postgresql/upkeep.py --claims PROGRAM
"""

import glob
import hashlib
import json
import os
import signal
import sys
import time

import shared

ROOT = shared.ROOT
check = shared.check


class Made:
    """A ledger made on the server, with its key, a claim's worth of events, and a clerk."""

    def __init__(self, claims, server, folder):
        self.claims, self.server, self.folder = claims, server, folder
        self.owner = server.url(ledger="kept")
        server.sql("CREATE ROLE keeper LOGIN")
        program = sorted(glob.glob(f"{ROOT}/events/programs/csp-indirect*.json"))[0]
        self.key = f"{folder}/kept.key"
        made = claims.run(
            "init", self.owner, "--key", self.key, "--program", program, "--format", "json")
        check(made.returncode == 0, f"a ledger is made on the server {made.stderr}")
        rules = json.load(open(program))
        self.program, self.activity = rules["id"], rules["activities"][0]["id"]
        server.sql("GRANT claims_writer TO keeper")
        self.clerk = server.url(user="keeper", ledger="kept")

    def run(self, *arguments, address=None, **more):
        return self.claims.run(*arguments, "--ledger", address or self.clerk, **more)

    def earn(self, amount, partner="4567890"):
        done = self.run(
            "fund", "earn", "--program", self.program, "--partner", partner, "--period", "FY20-H2",
            "--amount", str(amount), "--earned-on", "2019-12-31", "--reference", f"r-{amount}")
        check(done.returncode == 0, f"earned {amount} {done.stderr}")

    def events(self):
        return int(self.server.sql("SELECT count(*) FROM claims_event WHERE ledger = 'kept'"))


def signing(made):
    """Who has the key signs on the server as a writer, and what is signed stays."""
    made.earn(100)
    place = f"{made.clerk} (claims_checkpoint, size {made.events()})"
    first = made.run("checkpoint", "--key", made.key)
    check(first.returncode == 0 and first.stderr == f"note: kept as '{place}'\n", f"signed {first.stderr}")
    again = made.run("checkpoint", "--key", made.key)
    check(
        again.stdout == first.stdout
        and again.stderr == f"note: nothing was appended since '{place}'\n", "once for a size")
    stranger = made.run("checkpoint", "--key", f"{made.folder}/nobody.key")
    check(stranger.returncode == 0, "a head that is signed already needs no key")
    made.earn(200)
    stranger = made.run("checkpoint", "--key", f"{made.folder}/nobody.key")
    check(stranger.returncode == 66, f"another one does {stranger.stderr}")
    verified = json.loads(made.run("verify", "--format", "json").stdout)
    check(
        int(verified["keptCheckpoints"]) == 1 and verified["faults"] == [],
        "verify holds the kept checkpoint against the lines")


def witnessing(made):
    """Cosignatures are rows of their own, beside the note that was there."""
    head, signed = f"{made.folder}/head", f"{made.folder}/signed"
    check(
        made.run("checkpoint", "--key", made.key, "--output", head).returncode == 0, "a checkpoint")
    public = json.loads(made.server.sql(
        "SELECT convert_from(settings, 'UTF8') FROM claims_ledger WHERE ledger = 'kept'"))
    for name in ("w1", "w2"):
        key = f"{made.folder}/{name}.key"
        done = made.claims.run(
            "cosign", head, "--key", key, "--name", f"witness.example/{name}", "--log-key",
            public["publicKey"], "--output", signed)
        check(done.returncode == 0, f"{name} cosigns {done.stderr}")
        witness = done.stderr.split("cosigned by '")[1].split("'")[0]
        added = made.run("checkpoint", "--add", signed, "--witness", witness)
        check(added.returncode == 0, f"which the server keeps {added.stderr}")
    rows = made.server.sql(
        "SELECT max(version), count(*) FROM claims_checkpoint WHERE ledger = 'kept' AND size = "
        f"{made.events()}")
    check(rows == "3|3", f"beside what was there: {rows}")
    kept = made.run("checkpoint", "--key", made.key).stdout
    check("witness.example/w1" in kept and "witness.example/w2" in kept, "with all signatures")
    copied = f"{made.folder}/copied"
    check(made.claims.run("copy", made.clerk, copied).returncode == 0, "a replica is made")
    here = open(sorted(glob.glob(f"{copied}/checkpoints/*"))[-1]).read()
    check(here == kept, "which has them too")


def proofs(made):
    """A proof is made of the server's lines, and holds without it."""
    proof = f"{made.folder}/period.proof"
    proved = made.run("prove", "4567890", "FY20-H2", "--output", proof)
    check(proved.returncode == 0, f"proved {proved.stderr}")
    made.earn(300)
    proved = made.run("prove", str(made.events()), "--output", f"{proof}2", "--key", made.key)
    check(
        proved.returncode == 0 and "signed a checkpoint, kept as" in proved.stderr,
        f"what no checkpoint covers is signed for {proved.stderr}")
    for path in (proof, f"{proof}2"):
        told = made.claims.run("verify-proof", path, "--log", made.clerk)
        check(told.returncode == 0, f"the proof holds {told.stderr}")
    tiles = f"{made.folder}/tiles"
    check(made.run("export", "tiles", tiles).returncode == 0, "tiles are exported")
    stamp = f"{made.folder}/stamp"
    answer = made.run("balance", "--stamp", stamp)
    check(answer.returncode == 0, f"an answer is stamped {answer.stderr}")
    made.earn(400)
    again = made.run("reproduce", stamp, "--format", "json")
    check(again.returncode == 0 and "signed by the ledger's key" in again.stdout, f"again {again.stdout}")


def documents(made):
    """The vault is a table: documents come in with their events, and are checked against them."""
    created = made.run(
        "create", "CLM-1", "--program", made.program, "--partner", "4567890", "--period",
        "FY20-H2", "--activity", made.activity, "--amount", "5.00", "--activity-date",
        "2020-02-01", "--at", "2020-02-02")
    check(created.returncode == 0, f"a claim {created.stderr}")
    large, empty = f"{made.folder}/scan.pdf", f"{made.folder}/empty.txt"
    with open(large, "wb") as file:
        file.write(os.urandom(5_000_000))
    open(empty, "w").close()

    def attach(path, *more):
        return made.run("attach", "CLM-1", path, "--kind", "other", "--store", *more)

    def stored():
        return made.server.sql(
            "SELECT count(DISTINCT sha256) FROM claims_document WHERE ledger = 'kept'")

    refused = made.run("attach", "CLM-9", large, "--kind", "other", "--store")
    check(refused.returncode == 66 and stored() == "0", "nothing is kept for a refused command")
    for path in (large, empty):
        attached = attach(path)
        check(attached.returncode == 0, f"attached and kept {attached.stderr}")
    again = attach(large, "--evidence", "EV-2")
    check(again.returncode == 0 and stored() == "2", "a document is kept once")
    verified = json.loads(made.run("verify", "--format", "json").stdout)
    check(
        verified["documents"] == {"referenced": 3, "found": 3, "unreferenced": 0}
        and verified["faults"] == [], f"verify hashes them: {verified}")
    rows = json.loads(made.run("retention", "--format", "json").stdout)
    check([row["stored"] for row in rows] == [3], f"retention counts them: {rows}")
    carrying(made)
    place = f"{made.clerk} (claims_document)"
    with open(large, "rb") as file:
        sha256 = hashlib.sha256(file.read()).hexdigest()
    made.server.sql(
        f"UPDATE claims_document SET content = 'x' WHERE sha256 = '{sha256}' AND part = 2")
    changed = made.run("verify")
    told = f"{place}/{sha256}: error: the document is changed"
    check(
        changed.returncode == 1 and told in changed.stderr,
        f"one that was changed is told {changed.stderr}")
    carried, counts = carry(made, made.clerk, f"{made.folder}/half")
    check(
        carried.returncode == 1 and told in carried.stderr and counts == [1, 0, 2, 1],
        f"and not carried: {counts} {carried.stderr}")
    made.server.sql("DELETE FROM claims_document WHERE ledger = 'kept'")
    check(made.run("verify").returncode == 0, "the owner takes out what may go")


def carry(made, origin, copy):
    """A copy with documents, and how many were carried, found, not held and refused."""
    done = made.claims.run("copy", origin, copy, "--documents", "--format", "json")
    receipt = json.loads(done.stdout or "{}")
    names = ("Copied", "Found", "NotHeld", "Refused")
    return done, [receipt.get(f"documents{name}") for name in names]


def carrying(made):
    """Documents go from a server to a folder, to another server and back, also while it follows."""
    backup, other = f"{made.folder}/backup", made.server.url(ledger="other")
    for origin, copy in (
        (made.clerk, backup), (backup, other), (made.clerk, made.server.url(ledger="third")),
        (other, f"{made.folder}/back"),
    ):
        for expected in ([2, 0, 0, 0], [0, 2, 0, 0]):
            done, counts = carry(made, origin, copy)
            check(
                done.returncode == 0 and counts == expected, f"carried: {counts} {done.stderr}")
        verified = json.loads(
            made.claims.run("verify", "--ledger", copy, "--format", "json").stdout)
        check(
            verified["documents"] == {"referenced": 3, "found": 3, "unreferenced": 0}
            and verified["faults"] == [], f"and whole: {verified}")
    stopping(made, other)
    replica = made.server.url(ledger="replica")
    told = f"{made.folder}/told"
    follower = made.claims.start(told, "copy", made.clerk, replica, "--documents", "--follow")
    count = "SELECT count(DISTINCT sha256) FROM claims_document WHERE ledger = 'replica'"
    check(shared.await_that(lambda: made.server.sql(count) == "3") is not None, "a replica has them")
    letter = f"{made.folder}/letter.txt"
    with open(letter, "w") as file:
        file.write("a letter")
    attached = made.run("attach", "CLM-1", letter, "--kind", "other", "--store")
    check(attached.returncode == 0, f"one is attached meanwhile {attached.stderr}")
    check(shared.await_that(lambda: made.server.sql(count) == "4") is not None, "and carried")
    follower.send_signal(signal.SIGINT)
    status = follower.wait(30)
    check(
        status == 0 and "note: copied a document\n" in open(told).read(),
        f"until Ctrl-C: {status} {open(told).read()}")
    made.server.sql(
        "DELETE FROM claims_document WHERE ledger <> 'kept' OR sha256 NOT IN "
        "(SELECT sha256 FROM claims_document WHERE ledger = 'third')")


def stopping(made, copy):
    """Ctrl-C in the middle of a document leaves nothing of it on the server."""
    large = f"{made.folder}/film.mp4"
    with open(large, "wb") as file:
        for _ in range(100):
            file.write(os.urandom(1_000_000))
    attached = made.run("attach", "CLM-1", large, "--kind", "other", "--store", "--evidence", "EV-3")
    check(attached.returncode == 0, f"a large document {attached.stderr}")
    told = f"{made.folder}/stopped"
    count = "SELECT count(*) FROM claims_document WHERE ledger = 'other'"
    before = made.server.sql(count)
    copier = made.claims.start(told, "copy", made.clerk, copy, "--documents")
    time.sleep(0.5)
    copier.send_signal(signal.SIGINT)
    status = copier.wait(30)
    check(
        status == 1 and "interrupted: what is counted above is copied" in open(told).read()
        and made.server.sql(count) == before, f"stopped: {status} {open(told).read()}")
    done, counts = carry(made, made.clerk, copy)
    check(done.returncode == 0 and counts == [1, 2, 0, 0], f"and goes on: {counts} {done.stderr}")


def health(made):
    """`doctor` looks at the server as this user finds it; `repair` has nothing to do there."""

    def checks(address, **more):
        answer = made.run("doctor", "--format", "json", address=address, **more)
        found = {check["check"]: check for check in json.loads(answer.stdout)}
        return answer.returncode, found

    status, found = checks(made.clerk)
    print(json.dumps(found, indent=1))
    expected = [
        "log", "clock", "server", "tls", "tables", "rights", "isolation", "commits",
        "server clock", "notifications", "checkpoints", "key"]
    check(status == 0 and list(found) == expected, f"a clerk's view is well: {list(found)}")
    details = {
        "tables": "version 2", "isolation": "serializable",
        "rights": "'keeper' may read and append, and change nothing",
        "tls": "none, to a server on this machine",
        "notifications": "who follows is told of an append at once",
    }
    for name, detail in details.items():
        check(found[name]["detail"] == detail, f"{name}: {found[name]}")
    status, found = checks(made.owner)
    check(
        status == 1 and found["rights"]["detail"] == "'postgres' may UPDATE claims_event, DELETE "
        "claims_event, TRUNCATE claims_event; append as a user with the role 'claims_writer' and no "
        "other",
        f"an owner's is not: {found['rights']}")
    made.server.sql("CREATE ROLE meddler LOGIN IN ROLE claims_writer")
    made.server.sql("GRANT DELETE ON claims_checkpoint TO meddler")
    status, found = checks(made.clerk.replace("keeper@", "meddler@"))
    check(
        status == 1 and "'meddler' may DELETE claims_checkpoint;" in found["rights"]["detail"],
        f"nor is that of one who may take checkpoints away: {found['rights']}")
    ill = made.clerk + "&options=-csynchronous_commit%3Doff"
    status, found = checks(ill)
    check(
        status == 1 and found["commits"]["detail"].startswith("synchronous_commit is off"),
        f"commits that wait for nothing: {found['commits']}")
    status, found = checks(made.clerk, CLAIMS_NOW="2035-01-01T00:00:00Z")
    check(
        status == 1 and " s behind this machine's; set the one" in found["server clock"]["detail"],
        f"another clock: {found['server clock']}")
    for command in (["repair"], ["repair", "--dry-run"]):
        repaired = made.run(*command)
        check(
            (repaired.returncode, repaired.stdout)
            == (0, "a server commits whole lines: nothing to repair\n"), f"{command}")


def tampering(made):
    """A line that the owner of the tables changes is found by what was signed."""
    made.server.sql(
        "UPDATE claims_event SET line = convert_to(replace(convert_from(line, 'UTF8'),"
        " '\"amountMinor\":20000', '\"amountMinor\":20001'), 'UTF8')"
        " WHERE ledger = 'kept' AND sequence = 3")
    found = made.run("verify")
    check(
        found.returncode == 1 and "the log is rewritten" in found.stderr, f"told: {found.stderr}")
    refused = made.run("checkpoint", "--key", made.key)
    check(refused.returncode == 65, f"nothing is signed over it {refused.stderr}")


def versions(claims, server):
    """Tables of another version are told, not used."""
    server.sql("CREATE DATABASE older")
    address = server.url("older")
    server.sql(
        "CREATE TABLE claims_ledger (ledger text PRIMARY KEY, settings bytea NOT NULL)", "older")
    texts = {
        1: "fix: 'claims copy' each ledger into a folder with the program that made them, drop "
           "the tables, and copy the folders back with this one",
        3: "fix: use the newer program that made them",
    }
    for version, fix in texts.items():
        if version == 3:
            server.sql(
                "CREATE TABLE claims_schema (version bigint); INSERT INTO claims_schema VALUES (3);"
                " INSERT INTO claims_ledger VALUES ('main', '')", "older")
        for command in (["balance", "--ledger", address], ["copy", f"{ROOT}/events", address]):
            told = claims.run(*command)
            check(
                told.returncode == 65 and told.stderr ==
                f"{address}: error: the tables are of version {version}, this program's are of "
                f"version 2\n  {fix}\n", f"{command[0]}: {told.stderr}")


def tried(place, claims, folder):
    server = place.primary()
    made = Made(claims, server, folder)
    signing(made)
    witnessing(made)
    proofs(made)
    documents(made)
    health(made)
    tampering(made)
    versions(claims, server)


if __name__ == "__main__":
    sys.exit(shared.run(__doc__, tried))
