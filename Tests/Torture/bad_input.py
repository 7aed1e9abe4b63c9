#!/usr/bin/env python3
"""Gives every command that takes a file the wrong one, in both languages.

Usage: bad_input.py --amparo PROGRAM [--part N/OF]

Inputs: absent, a folder, unreadable, empty, a text, noise. Outputs: existing, in a folder that is
absent, not ours, a file, or on a full disk. Every refusal must end with a documented exit code, say
one error and a hint, in the language asked for, print nothing to standard output, and leave
every file as it was. As root it drops to uid 65534, for whom files can be unreadable, and mounts full
disks; otherwise those kinds are left out. Ends with 1 when a promise is broken. Needs age-keygen.
"""

import argparse
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

options = argparse.ArgumentParser()
options.add_argument("--amparo", required=True)
options.add_argument("--part", default="1/1", help="every OF-th case, from the N-th on")
options = options.parse_args()
PART, PARTS = map(int, options.part.split("/"))
PROGRAM = os.path.abspath(options.amparo)
PASSPHRASE = b"caminos de tierra y agua clara"
NOBODY = 65534
IS_ROOT = os.geteuid() == 0
scratch = tempfile.TemporaryDirectory(prefix="amparo-bad-input-")
ROOT = scratch.name
HOME, WORK = ROOT + "/home", ROOT + "/work"
ENVIRONMENT = {"HOME": HOME, "PATH": "/usr/bin:/bin", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
OPEN = ["--passphrase-fd", "3"]
EXITS = {1, 2, 3, 4, 6}


def can_mount():
    return IS_ROOT and subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode == 0


CAN_MOUNT = can_mount()


def descriptor(secret):
    read, write = os.pipe()
    os.write(write, secret)
    os.close(write)
    return read


def run(arguments, stdin=b"", full=None):
    """One run as nobody: the vault's passphrase on descriptor 3, a file's on 5."""
    sources = {3: descriptor(PASSPHRASE), 5: descriptor(b"una frase de archivo bastante larga")}

    def prepare():
        # All away from the numbers they are to get, then to them.
        moved = {number: os.dup(source) for number, source in sources.items()}
        high = {number: os.dup2(source, 100 + number) for number, source in moved.items()}
        for number, source in high.items():
            os.dup2(source, number)
        if full:
            libc = ctypes.CDLL(None, use_errno=True)
            # CLONE_NEWNS; MS_REC | MS_PRIVATE.
            if libc.unshare(0x20000) or libc.mount(b"none", b"/", None, 0x44000, None) or libc.mount(
                    b"tmpfs", full.encode(), b"tmpfs", 0, b"size=4k,mode=777"):
                raise OSError(ctypes.get_errno(), "no disk of its own")
        if IS_ROOT:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)

    done = subprocess.run([PROGRAM, *arguments], cwd=WORK, env=ENVIRONMENT, input=stdin,
                          capture_output=True, preexec_fn=prepare, close_fds=False, timeout=120)
    for source in sources.values():
        os.close(source)
    return done


def must(*arguments, stdin=b""):
    done = run(arguments, stdin)
    if done.returncode:
        sys.exit(f"bad_input: {arguments}: {done.stderr.decode()}")
    return done.stdout.decode().strip()


def write(name, content):
    with open(f"{WORK}/{name}", "wb") as file:
        file.write(content)


def give(path):
    if IS_ROOT:
        os.chown(path, NOBODY, NOBODY)


def prepare():
    """A desk; gives the note's id and somebody else's recipient."""
    os.chmod(ROOT, 0o755)
    for path in (HOME, WORK):
        os.mkdir(path)
        give(path)
    must("init", "--kdf-memory", "64", *OPEN)
    note = must("note", "new", "--title", "Uno", *OPEN, stdin=b"uno\n")
    write("photo.jpg", b"not really")
    must("note", "attach", note, "photo.jpg", *OPEN)
    key = subprocess.run(["age-keygen"], capture_output=True, check=True).stdout
    write("key.txt", key)
    recipient = subprocess.run(["age-keygen", "-y"], input=key, capture_output=True,
                               check=True).stdout.decode().strip()
    must("contact", "add", "laura", "--recipient", recipient, *OPEN)
    write("plain", bytes(range(256)) * 600)
    must("encrypt", "-r", recipient, "-o", "sealed.age", "plain")
    write("empty", b"")
    write("text", b"hola\n")
    write("noise", hashlib.shake_256(b"noise").digest(5000))
    write("existing", b"do not touch")
    write("unreadable", b"not for everybody")
    for name in ("folder", "locked", "small"):
        os.mkdir(f"{WORK}/{name}")
    for name in os.listdir(WORK):
        give(f"{WORK}/{name}")
    os.chmod(f"{WORK}/unreadable", 0)
    os.chmod(f"{WORK}/locked", 0o555)
    return note, recipient


