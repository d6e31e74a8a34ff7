#!/usr/bin/env python3
"""Checks proofs and ledgers of 'claims' without its code, from the public specifications.

    verify_proof.py bundle FILE [--key KEY]          an offline proof that 'claims prove' wrote
    verify_proof.py ledger DIR [--checkpoint FILE]... [--key KEY]
    verify_proof.py tiles DIR [--key KEY]            a folder that 'claims export tiles' wrote

Written from RFC 6962 (trees), C2SP signed-note, tlog-checkpoint, tlog-proof and tlog-tiles. KEY is
a verifier key, or a file with one; without it the key that the proof or ledger names is believed.
Needs Python 3.9 and, for Ed25519, the package 'cryptography' or the program openssl.
Status: 0 everything checked holds, 1 something does not, 2 nothing can be checked.
"""

import argparse
import base64
import functools
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

class Bad(Exception): pass  # what was checked does not hold

def signature_holds(public_key, signature, message):
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return openssl_holds(public_key, signature, message)
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False

def openssl_holds(public_key, signature, message):
    # The SubjectPublicKeyInfo of an Ed25519 key is this prefix and the key (RFC 8410, section 4).
    der = bytes.fromhex("302a300506032b6570032100") + public_key
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("key", "signature", "message")]
        for path, content in zip(paths, (der, signature, message)):
            path.write_bytes(content)
        return subprocess.run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-rawin", "-inkey",
             paths[0], "-sigfile", paths[1], "-in", paths[2]], capture_output=True).returncode == 0

def strict_base64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Bad(f"'{text[:60]}' is not base64") from error
    if base64.b64encode(data).decode() != text:
        raise Bad(f"'{text[:60]}' is not the base64 of its bytes")
    return data

class VerifierKey:
    """<name>+<key id>+<base64 of type and key> (signed-note, verifier keys)."""

    def __init__(self, text):
        parts = text.split("+", 2)
        if len(parts) != 3:
            raise Bad("the key is not <name>+<id>+<base64>")
        self.text, self.name, data = text, parts[0], strict_base64(parts[2])
        if len(data) != 33 or data[0] != 1:
            raise Bad("the key is no Ed25519 key of 32 bytes")
        self.key = data[1:]
        self.id = hashlib.sha256(self.name.encode() + b"\n" + data).digest()[:4]
        if self.id.hex() != parts[1]:
            raise Bad("the key id is not the one of this name and key")

def checkpoint(note, key):
    """The size and root of a checkpoint that the key has signed."""
    text, separator, signatures = note.rpartition("\n\n")
    if not separator or not signatures.endswith("\n"):
        raise Bad("the checkpoint is not signed")
    text += "\n"
    for line in signatures[:-1].split("\n"):
        match = re.fullmatch("— ([^ +]+) ([^ ]+)", line)
        if not match:
            raise Bad(f"'{line[:60]}' is no signature")
        data = strict_base64(match.group(2))
        if match.group(1) == key.name and data[:4] == key.id:
            if not signature_holds(key.key, data[4:], text.encode()):
                raise Bad("the signature does not fit the checkpoint")
            break
    else:
        raise Bad(f"the checkpoint is not signed by '{key.text}'")
    lines = text.split("\n")
    if len(lines) < 4 or lines[0] != key.name or not re.fullmatch("0|[1-9][0-9]*", lines[1]):
        raise Bad("the text is no checkpoint of this log")
    root = strict_base64(lines[2])
    return int(lines[1]), root

def leaf_hash(entry):
    return hashlib.sha256(b"\0" + entry).digest()  # RFC 6962, section 2.1

def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()

class Tree:
    """The complete subtrees of the leaves so far, from the largest to the smallest."""

    def __init__(self):
        self.size, self.peaks = 0, []

    def append(self, leaf):
        self.peaks.append(leaf)
        self.size += 1
        for _ in range((self.size & -self.size).bit_length() - 1):
            right, left = self.peaks.pop(), self.peaks.pop()
            self.peaks.append(node_hash(left, right))

    def root(self):
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        return functools.reduce(lambda root, peak: node_hash(peak, root), reversed(self.peaks))

