#!/usr/bin/env python3
"""Takes 10,000 notes with 1,000 files in and out of vaults, as Markdown and as JSON, and compares.

    exchange_notes.py --amparo .build/bin/amparo [--notes 10000] [--files 1000]

Markdown folder → vault → Markdown and JSON → two other vaults → Markdown. Every title, text, tag, time
and file must be the same in all of them; only ids are each vault's own.
"""
import argparse
import hashlib
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PASSPHRASE = "seis palabras que nadie adivina nunca"


class Home:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.run("init", "--kdf-memory", "64")

    def run(self, *arguments):
        reading, writing = os.pipe()
        os.write(writing, PASSPHRASE.encode())
        os.close(writing)
        done = subprocess.run(
            [self.program, "--home", self.folder, *arguments, "--passphrase-fd", str(reading)],
            pass_fds=[reading], env={"PATH": os.environ["PATH"], "HOME": "/nonexistent",
                                     "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        os.close(reading)
        if done.returncode:
            sys.exit(f"{arguments}: {done.returncode}: {done.stderr}")
        return done.stderr


def make(folder, notes, files):
    """The set of the benchmarks, with heads and with files whose contents no format can guess."""
    plain = folder.with_name("plain")
    subprocess.run([ROOT / "Tools/bench_notes.py", plain, "--count", str(notes)],
                   stdout=subprocess.DEVNULL, check=True)
    folder.mkdir()
    pick = random.Random(1)
    for number, path in enumerate(sorted(plain.iterdir())):
        attachments = []
        if number < files:
            name = f"{path.stem}.files/foto {number} ñ.jpg"
            (folder / name).parent.mkdir()
            size = pick.choice([0, 1, 3938, 3939, 3940, 70_000, pick.randrange(200_000)])
            (folder / name).write_bytes(pick.randbytes(size))
            attachments = [name]
        head = ["---", f'title: "Apunte {number}: {path.stem}"',
                f"created: 2024-01-{1 + number % 28:02}T10:20:{number % 60:02}Z",
                f"modified: 2025-02-{1 + number % 28:02}T11:21:{number % 60:02}Z",
                "tags:", f"  - uno {number % 7}", "  - ñandú"]
        head += ["attachments:", f'  - "{attachments[0]}"'] if attachments else []
        (folder / path.name).write_bytes(("\n".join(head) + "\n---\n").encode() + path.read_bytes())
    shutil.rmtree(plain)


def content(folder):
    """What a folder says, whatever its files are called: a set of lines."""
    found = set()
    for path in folder.rglob("*.md"):
        head, _, body = path.read_bytes()[4:].partition(b"\n---\n")
        lines = [line for line in head.decode().split("\n") if not line.startswith("id:")]
        values = re.findall(r"^  - \"?(.*?)\"?$", head.decode(), re.M)
        files = []
        for value in values:
            if (folder / value).is_file():
                files.append(hashlib.sha256((folder / value).read_bytes()).hexdigest())
        wanted = ("title:", "created:", "modified:")
        facts = [line.replace('"', "") for line in lines if line.startswith(wanted)]
        tags = re.search(r"^tags:(.*?)(?=^\w|\Z)", head.decode() + "\n", re.M | re.S)
        tags = sorted(re.findall(r"uno \d|ñandú", tags[1])) if tags else []
        found.add("\n".join(sorted(facts) + tags + sorted(files)
                            + [hashlib.sha256(body).hexdigest()]))
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--amparo", required=True)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--files", type=int, default=1_000)
    options = parser.parse_args()
    program = os.path.abspath(options.amparo)
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="amparo-exchange-"))
    try:
        source = scratch / "source"
        make(source, options.notes, options.files)
        wanted = content(source)
        said = f"{options.notes} notes, {options.files} files"
        first = Home(program, str(scratch / "first"))
        if said not in first.run("note", "import", str(source)):
            sys.exit("the first import counts something else")
        first.run("note", "export", "-o", str(scratch / "markdown"))
        first.run("note", "export", "--format", "json", "-o", str(scratch / "notes.json"))
        differences = len(wanted ^ content(scratch / "markdown"))
        for name, path in (("second", "markdown"), ("third", "notes.json")):
            home = Home(program, str(scratch / name))
            if said not in home.run("note", "import", str(scratch / path)):
                sys.exit(f"the import of {path} counts something else")
            home.run("note", "export", "-o", str(scratch / (name + "-out")))
            home.run("vault", "check")
            differences += len(wanted ^ content(scratch / (name + "-out")))
        if len(wanted) != options.notes or differences:
            sys.exit(f"{len(wanted)} notes of {options.notes} told apart, {differences} differences")
        print(f"{said}: Markdown, vault, Markdown and JSON, vaults, Markdown: 0 differences")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


main()
