#!/usr/bin/env python3
"""Runs every command of the recipe page, and compares what it prints with what the page shows.

`--record` writes what they print into the page instead. Status: 0 they agree, 1 they do not, 77 a
tool of the page is missing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "Sources" / "ClaimsLedger" / "ClaimsLedger.docc" / "Recipes.md"
# The DuckDB of the peers' Python stands beside it.
PATHS = [Path(os.environ["CLAIMS_BINARY"]).parent, Path(sys.executable).parent]


def run(command, folder):
    path = ":".join([str(folder / "bin"), *map(str, PATHS[1:]), os.environ["PATH"]])
    done = subprocess.run(["/bin/sh", "-c", command], cwd=folder, capture_output=True, text=True,
                          env={"PATH": path, "LC_ALL": "C", "TZ": "UTC", "HOME": str(folder)})
    if done.returncode != 0 or done.stderr:
        print(f"{command}: status {done.returncode}: {done.stderr}")
    return done.stdout.splitlines(), done.returncode == 0 and not done.stderr


def played(text, folder):
    """The page with what its commands print, how many there are, and whether all ended well."""
    lines, inside, count, is_well, quiet = [], False, 0, True, 0
    for line in text.splitlines():
        if line.startswith("```"):
            inside = line in ("```console", "```shell")
        elif inside and not line.startswith("$ "):
            continue
        lines.append(line)
        if inside and line.startswith("$ "):
            output, ended = run(line[2:], folder)
            count, is_well = count + 1, is_well and ended
            lines += output
    return "\n".join(lines) + "\n", count, is_well


def main():
    tools = ["jq", "sqlite3", "hledger", "duckdb"]
    here = ":".join([str(PATHS[1]), os.environ["PATH"]])
    if missing := [tool for tool in tools if not shutil.which(tool, path=here)]:
        print(f"missing: {', '.join(missing)}")
        return 77
    page = PAGE.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        shutil.copytree(ROOT / "events", folder / "events")
        (folder / "bin").mkdir()
        (folder / "bin" / "claims").symlink_to(os.environ["CLAIMS_BINARY"])
        found, count, is_well = played(page, folder)
    if "--record" in sys.argv:
        PAGE.write_text(found, "utf-8")
    elif found != page:
        for ours, theirs in zip(page.splitlines(), found.splitlines()):
            if ours != theirs:
                print(f"the page has  {ours}\nit printed    {theirs}")
                break
        is_well = False
    print(f"{count} commands of the recipe page {'agree' if is_well else 'do not agree'}")
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
