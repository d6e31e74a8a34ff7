#!/usr/bin/env python3
"""Builds with PostgreSQL, and runs its tests and the failover against servers of one's own.

Exits with 77 where no server, or not its client library, is installed.
"""

import os
import subprocess
import sys

import servers

SCRATCH = ".build/postgresql"
SWIFT = ["--scratch-path", SCRATCH, "--traits", "PostgreSQL"]


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    os.chdir(os.path.join(here, "../.."))
    library = subprocess.run(["pkg-config", "--exists", "libpq"], check=False)
    if servers.programs() is None or library.returncode != 0:
        print("PostgreSQL and libpq-dev are not installed (tools/peers/apt.txt)", file=sys.stderr)
        return 77
    subprocess.run(["swift", "build", "--build-tests", *SWIFT], check=True)
    with servers.Place() as place:
        os.environ["CLAIMS_POSTGRESQL"] = place.primary().url()
        subprocess.run(
            ["swift", "test", "--skip-build", *SWIFT, "--filter", "PostgreSQLStoreTests"],
            check=True,
        )
    claims = f"{SCRATCH}/debug/claims"
    for script in ("shared.py", "answers.py", "upkeep.py", "entrances.py", "failover.py"):
        done = subprocess.run([f"{here}/{script}", "--claims", claims], check=False)
        # What a script needs and is not installed it has told.
        if done.returncode not in (0, 77):
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
