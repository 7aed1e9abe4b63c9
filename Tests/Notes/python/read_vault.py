#!/usr/bin/env python3
"""Reads a vault with nothing of the program's own code: proves Docs/formats/vault.md.

    read_vault.py VAULT.db|BRICKS [--passphrase-fd N] [--recovery] [--pepper FILE] [--blobs]

Instead of a vault it takes a folder of its bricks.

Prints one JSON object: id, visits, records in replay order, and what is damaged. The passphrase
(or, with --recovery, the 32 hexadecimal digits behind the recovery words) comes from descriptor 0
unless another is named. Exits with 3 when nothing opens.
"""
import argparse
import ctypes
import ctypes.util
import hashlib
import heapq
import json
import os
import sqlite3
import struct
import sys
import unicodedata

VERSION = 1
BOX, TEXT, CONTENT = 4000, 3960, 3958
SLOT, VISIT, LOG, CHECKPOINT, BLOB = 1, 2, 3, 4, 5
SCHEMA = [
    "CREATE TABLE head(n INTEGER PRIMARY KEY, salt BLOB NOT NULL, ops INTEGER NOT NULL, "
    "mem INTEGER NOT NULL, lineage BLOB NOT NULL, sum BLOB NOT NULL)",
    "CREATE TABLE cell(n INTEGER PRIMARY KEY, id BLOB NOT NULL, box BLOB NOT NULL)",
    "CREATE UNIQUE INDEX cell_id ON cell(id)",
]

sodium = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
assert sodium.sodium_init() >= 0


def blake2b(size, *parts, key=b""):
    return hashlib.blake2b(b"".join(parts), digest_size=size, key=key).digest()


def argon2id(passphrase, salt, ops, mem):
    out = ctypes.create_string_buffer(64)
    result = sodium.crypto_pwhash_argon2id(
        out, ctypes.c_ulonglong(64), passphrase, ctypes.c_ulonglong(len(passphrase)), salt,
        ctypes.c_ulonglong(ops), ctypes.c_size_t(mem), 2)
    if result != 0:
        sys.exit("not enough memory")
    return out.raw


def subkey(number, context, master):
    out = ctypes.create_string_buffer(32)
    sodium.crypto_kdf_derive_from_key(
        out, ctypes.c_size_t(32), ctypes.c_uint64(number), context, master)
    return out.raw


def hchacha20(data, key):
    out = ctypes.create_string_buffer(32)
    sodium.crypto_core_hchacha20(out, data, key, None)
    return out.raw


class Keys:
    """The two keys of one owner's cells."""

    def __init__(self, master, context):
        self.seal, self.label = subkey(1, context, master), subkey(2, context, master)

    def recognise(self, cell_id):
        """(kind, sequence), or None for somebody else's cell."""
        mask = hchacha20(cell_id[:16], self.label)
        plain = bytes(a ^ b for a, b in zip(mask[:16], cell_id[16:]))
        if plain[:8] != bytes(8):
            return None
        return plain[8], int.from_bytes(plain[9:], "big")

    def open(self, box, vault, kind, sequence):
        """The content, or None."""
        if len(box) != BOX:
            return None
        aad = bytes([VERSION]) + vault + bytes([kind]) + sequence.to_bytes(7, "big")
        out = ctypes.create_string_buffer(TEXT)
        if sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
                out, None, None, box[24:], ctypes.c_ulonglong(BOX - 24), aad,
                ctypes.c_ulonglong(len(aad)), box[:24], self.seal) != 0:
            return None
        count = int.from_bytes(out.raw[:2], "big")
        if count > CONTENT or any(out.raw[2 + count:]):
            return None
        return out.raw[2:2 + count]


