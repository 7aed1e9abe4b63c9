#!/usr/bin/env python3
"""Damages a vault's file at random and lets the real program look at it.

    damage_vault.py --amparo .build/debug/amparo [--damages 1000] [--seed 1]

Flipped bits, overwritten, cut, repeated, swapped and moved pieces, from a byte to many pages, one
to four at a time. After each, `vault check` and `note show` of every note must end by themselves, in
one of the ways that the manual names; a note is shown as it was written or not at all; and whatever
is not as it was is called damaged (exit 4), or was in bytes that carry nothing.
"""
import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

PASSPHRASE = "seis palabras que nadie adivina nunca"
PAGE = 4096


class Desk:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.home = folder + "/home"
        self.vault = self.home + "/vault.db"
        self.run("init", "--kdf-memory", "64")
        self.notes = {}
        for number in range(6):
            # Some in the log, some in cells of their own.
            body = f"apunte {number}: " + "lo que dijo la fuente; " * (8, 40, 900)[number % 3]
            name = self.run("note", "new", "--title", f"n{number}", text=body)[1].strip()
            self.notes[name] = body
        with open(self.vault, "rb") as file:
            self.whole = file.read()

    def run(self, *arguments, text=""):
        reading, writing = os.pipe()
        os.write(writing, PASSPHRASE.encode())
        os.close(writing)
        environment = {"PATH": os.environ["PATH"], "HOME": self.folder, "LANG": "C.UTF-8"}
        process = subprocess.run(
            [self.program, "--home", self.home, *arguments, "--passphrase-fd", str(reading)],
            pass_fds=[reading], env=environment, input=text.encode(), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, timeout=60)
        os.close(reading)
        return process.returncode, process.stdout.decode(), process.stderr.decode()


def damage(whole, pick):
    """The bytes after some harm, and what was done."""
    data, deeds = bytearray(whole), []
    for _ in range(pick.choice([1, 1, 1, 2, 4])):
        if not data:
            break
        deed = pick.choice(["flip", "noise", "zero", "cut", "end", "insert", "swap", "copy"])
        aligned = pick.random() < 0.5
        start = pick.randrange(len(data))
        size = pick.choice([1, 2, 16, 200, PAGE, 5 * PAGE])
        if aligned:
            start, size = start // PAGE * PAGE, max(1, size // PAGE) * PAGE
        end = min(len(data), start + size)
        other = pick.randrange(max(1, len(data) - (end - start)))
        if aligned:
            other = other // PAGE * PAGE
        piece = bytes(data[start:end])
        if deed == "flip":
            data[start] ^= pick.randrange(1, 256)
        elif deed == "noise":
            data[start:end] = pick.randbytes(end - start)
        elif deed == "zero":
            data[start:end] = bytes(end - start)
        elif deed == "cut":
            del data[start:end]
        elif deed == "end":
            del data[start:]
        elif deed == "insert":
            data[start:start] = piece
        elif deed == "swap" and other + len(piece) <= len(data):
            data[start:end], data[other:other + len(piece)] = (
                data[other:other + len(piece)], piece)
        elif deed == "copy" and other + len(piece) <= len(data):
            data[other:other + len(piece)] = piece
        deeds.append(f"{deed} {start}+{end - start} {other}")
    return bytes(data), deeds


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--amparo", required=True)
    parser.add_argument("--damages", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="amparo-damage-")
    pick = random.Random(options.seed)
    found = {"damaged": 0, "no harm": 0}
    shown = lost = 0
    try:
        desk = Desk(options.amparo, folder)
        for number in range(options.damages):
            data, deeds = damage(desk.whole, pick)
            where = f"damage {number} ({'; '.join(deeds)})"

            def put():
                for name in os.listdir(desk.home):
                    if name.startswith("vault.db"):
                        os.remove(desk.home + "/" + name)
                with open(desk.vault, "wb") as file:
                    file.write(data)

            put()
            status, output, complaint = desk.run("vault", "check", "--json")
            # Exit 3 would blame a passphrase that is right.
            if status not in (0, 4):
                sys.exit(f"{where}: vault check: {status}: {complaint}")
            if (status == 4) != ("error:" in complaint):
                sys.exit(f"{where}: vault check: {status}: {complaint}")
            verdict = "damaged" if status == 4 else "no harm"
            if status == 0 and json.loads(output)["damage"]:
                sys.exit(f"{where}: exit 0 with damage: {output}")
            found[verdict] += 1
            # From here on, with the visit of the check in it, as a user would go on.
            for name in pick.sample(sorted(desk.notes), 2) if status == 4 else desk.notes:
                status, output, complaint = desk.run("note", "show", name, "--json")
                if status == 0:
                    note = json.loads(output)["notes"][0]
                    if note["body"].rstrip("\n") != desk.notes[name].rstrip("\n"):
                        sys.exit(f"{where}: note {name} is shown wrongly: {output}")
                    shown += 1
                elif verdict == "no harm" or status not in (1, 3, 4):
                    sys.exit(f"{where}: note show: {status}: {complaint}")
                else:
                    lost += 1
    except SystemExit as end:
        if end.code:
            print(f"see {folder}", file=sys.stderr)
        raise
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder)
    print(f"{options.damages} damages: {found['damaged']} called damaged, {found['no harm']} did no "
          f"harm, 0 crashes; of the notes asked for {shown} shown as written, {lost} refused, "
          f"0 shown wrongly")


main()