def cases(note, recipient):
    """(what it is, arguments, full disk or None, whether it may go well)"""
    pinned = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
    to = ["-r", recipient]
    inputs = [
        ["encrypt", *to, "-o", "out", "X"], ["encrypt", "-R", "X", "-o", "out", "plain"],
        ["encrypt", "-i", "X", "-o", "out", "plain"],
        ["encrypt", *to, "-s", "X", "-o", "out", "plain"],
        ["encrypt", "--pad", *to, "-o", "out", "X"], ["encrypt", "--each", *to, "X"],
        ["decrypt", "-i", "key.txt", "-o", "out", "X"],
        ["decrypt", "-i", "X", "-o", "out", "sealed.age"], ["inspect", "X"],
        ["rewrap", "-i", "key.txt", *to, "-o", "out", "X"], ["sign", "X", *OPEN],
        ["sign", "-s", "X", "text"], ["verify", "X", "-P", pinned],
        ["verify", "plain", "-x", "X", "-P", pinned], ["key", "import", "X", "--name", "k", *OPEN],
        ["key", "combine", "X"], ["contact", "add", "eva", "--card", "X", *OPEN],
        ["contact", "successor", "laura", "X", *OPEN], ["note", "attach", note, "X", *OPEN],
        ["vault", "restore", "X", "--home", HOME + "/fresh", *OPEN], ["vault", "merge", "X", *OPEN],
    ]
    outputs = [
        ["encrypt", *to, "-o", "X", "plain"], ["encrypt", *to, "-o", "X", "folder", "plain"],
        ["encrypt", "--letter", *to, "-o", "X", "plain"],
        ["encrypt", "--verify", *to, "-o", "X", "plain"],
        ["encrypt", "--remove-original", "--yes", *to, "-o", "X", "plain"],
        ["decrypt", "-i", "key.txt", "-o", "X", "sealed.age"],
        ["rewrap", "-i", "key.txt", *to, "-o", "X", "sealed.age"], ["sign", "plain", "-o", "X", *OPEN],
        ["key", "export", "me", "-o", "X", "--file-passphrase-fd", "5", *OPEN],
        ["key", "sheet", "-o", "X", *OPEN], ["contact", "card", "-o", "X", *OPEN],
        ["note", "extract", note, "photo.jpg", "-o", "X", *OPEN], ["vault", "backup", "X", *OPEN],
    ]

    def filled(arguments, name):
        return [name if word == "X" else word for word in arguments]

    kinds = ["absent", "folder", "empty", "text", "noise"] + ["unreadable"] * IS_ROOT
    for arguments in inputs:
        for kind in kinds:
            yield filled(arguments, kind), None, True
    kinds = ["existing", "absent/out", "plain/out"] + ["locked/out"] * IS_ROOT
    for arguments in outputs:
        for kind in kinds:
            yield filled(arguments, kind), None, False
        if CAN_MOUNT:
            yield filled(arguments, "small/out"), WORK + "/small", True
    if CAN_MOUNT:
        split = ["key", "split", "-k", "2", "-n", "3", "-o", "small/out", *OPEN]
        yield split, WORK + "/small", True


def surroundings():
    """Every file but the vault, which notes each visit."""
    found = {}
    for folder, folders, names in os.walk(ROOT):
        for name in folders:
            found[f"{folder}/{name}"] = "folder"
        for name in names:
            path = f"{folder}/{name}"
            if name not in ("vault.db", "witness", "device"):
                with open(path, "rb") if os.access(path, os.R_OK) else open(os.devnull, "rb") as file:
                    found[path] = hashlib.sha256(file.read()).hexdigest()
    return found


def restore(before):
    """Takes away what a run made that went well."""
    for path in sorted(set(surroundings()) - set(before), reverse=True):
        shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)


def wrong(done, before, may_succeed):
    """What is not as it should be."""
    if done.returncode == 0:
        return [] if may_succeed else ["it went well"]
    lines = done.stderr.decode(errors="replace").splitlines()
    found = []
    if done.returncode not in EXITS:
        found.append(f"exit {done.returncode}")
    if sum(line.startswith("amparo: error: ") for line in lines) != 1:
        found.append("not one error")
    if not any(line.startswith("amparo: hint: ") for line in lines):
        found.append("no hint")
    if done.stdout:
        found.append("something on standard output")
    after = surroundings()
    # An empty folder is nothing lost and nothing half written.
    changed = {path for path in set(before) | set(after)
               if before.get(path) != after.get(path) and after.get(path) != "folder"}
    if changed:
        found.append(f"files changed: {sorted(changed)}")
    return found


def main():
    note, recipient = prepare()
    before = surroundings()
    runs, refused, broken = 0, 0, []
    for arguments, full, may_succeed in list(cases(note, recipient))[PART - 1::PARTS]:
        errors = []
        for language in ("en", "es"):
            done = run([*arguments, "--lang", language], full=full)
            runs += 1
            refused += done.returncode != 0
            problems = wrong(done, before, may_succeed)
            restore(before)
            errors += [line for line in done.stderr.decode(errors="replace").splitlines()
                       if line.startswith("amparo: error: ")]
            if problems:
                broken.append(f"{' '.join(arguments)} ({language}): {problems}: "
                              f"{done.stderr.decode(errors='replace')}")
        if len(errors) == 2 and errors[0] == errors[1]:
            broken.append(f"{' '.join(arguments)}: said in one language only")
    print(f"bad_input: {runs} runs, {refused} refused, {len(broken)} promises broken")
    print("\n".join(broken[:20]))
    return 1 if broken else 0


sys.exit(main())