class Reader:
    """Front to back; a length beyond the end is an error."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def raw(self, count):
        if count > len(self.data) - self.at:
            raise ValueError("cut off")
        self.at += count
        return self.data[self.at - count:self.at]

    def number(self, count):
        return int.from_bytes(self.raw(count), "big")

    def ids(self):
        return [self.raw(16).hex() for _ in range(self.number(1))]

    def left(self):
        return len(self.data) - self.at


def parse_fields(data):
    reader, fields, last = Reader(data), [], 0
    while reader.left():
        tag = reader.number(1)
        if tag < last:
            raise ValueError("tags out of order")
        last = tag
        fields.append([tag, reader.raw(reader.number(4)).hex()])
    return fields


def parse_record(reader):
    record = {"kind": reader.number(1), "entity": reader.raw(16).hex(),
              "version": reader.raw(16).hex(), "parents": reader.ids(),
              "time": reader.number(8), "device": reader.raw(16).hex()}
    record["fields"] = parse_fields(reader.raw(reader.number(4)))
    return record


def parse_commit(joined):
    reader = Reader(joined)
    parents, records = reader.ids(), []
    while reader.left():
        records.append(parse_record(reader))
    return parents, records


def compare_checkpoint(joined, log_ids, joins):
    """What a checkpoint covers, and whether the log says the same."""
    reader = Reader(joined)
    assert reader.number(1) == 1
    greatest, agrees, deferred, covered = reader.number(8), True, 0, []
    for _ in range(reader.number(4)):
        block, count, digest = reader.number(8), reader.number(4), reader.raw(32)
        ids = [i for sequence, i in log_ids if sequence // 1024 == block and sequence <= greatest]
        agrees = agrees and len(ids) == count and blake2b(32, *sorted(ids)) == digest
    for _ in range(reader.number(4)):
        commit, first, parts = reader.raw(16).hex(), reader.number(8), reader.number(2)
        parents, records = reader.ids(), []
        for _ in range(reader.number(4)):
            tag = reader.number(1)
            place = (reader.number(4), reader.number(4)) if tag else None
            record = parse_record(reader)
            if tag:
                count, start = place
                text = joins[commit][start:start + count].hex() if commit in joins else None
                record["fields"] = sorted(record["fields"] + [[tag, text]], key=lambda f: f[0])
                deferred += 1
            records.append(record)
        covered.append(commit)
        agrees = agrees and commit in joins and parts > 0 and first + parts - 1 <= greatest \
            and parse_commit(joins[commit]) == (parents, records)
    assert not reader.left()
    return {"greatest": greatest, "commits": len(covered), "deferred": deferred, "agrees": agrees}


def replay_order(commits):
    """Parents first; among those that could come next, the least id."""
    waiting = {i: sum(p in commits for p in set(parents)) for i, (parents, _) in commits.items()}
    children = {}
    for i, (parents, _) in commits.items():
        for parent in set(parents):
            children.setdefault(parent, []).append(i)
    ready = [i for i, count in waiting.items() if count == 0]
    heapq.heapify(ready)
    while ready:
        least = heapq.heappop(ready)
        yield least
        for child in children.get(least, []):
            waiting[child] -= 1
            if waiting[child] == 0:
                heapq.heappush(ready, child)


def read_head(database):
    for salt, ops, mem, lineage, total in database.execute(
            "SELECT salt, ops, mem, lineage, sum FROM head ORDER BY n"):
        if total == blake2b(16, b"amparo/head/1", salt, struct.pack(">IQ", ops, mem), lineage):
            if not (1 <= ops <= 10 and 32 << 20 <= mem <= 1 << 30):
                sys.exit("the head asks for too much or too little")
            return salt, ops, mem
    sys.exit("no head row is whole")


def read_bricks(folder):
    """(salt, ops, mem), {id: box}: of every cell that is whole."""
    head, cells = None, {}
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".brick"):
            continue
        with open(os.path.join(folder, name), "rb") as stream:
            reader = Reader(stream.read())
        if reader.raw(8) != b"AMPBRIK1":
            sys.exit(4)
        salt, numbers, lineage, total = (reader.raw(n) for n in (16, 12, 16, 16))
        if total != blake2b(16, b"amparo/head/1", salt, numbers, lineage):
            sys.exit(4)
        head = (salt, *struct.unpack(">IQ", numbers))
        for _ in range(reader.number(2)):
            cell_id, sealed = reader.raw(32), reader.raw(BOX)
            if blake2b(16, sealed) == cell_id[:16]:
                cells[cell_id] = sealed
        if reader.data[reader.at:] != blake2b(32, reader.data[:reader.at]):
            sys.exit(4)
    return head, cells


def open_database(options):
    """(salt, ops, mem, [(row, id)] by id, row -> box)."""
    database = sqlite3.connect(f"file:{os.path.abspath(options.vault)}?mode=ro", uri=True)
    if database.execute("PRAGMA application_id").fetchone() != (0x414D5052,) \
            or database.execute("PRAGMA user_version").fetchone() != (VERSION,) \
            or [row[0] for row in database.execute(
                "SELECT sql FROM sqlite_schema ORDER BY rowid")] != SCHEMA:
        sys.exit(4)
    ids = database.execute("SELECT n, id FROM cell ORDER BY id").fetchall()

    def box(n):
        return database.execute("SELECT box FROM cell WHERE n=?", (n,)).fetchone()[0]

    return *read_head(database), ids, box


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("vault")
    parser.add_argument("--passphrase-fd", type=int, default=0)
    parser.add_argument("--recovery", action="store_true")
    parser.add_argument("--pepper")
    parser.add_argument("--blobs", action="store_true", help="the bytes of every blob too")
    options = parser.parse_args()

    if os.path.isdir(options.vault):
        (vault, ops, mem), bricks = read_bricks(options.vault)
        ids = [(cell_id, cell_id) for cell_id in sorted(bricks)]
        box = bricks.get
    else:
        vault, ops, mem, ids, box = open_database(options)
    with os.fdopen(options.passphrase_fd, "rb") as stream:
        passphrase = stream.read()
    passphrase = passphrase[:-1] if passphrase.endswith(b"\n") else passphrase
    if options.recovery:
        passphrase = b"amparo-recovery-1:" + passphrase
    else:
        passphrase = unicodedata.normalize("NFC", passphrase.decode()).encode()
    stretched = argon2id(passphrase, vault, ops, mem)

    def cells(keys, kinds):
        for n, cell_id in ids:
            found = keys.recognise(cell_id)
            if found and found[0] in kinds:
                yield n, found[0], found[1], keys.open(box(n), vault, *found)

    peppers = [b""] + ([open(options.pepper, "rb").read()] if options.pepper else [])
    slot = None
    for pepper in peppers:
        keys = Keys(blake2b(32, b"amparo/kek/1", stretched, key=pepper), b"AmpSlot1")
        slot = slot or next((content for _, _, sequence, content in cells(keys, {SLOT})
                             if content and sequence == 0), None)
    if slot is None:
        sys.exit(3)
    assert len(slot) == 71 and slot[0] == 1
    compartment, visits = Keys(slot[3:35], b"AmpComp1"), Keys(slot[35:67], b"AmpVisit")

    damage = [n for n, cell_id in ids if blake2b(16, box(n)) != cell_id[:16]]
    log, parts, blobs = [], {}, {}
    for n, _, sequence, content in cells(visits, {VISIT}):
        if content is None:
            damage.append(n)
        else:
            log.append((sequence, content[:16].hex(), int.from_bytes(content[16:], "big")))
    summaries = {}
    for n, kind, sequence, content in cells(compartment, {LOG, CHECKPOINT, BLOB}):
        if content is None:
            damage.append(n)
        elif kind != BLOB:
            part, count = struct.unpack(">HH", content[16:20])
            whole = parts if kind == LOG else summaries
            whole.setdefault((content[:16].hex(), count), {})[part] = content[20:]
        else:
            blobs.setdefault(content[:16].hex(), {})[int.from_bytes(content[16:19], "big")] = \
                content[19:]
    def joined(pieces):
        return {name: b"".join(slices[i] for i in range(count))
                for (name, count), slices in pieces.items() if len(slices) == count}

    joins = joined(parts)
    commits = {commit: parse_commit(whole) for commit, whole in joins.items()}
    log_ids = [(found[1], i) for i, found in ((i, compartment.recognise(i)) for _, i in ids)
               if found and found[0] == LOG]
    checkpoints = [compare_checkpoint(whole, log_ids, joins)
                   for name, whole in joined(summaries).items()
                   if blake2b(16, b"amparo/checkpoint/1", whole).hex() == name]
    result = {
        "vault": vault.hex(), "role": slot[1], "origin": slot[2],
        "commits": list(replay_order(commits)),
        "records": [r for i in replay_order(commits) for r in commits[i][1]],
        "visits": [{"device": device, "minute": minute} for _, device, minute in sorted(log)],
        "checkpoints": sorted(checkpoints, key=lambda c: c["greatest"]),
        "damage": sorted(set(damage)),
    }
    if options.blobs:
        result["blobs"] = {name: b"".join(pieces[i] for i in sorted(pieces)).hex()
                           for name, pieces in sorted(blobs.items())}
    json.dump(result, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
