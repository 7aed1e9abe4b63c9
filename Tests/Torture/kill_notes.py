#!/usr/bin/env python3
"""Kills a writer of notes at random moments; no note that it acknowledged may be missing.

    kill_notes.py --helper .build/debug/vault-torture [--kills 500] [--seed 1]
    kill_notes.py --amparo .build/debug/amparo        [--kills 500] [--seed 1]

With --helper, one process opens the vault once and commits note after note, so that most kills fall
into a commit. With --amparo, each note is one run of the real program (`amparo note new`), killed
anywhere between its start and its end. After a kill the vault is opened, read and checked: always
with --amparo, every tenth time with --helper, which is fast enough to grow a large vault. Every 500
kills begin a new one: to read a vault of a gigabyte each time says nothing more.
"""
import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

KILLS_PER_VAULT = 500


class Helper:
    """The small writer: many notes to a process."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.key = self.run("init").strip()

    def run(self, *arguments, **options):
        return subprocess.run(
            [self.program, arguments[0], self.folder, *arguments[1:]], check=True,
            stdout=subprocess.PIPE, text=True, **options).stdout

    def write_and_die(self, number, pick):
        """Starts a writer, kills it, and gives what it acknowledged."""
        process = subprocess.Popen(
            [self.program, "write", self.folder, str(number)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)
        process.stdin.write(self.key + "\n")
        process.stdin.close()
        # Mostly after the first acknowledgement; now and then while it still opens.
        said = [] if pick.random() < 0.1 else [process.stdout.readline()]
        timer = threading.Timer(pick.uniform(0, 0.08), process.send_signal, [signal.SIGKILL])
        timer.start()
        said += process.stdout.readlines()
        timer.join()
        if process.wait() != -signal.SIGKILL:
            sys.exit(f"the writer ended by itself with {process.returncode}")
        # A line that was cut off acknowledges nothing.
        return [line[:-1] for line in said if line.endswith("\n")]

    def notes(self):
        *notes, verdict = self.run("list", input=self.key + "\n").splitlines()
        return notes, verdict == "whole"


class Amparo:
    """The real program: one note to a process. The title is the note's name."""

    PASSPHRASE = "seis palabras que nadie adivina nunca"

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.run("init", "--kdf-memory", "64")
        spent = []
        for number in range(3):
            started = time.monotonic()
            self.run("note", "new", "--title", f"warm-up {number}")
            spent.append(time.monotonic() - started)
        self.duration = sorted(spent)[1]

    def command(self, *arguments):
        # The passphrase comes over a pipe of its own, as a script would hand it over.
        reading, writing = os.pipe()
        os.write(writing, self.PASSPHRASE.encode())
        os.close(writing)
        environment = {"PATH": os.environ["PATH"], "HOME": self.folder, "LANG": "C.UTF-8"}
        process = subprocess.Popen(
            [self.program, "--home", self.folder + "/home", *arguments, "--passphrase-fd",
             str(reading)],
            pass_fds=[reading], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)
        os.close(reading)
        return process

    def run(self, *arguments):
        process = self.command(*arguments)
        output, complaint = process.communicate("")
        if process.returncode != 0:
            sys.exit(f"{arguments}: {process.returncode}: {complaint}")
        return output

    def write_and_die(self, number, pick):
        process = self.command("note", "new", "--title", f"n{number}.")
        timer = threading.Timer(
            # Half of them near the end, where the commit is.
            pick.choice([pick.uniform(0, 1.5), pick.uniform(0.6, 1.2)]) * self.duration,
            process.send_signal, [signal.SIGKILL])
        timer.start()
        output, _ = process.communicate("body\n")
        timer.cancel()
        # The id, alone on a line, is the acknowledgement.
        return [f"n{number}."] if output.endswith("\n") else []

    def notes(self):
        listed = json.loads(self.run("note", "list", "--json"))
        names = [note["title"] for note in listed["notes"] if note["title"].startswith("n")]
        check = self.command("vault", "check")
        check.communicate("")
        return names, check.returncode == 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--helper")
    parser.add_argument("--amparo")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    pick = random.Random(options.seed)
    acknowledged = unacknowledged = 0
    for begun in range(0, options.kills, KILLS_PER_VAULT):
        folder = tempfile.mkdtemp(prefix="amparo-kill-")
        count = min(KILLS_PER_VAULT, options.kills - begun)
        try:
            writer = Helper(options.helper, folder) if options.helper else \
                Amparo(options.amparo, folder)
            told, more = kill(writer, count, pick, every=10 if options.helper else 1)
        except SystemExit:
            print(f"the vault is in {folder}", file=sys.stderr)
            raise
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        shutil.rmtree(folder)
        acknowledged += told
        unacknowledged += more
        print(f"{begun + count} of {options.kills}", file=sys.stderr, flush=True)
    print(f"{options.kills} kills, {acknowledged} notes acknowledged, 0 lost, "
          f"{unacknowledged} stored without having been acknowledged")


def kill(writer, kills, pick, every):
    """Kills a writer again and again; how many notes it acknowledged, and how many there are more."""
    acknowledged = set()
    for number in range(kills):
        acknowledged.update(writer.write_and_die(number, pick))
        if (number + 1) % every and number != kills - 1:
            continue
        notes, is_whole = writer.notes()
        lost = acknowledged.difference(notes)
        if lost or not is_whole or len(notes) != len(set(notes)):
            sys.exit(f"after kill {number}: lost {sorted(lost)[:5]}, whole {is_whole}, "
                     f"{len(notes) - len(set(notes))} twice")
    return len(acknowledged), len(notes) - len(acknowledged)


main()
