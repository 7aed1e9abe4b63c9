#!/usr/bin/env python3
"""Damages encrypted files at random, and has `amparo decrypt` open them.

Usage: damage_files.py --amparo PROGRAM [--damages N] [--seed N]

A damaged file, or a wrong key, must leave no output and nothing beside it; into a pipe nothing may
come but the beginning of the true text. Where the damage changed nothing that counts, such as the
last line end of a text form, the output must be the original. Ends with 1 when a promise is broken.
Needs age-keygen and minisign.
"""

import argparse
import collections
import os
import pathlib
import random
import subprocess
import sys
import tempfile

options = argparse.ArgumentParser()
options.add_argument("--amparo", required=True)
options.add_argument("--damages", type=int, default=1000)
options.add_argument("--seed", type=int, default=1)
options = options.parse_args()
options.amparo = os.path.abspath(options.amparo)
dice = random.Random(options.seed)
scratch = tempfile.TemporaryDirectory(prefix="amparo-damage-")
folder = pathlib.Path(scratch.name)
os.environ.update(HOME=scratch.name, LC_ALL="C.UTF-8")


def run(*command, **more):
    return subprocess.run(command, cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, **more)


def must(*command):
    done = run(*command)
    if done.returncode:
        sys.exit(f"damage_files: {command}: {done.stderr.decode()}")
    return done.stdout.decode().strip()


def prepare():
    """Files of every kind, and what is in them: None for a folder."""
    must("age-keygen", "-o", "key.txt")
    must("age-keygen", "-o", "other.txt")
    must("minisign", "-G", "-W", "-s", "sign.key", "-p", "sign.pub")
    recipient = must("age-keygen", "-y", "key.txt")
    (folder / "long").write_bytes(dice.randbytes(200_000))
    (folder / "short").write_bytes(b"hola\n")
    (folder / "none").write_bytes(b"")
    (folder / "d/sub").mkdir(parents=True)
    (folder / "d/a").write_bytes(dice.randbytes(70_000))
    (folder / "d/sub/b").write_bytes(b"dos")
    kinds = [("long", []), ("short", []), ("none", []), ("long", ["-a"]), ("short", ["-a"]),
             ("d", []), ("d", ["-a"]), ("short", ["--pad"]), ("long", ["-s", "sign.key"]),
             ("d", ["-s", "sign.key"])]
    sealed = []
    for number, (name, flags) in enumerate(kinds):
        output = f"{number}.age"
        must(options.amparo, "encrypt", "-r", recipient, *flags, "-o", output, name)
        content = None if name == "d" else (folder / name).read_bytes()
        sealed.append((" ".join([name] + flags), (folder / output).read_bytes(), content))
    return sealed


def damage(file):
    """The kind of damage, and the file after it; for a wrong key the file as it is."""
    kind = dice.choice(["cut", "flip", "key", "overwrite", "insert", "repeat", "append"])
    place = dice.randrange(len(file))
    count = dice.randrange(1, 200)
    if kind == "cut":
        return kind, file[:place]
    if kind == "flip":
        changed = bytearray(file)
        changed[place] ^= 1 << dice.randrange(8)
        return kind, bytes(changed)
    if kind == "overwrite":
        return kind, file[:place] + dice.randbytes(count) + file[place + count:]
    if kind == "insert":
        return kind, file[:place] + dice.randbytes(count) + file[place:]
    if kind == "repeat":
        return kind, file[:place + count] + file[place:]
    if kind == "append":
        return kind, file + dice.randbytes(count)
    return kind, file


def same(name, content):
    """Whether the output is what was encrypted."""
    if content is None:
        return run("diff", "-r", "d", name).returncode == 0
    return (folder / name).is_file() and (folder / name).read_bytes() == content


def main():
    sealed = prepare()
    before = set(os.listdir(folder)) | {"x.age"}
    seen = collections.Counter()
    broken = []
    for number in range(options.damages):
        name, file, content = dice.choice(sealed)
        kind, changed = damage(file)
        (folder / "x.age").write_bytes(changed)
        key = "other.txt" if kind == "key" else "key.txt"
        done = run(options.amparo, "decrypt", "-i", key, "-o", "out", "x.age")
        seen[f"{kind}s" if kind != "key" else "wrong keys"] += 1
        seen[f"exit {done.returncode}"] += 1
        left = set(os.listdir(folder)) - before
        if done.returncode == 0:
            right = left == {"out"} and same("out", content) and kind != "key"
            run("rm", "-rf", "out")
        else:
            right = not left and done.returncode in (3, 4)
        piped = run(options.amparo, "decrypt", "-i", key, "x.age")
        if content is not None and "--pad" not in name and "-s" not in name:
            right = right and content.startswith(piped.stdout)
        right = right and piped.returncode == done.returncode
        if not right:
            broken.append(f"number {number}: {kind} in {name}: {done.returncode}, {sorted(left)}, "
                          f"{done.stderr.decode()}")
            for path in left:
                run("rm", "-rf", path)
    print(f"damage_files: {options.damages} damages, seed {options.seed}: "
          + ", ".join(f"{count} {what}" for what, count in sorted(seen.items()))
          + f"; {len(broken)} promises broken")
    print("\n".join(broken[:10]))
    return 1 if broken else 0


sys.exit(main())
