#!/usr/bin/env python3
"""Runs all of tools/bench on a small ledger: each part works, and the peers that are here agree.

No time is looked at. Status: 0 they agree, 1 they do not.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

with tempfile.TemporaryDirectory() as folder:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "benchmark" / "run.py", "--events", "3000", "--runs", "1",
         "--scale", "1000,2000", "--folder", folder],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, text=True,
        check=False)
for line in done.stderr.splitlines():
    if line.startswith("notice"):
        print(line)
if done.returncode != 0:
    print(done.stderr[-2000:])
    sys.exit(1)
