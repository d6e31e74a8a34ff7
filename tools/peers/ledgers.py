"""The ledgers that the exports are compared on: the sample, the domestic declarations, a big one.

Not a check itself. The last two are made once for a program and kept under .build. The declarations
are left out with a notice where the data set is not there, and are an error if CI=true.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLAIMS = os.environ["CLAIMS_BINARY"]
BIG_EVENTS = int(os.environ.get("CLAIMS_PEER_EVENTS", "200000"))
DECLARATIONS = ROOT.parent / "shared" / "data" / "bpi2020" / "DomesticDeclarations.xes.gz"
MAPPINGS = ROOT / "tools" / "xes"


def claims(*arguments, **more):
    """Runs the program; its standard output."""
    done = subprocess.run([CLAIMS, *map(str, arguments)], capture_output=True, **more)
    if done.returncode != 0:
        raise RuntimeError(f"claims {' '.join(map(str, arguments))}: status {done.returncode}: "
                           f"{done.stderr.decode()[-500:]}")
    return done.stdout


def answer(*arguments):
    """The JSON of an answer."""
    return json.loads(claims(*arguments, "--format", "json"))


def cache():
    """The folder of what was made with this very program."""
    about = os.stat(CLAIMS)
    folder = ROOT / ".build" / "peers-ledgers" / f"{about.st_size}-{about.st_mtime_ns}"
    if not folder.is_dir():
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.mkdir(parents=True)
    return folder


def made(name, make):
    """The ledger of a name, made when it is first asked for."""
    folder = cache() / name
    if not folder.is_dir():
        scratch = cache() / f"{name}.new"
        shutil.rmtree(scratch, ignore_errors=True)
        make(scratch)
        scratch.rename(folder)
    return folder


def new_ledger(folder, at):
    """An empty ledger, the same each time."""
    claims("init", folder, "--origin", "claims.example/peers", "--ledger-id", "peers",
           "--key", folder.parent / f"{folder.name}.key", env={**os.environ, "CLAIMS_NOW": at})


def import_xes(folder, log, mapping, at="2020-12-31T00:00:00Z"):
    """A new ledger with an XES log in it."""
    (folder.parent / f"{folder.name}.key").unlink(missing_ok=True)
    new_ledger(folder, at)
    claims("import", "xes", log, "--map", MAPPINGS / mapping, "--ledger", folder,
           env={**os.environ, "CLAIMS_NOW": at})


def declarations_log():
    """The XES log of the declarations, unpacked; None where the data set is not there."""
    if not DECLARATIONS.is_file():
        if os.environ.get("CI") == "true":
            sys.exit(f"{DECLARATIONS.name} is missing, and CI leaves nothing out")
        print(f"notice: left out: {DECLARATIONS.name} is not here")
        return None
    log = cache() / "declarations.xes"
    if not log.is_file():
        with open(log.with_suffix(".new"), "wb") as out:
            subprocess.run(["gzip", "-dc", DECLARATIONS], stdout=out, check=True)
        log.with_suffix(".new").rename(log)
    return log


def declarations():
    """The ledger of the declarations, or None."""
    log = declarations_log()
    if log is None:
        return None
    return made("declarations",
                lambda folder: import_xes(folder, log, "domestic-declarations.json"))


def big():
    """A generated ledger."""
    return made("big", lambda folder: claims(
        "generate", "--events", BIG_EVENTS, "--seed", 7, "--output", folder))


def all_ledgers():
    """Name and folder of each, the small ones first."""
    yield "sample", ROOT / "events"
    folder = declarations()
    if folder is not None:
        yield "declarations", folder
    yield "generated", big()


def minor(amount):
    """A decimal with all its currency's digits, in minor units."""
    return int(amount.replace(".", ""))
