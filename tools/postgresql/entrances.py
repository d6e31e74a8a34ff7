#!/usr/bin/env python3
"""The ways into a server: TLS with a certificate that is checked, a service file, a password file.
No message shows a password.

  tools/postgresql/entrances.py --claims PROGRAM
"""

import os
import shutil
import subprocess
import sys

import servers
import shared

SECRET = "geheim-0815"
check = shared.check


def openssl(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def authority(folder, name):
    """A certificate authority of one's own: its certificate's file."""
    openssl(
        folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
        "-nodes", "-days", "2", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out",
        f"{name}.pem")
    return f"{folder}/{name}.pem"


def certificate(folder, signer, name, alternative):
    """A server's certificate and key, signed by an authority."""
    openssl(
        folder, "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
        "-nodes", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
    with open(f"{folder}/{name}.ext", "w") as file:
        file.write(f"subjectAltName={alternative}\n")
    openssl(
        folder, "x509", "-req", "-in", f"{name}.csr", "-CA", f"{signer}.pem", "-CAkey",
        f"{signer}.key", "-CAcreateserial", "-days", "2", "-extfile", f"{name}.ext", "-out",
        f"{name}.pem")
    return f"{folder}/{name}.pem", f"{folder}/{name}.key"


class Entrance:
    """A server that lets a clerk in over TLS only, with a password."""

    def __init__(self, place, claims, folder):
        self.claims, self.folder = claims, folder
        self.ours, self.other = authority(folder, "ours"), authority(folder, "other")
        files = certificate(folder, "ours", "server", "IP:127.0.0.1")
        kept = [shutil.copy(path, place.folder) for path in files]
        os.chmod(kept[1], 0o600)
        if place.as_user:
            shutil.chown(kept[1], servers.ACCOUNT)
        self.server = place.primary(
            "ssl=on", f"ssl_cert_file={kept[0]}", f"ssl_key_file={kept[1]}")
        self.server.sql(f"CREATE ROLE clerk LOGIN PASSWORD '{SECRET}'")
        copied = claims.run("copy", f"{shared.ROOT}/events", self.server.url())
        check(copied.returncode == 0, f"the sample is on the server {copied.stderr}")
        self.server.sql("GRANT claims_writer TO clerk")
        hba = f"{self.server.data}/pg_hba.conf"
        lines = open(hba).read()
        with open(hba, "w") as file:
            file.write(
                "hostssl all clerk 127.0.0.1/32 scram-sha-256\nhostnossl all clerk all reject\n"
                + lines)
        self.server.sql("SELECT pg_reload_conf()")

    def address(self, host="127.0.0.1", **options):
        return servers.url([self.server.port], user="clerk", **options).replace("127.0.0.1", host)

    def told(self, what, status, text, *arguments, **more):
        """Runs a command and holds its answer against what it should be."""
        answer = self.claims.run(*arguments, **more)
        says = answer.stdout + answer.stderr
        check(answer.returncode == status and text in says, f"{what}: {says.strip()[-300:]}")
        check(SECRET not in says, f"the password is not shown: {what}")

    def asks(self, what, status, text, address, **more):
        self.told(what, status, text, "doctor", "--ledger", address, **more)


def tls(entrance):
    def asks(what, status, text, host="127.0.0.1", **options):
        entrance.asks(
            what, status, text, entrance.address(host, **options), PGPASSWORD=SECRET)

    full = {"sslmode": "verify-full"}
    asks("a certificate that is checked", 0, "certificate is checked (verify-full)",
         **full, sslrootcert=entrance.ours)
    asks("one that nobody checks", 0, "nobody checks whose server it is", sslmode="require")
    asks("of another authority", 74, "certificate verify failed", **full,
         sslrootcert=entrance.other)
    asks("of another authority, its name left aside", 74, "certificate verify failed",
         sslmode="verify-ca", sslrootcert=entrance.other)
    asks("of another name", 74, "does not match host name", host="localhost", **full,
         sslrootcert=entrance.ours)
    asks("no authority at all", 74, "root certificate file", **full,
         sslrootcert=f"{entrance.folder}/nothing.pem")
    asks("TLS turned down", 74, "rejects connection", sslmode="disable")
    entrance.told(
        "a clerk appends over TLS", 0, "claim.comment_added", "comment", "CLM-1001", "--text",
        "over TLS", "--ledger", entrance.address(**full, sslrootcert=entrance.ours),
        PGPASSWORD=SECRET)
    entrance.told(
        "and what holds for the address may stand in the environment", 0, "claim.comment_added",
        "comment", "CLM-1001", "--text", "again", "--ledger", entrance.address(),
        PGPASSWORD=SECRET, PGSSLMODE="verify-full", PGSSLROOTCERT=entrance.ours)


def services(entrance):
    """All of an address but the ledger's name may stand in a service file."""
    services = f"{entrance.folder}/pg_service.conf"

    def section(name, password):
        return (
            f"[{name}]\nhost=127.0.0.1\nport={entrance.server.port}\ndbname=postgres\nuser=clerk\n"
            f"password={password}\nsslmode=verify-full\nsslrootcert={entrance.ours}\n")

    with open(services, "w") as file:
        file.write(section("claims", SECRET) + section("wrong", f"{SECRET}-not"))
    known = {"PGSERVICEFILE": services}
    for what, address in {
        "a service": "postgresql:///?service=claims",
        "a service with a ledger's name": "postgresql:///?service=claims&ledger=main",
        "what the address says counts": "postgresql://127.0.0.1/?service=claims",
    }.items():
        entrance.asks(what, 0, "certificate is checked (verify-full)", address, **known)
    entrance.asks(
        "a service by the environment", 0, "events, ", "postgresql://", **known, PGSERVICE="claims")
    entrance.asks(
        "no such ledger there", 66, "?service=claims&ledger=none: error: the database holds no",
        "postgresql:///?service=claims&ledger=none", **known)
    entrance.asks(
        "no such service", 74, 'definition of service "none" not found',
        "postgresql:///?service=none", **known)
    entrance.asks(
        "no such file", 74, "nothing.conf\" not found", "postgresql:///?service=claims",
        PGSERVICEFILE=f"{entrance.folder}/nothing.conf")
    entrance.asks(
        "a wrong password in it", 74, "password authentication failed",
        "postgresql:///?service=wrong", **known)


def passwords(entrance):
    """A password file is read where only its owner can read it."""
    path = f"{entrance.folder}/passwords"
    address = entrance.address()
    with open(path, "w") as file:
        file.write(f"127.0.0.1:{entrance.server.port}:*:clerk:{SECRET}\n")
    os.chmod(path, 0o600)
    entrance.asks("PGPASSFILE", 0, "events, ", address, PGPASSFILE=path)
    entrance.asks(
        "passfile in the address", 0, "events, ", entrance.address(passfile=path))
    os.chmod(path, 0o644)
    entrance.asks("one that others can read", 74, "no password supplied", address, PGPASSFILE=path)
    os.chmod(path, 0o600)
    with open(path, "w") as file:
        file.write(f"127.0.0.1:{entrance.server.port}:*:clerk:{SECRET}-not\n")
    entrance.asks(
        "a wrong password in it", 74, "password authentication failed", address, PGPASSFILE=path)
    inside = address.replace("clerk@", f"clerk:{SECRET}-not@")
    entrance.asks("a wrong one in the address", 74, "password authentication failed", inside)
    entrance.told(
        "nor is it at the end of a copy", 74, "password authentication failed", "copy", inside,
        f"{entrance.folder}/copy")


def tried(place, claims, folder):
    entrance = Entrance(place, claims, folder)
    tls(entrance)
    services(entrance)
    passwords(entrance)


def main():
    if shutil.which("openssl") is None:
        print("no openssl: the ways into a server are left out", file=sys.stderr)
        return 77
    return shared.run(__doc__, tried)


if __name__ == "__main__":
    sys.exit(main())