def root_of_path(index, size, leaf, path):
    """The root that an audit path leads to (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        raise Bad(f"leaf {index} is outside a tree of {size}")
    last, root = size - 1, leaf
    for sibling in path:
        if last == 0:
            raise Bad("the path is too long")
        if index & 1 or index == last:
            root = node_hash(sibling, root)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        index, last = index >> 1, last >> 1
    if last:
        raise Bad("the path is too short")
    return root

def tlog_proof(text):
    """The index, the path and the note of a .tlog-proof file."""
    head, separator, note = text.partition("\n\n")
    lines = head.split("\n")
    if not separator or len(lines) < 2 or lines[0] != "c2sp.org/tlog-proof@v1" \
            or not re.fullmatch("index (0|[1-9][0-9]*)", lines[1]):
        raise Bad("the proof is not of form c2sp.org/tlog-proof@v1")
    return int(lines[1][6:]), [strict_base64(line) for line in lines[2:]], note

def check_bundle(path, key):
    bundle = json.loads(Path(path).read_bytes())
    key = key or VerifierKey(bundle["publicKey"])
    if bundle["format"] != "claims-proof/1" or bundle["publicKey"] != key.text:
        raise Bad("the bundle is of another form, or names another key")
    size, root = checkpoint(bundle["checkpoint"], key)
    documents, last = [], 0
    for event in bundle["events"]:
        sequence, line = event["sequence"], event["line"].encode()
        index, hashes, note = tlog_proof(event["proof"])
        if sequence <= last or index != sequence - 1 or note != bundle["checkpoint"]:
            raise Bad(f"event {sequence}: order, place or checkpoint is another")
        last = sequence
        if root_of_path(index, size, leaf_hash(line), hashes) != root:
            raise Bad(f"event {sequence} is not in the log as it stands here")
        content = json.loads(line)
        kind, name = bundle["subject"]["kind"], bundle["subject"]["name"]
        belongs = {"event": str(sequence) == name, "claim": content["subject"] == name,
                   "account": content["source"].endswith(f"/partners/{name.split(' ')[0]}")}
        if int(content["sequence"]) != sequence or not belongs.get(kind, False):
            raise Bad(f"event {sequence} is none of {kind} '{name}'")
        if content["type"].endswith(".evidence_attached"):
            data = content["data"]
            documents.append({"sequence": sequence, **{member: data[member] for member in (
                "evidence", "filename", "size", "sha256")}})
    if not last or documents != bundle["evidence"]:
        raise Bad("the bundle holds no event, or lists other documents than its events")
    return f"{len(bundle['events'])} events proved by a checkpoint of {size} events"

def check_ledger(path, checkpoints, key):
    folder = Path(path)
    key = key or VerifierKey(json.loads((folder / "ledger.json").read_bytes())["publicKey"])
    names = sorted(folder.glob("checkpoints/*.checkpoint")) + [Path(name) for name in checkpoints]
    wanted = {}
    for name in names:
        size, root = checkpoint(name.read_text("utf-8"), key)
        wanted.setdefault(size, []).append((name, root))
    tree = Tree()
    for segment in sorted(folder.glob("*.jsonl")):
        if int(segment.stem) != tree.size + 1:
            raise Bad(f"{segment}: does not begin at event {tree.size + 1}")
        data = segment.read_bytes()
        if data and not data.endswith(b"\n"):
            raise Bad(f"{segment}: does not end with a whole line")
        for line in data[:-1].split(b"\n") if data else []:
            tree.append(leaf_hash(line))
            for name, root in wanted.pop(tree.size, []):
                if tree.root() != root:
                    raise Bad(f"{name}: the log has another root at event {tree.size}")
    for size, claims in wanted.items():
        raise Bad(f"{claims[0][0]}: covers {size} events, the log has {tree.size}")
    if not tree.size: raise Bad("the log has no event")
    return f"{tree.size} events, root {base64.b64encode(tree.root()).decode()}, " \
           f"{len(names)} checkpoints hold"

def check_tiles(path, key):
    folder = Path(path)
    (size, root), tree = checkpoint((folder / "checkpoint").read_text("utf-8"), key), Tree()
    for number in range((size + 255) // 256):
        width = min(256, size - 256 * number)
        digits = f"{number:0{(len(str(number)) + 2) // 3 * 3}d}"
        groups = re.findall("...", digits)
        place = "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
        place += "" if width == 256 else f".p/{width}"
        hashes = (folder / "tile/0" / place).read_bytes()
        entries, start = (folder / "tile/entries" / place).read_bytes(), 0
        for offset in range(0, 32 * width, 32):
            end = start + 2 + int.from_bytes(entries[start:start + 2], "big")
            leaf = leaf_hash(entries[start + 2:end])
            if leaf != hashes[offset:offset + 32]:
                raise Bad(f"tile {place}: an entry and its hash differ")
            tree.append(leaf)
            start = end
        if start != len(entries) or len(hashes) != 32 * width:
            raise Bad(f"tile {place}: of another length")
    if tree.root() != root or not size:
        raise Bad("the tiles lead to another root than the checkpoint's")
    return f"{size} entries in tiles, the checkpoint holds"

def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=["bundle", "ledger", "tiles"])
    parser.add_argument("path")
    parser.add_argument("--key")
    parser.add_argument("--checkpoint", action="append", default=[])
    given = parser.parse_args()
    try:
        is_file = given.key and Path(given.key).is_file()
        text = Path(given.key).read_text("utf-8").split("\n")[0] if is_file else given.key
        key = VerifierKey(text) if text else None
        if given.what == "tiles" and not key:
            raise Bad("give the log's key with --key")
        print({"bundle": lambda: check_bundle(given.path, key),
               "ledger": lambda: check_ledger(given.path, given.checkpoint, key),
               "tiles": lambda: check_tiles(given.path, key)}[given.what]())
        return 0
    except (Bad, KeyError, TypeError, ValueError, OSError) as error:
        print(f"{given.path}: error: {error}", file=sys.stderr)
        return 2 if isinstance(error, OSError) else 1

if __name__ == "__main__":
    sys.exit(main())
