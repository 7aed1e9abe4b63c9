#!/usr/bin/env python3
"""Counts the keys of a vault in a process's memory: find_keys.py READER VAULT PID, passphrase on stdin.

READER is Tests/Notes/python/read_vault.py, whose derivation is nobody's but the format's. Needs the
right to read that memory. Prints, for each key, its name and how often it lies there.
"""
import importlib.util
import sys

spec = importlib.util.spec_from_file_location("read_vault", sys.argv[1])
reader = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reader)


def keys(path, passphrase):
    class Options:
        vault = path

    vault, ops, mem, ids, box = reader.open_database(Options)
    stretched = reader.argon2id(passphrase, vault, ops, mem)
    kek = reader.blake2b(32, b"amparo/kek/1", stretched)
    slots = reader.Keys(kek, b"AmpSlot1")
    for row, cell_id in ids:
        if slots.recognise(cell_id) == (reader.SLOT, 0):
            slot = slots.open(box(row), vault, reader.SLOT, 0)
            break
    found = {"passphrase": passphrase, "stretched": stretched[:32], "kek": kek,
             "master": slot[3:35], "visits": slot[35:67]}
    for name, master, context in (("compartment", slot[3:35], b"AmpComp1"),
                                  ("visit", slot[35:67], b"AmpVisit"), ("slot", kek, b"AmpSlot1")):
        pair = reader.Keys(master, context)
        found[name + " seal"], found[name + " label"] = pair.seal, pair.label
    return found


def memory(pid):
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as mem:
        for line in maps:
            span, rights = line.split()[:2]
            if "[v" in line:
                continue
            start, end = (int(text, 16) for text in span.split("-"))
            # Guarded memory that nobody is using may not even be readable; /proc reads it all the same.
            try:
                mem.seek(start)
                yield mem.read(end - start)
            except (OSError, ValueError):
                continue


wanted = keys(sys.argv[2], sys.stdin.buffer.read().rstrip(b"\n"))
counts = dict.fromkeys(wanted, 0)
for piece in memory(int(sys.argv[3])):
    for name, key in wanted.items():
        counts[name] += piece.count(key)
print(" ".join(f"{name}={count}" for name, count in counts.items() if count) or "none")
