#!/usr/bin/env python3
"""Kills a watcher while it sends alerts; nobody may stay untold, and every repeat must say so.

    kill_watch.py --amparo .build/debug/amparo [--kills 100] [--seed 1]

A plan with many contacts lapses; the real watcher mails them through its courier to a real SMTP
server, is killed (SIGKILL) at a random moment, started again, and so on. Then it is left alone. Each
contact must have the alert; a second copy must carry the first one's Message-ID and be labelled as
a repeat; before the promise lapsed there may be no mail at all. A courier that was left behind by
the kill may still finish what it was handed: that is one of the repeats.
"""
import argparse
import collections
import email
import email.policy
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PASSPHRASE = b"caminos de tierra y agua clara"
CONTACTS = 12
KILLS_PER_PLAN = 20
HERE = pathlib.Path(__file__).resolve().parent


class Desk:
    def __init__(self, program, folder):
        self.program = os.path.abspath(program)
        self.folder = folder
        self.home = os.path.join(folder, "home")
        self.mails = os.path.join(folder, "mails")
        os.makedirs(self.mails)
        self.server = subprocess.Popen(
            ["/usr/bin/python3", str(HERE.parent / "TestSupport/smtp_server.py"), self.mails],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.server.stdout.readline())
        self.environment = {
            "HOME": self.home, "LANG": "en_US.UTF-8", "TZ": "UTC", "PATH": "/usr/bin:/bin",
            "AMPARO_HOME": self.home}

    def command(self, arguments):
        read, write = os.pipe()
        os.write(write, PASSPHRASE)
        os.close(write)
        return [self.program, *arguments, "--passphrase-fd", str(read)], read

    def run(self, *arguments):
        command, read = self.command(arguments)
        done = subprocess.run(
            command, pass_fds=[read], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=self.environment, text=True)
        os.close(read)
        if done.returncode != 0:
            sys.exit(f"{arguments}: exit {done.returncode}: {done.stderr}")
        return done.stdout

    def watch(self):
        """Starts the watcher and waits until it answers."""
        socket = os.path.join(self.home, "watch.sock")
        if os.path.exists(socket):
            os.unlink(socket)
        command, read = self.command(["watch"])
        with open(os.path.join(self.folder, "watch.log"), "ab") as log:
            process = subprocess.Popen(
                command, pass_fds=[read], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env=self.environment)
        os.close(read)
        end = time.monotonic() + 60
        while not os.path.exists(socket):
            if process.poll() is not None or time.monotonic() > end:
                sys.exit(f"the watcher did not start: {self.log()}")
            time.sleep(0.005)
        return process

    def log(self):
        return pathlib.Path(self.folder, "watch.log").read_text()[-2000:]

    def received(self, label):
        """Message-IDs and texts by contact, for one plan, in the order of arrival."""
        found = collections.defaultdict(list)
        names = sorted(
            (int(name[:-4]) for name in os.listdir(self.mails) if name.endswith(".eml")))
        for number in names:
            with open(os.path.join(self.mails, f"{number}.eml"), "rb") as file:
                mail = email.message_from_binary_file(file, policy=email.policy.SMTP)
            text = mail.get_body(("plain",)).get_content()
            if label in text or label in mail["Subject"]:
                found[str(mail["To"])].append((str(mail["Message-ID"]), text))
        return found


def plan(desk, label, kills, pick):
    """One plan that lapses, and `kills` kills while its alerts go out."""
    tiers = [part for number in range(CONTACTS) for part in ("--tier", f"0m:contact{number}")]
    until = time.strftime("%Y-%m-%d %H:%M", time.gmtime(time.time() + 86_400))
    desk.run(
        "checkin", "plan", "new", label, "--alias", label, "--every", "3s", "--grace", "1s",
        "--until", until, "--zone", "Etc/UTC", *tiers, "--yes", "--json")
    watcher = desk.watch()
    desk.run("checkin", "plan", "arm", label, "--untested")
    if desk.received(label):
        sys.exit("an alert before the promise lapsed")
    end = time.monotonic() + 60
    while not desk.received(label):
        if time.monotonic() > end:
            sys.exit(f"no alert at all: {desk.log()}")
        time.sleep(0.01)
    for _ in range(kills):
        watcher.send_signal(signal.SIGKILL)
        watcher.wait()
        watcher = desk.watch()
        time.sleep(pick.uniform(0, 0.4))
    end = time.monotonic() + 120
    while len(desk.received(label)) < CONTACTS and time.monotonic() < end:
        time.sleep(0.1)
    # What was handed to a courier may arrive a little later.
    time.sleep(2)
    watcher.send_signal(signal.SIGTERM)
    watcher.wait(10)

    received = desk.received(label)
    lost = CONTACTS - len(received)
    repeats = unlabelled = 0
    for mails in received.values():
        for name, text in mails[1:]:
            repeats += 1
            if name != mails[0][0] or "Repeat of" not in text:
                unlabelled += 1
    return lost, repeats, unlabelled


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--amparo", required=True)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    pick = random.Random(options.seed)
    folder = tempfile.mkdtemp(prefix="amparo-kill-")
    desk = Desk(options.amparo, folder)
    try:
        desk.run("init", "--kdf-memory", "64")
        for number in range(CONTACTS):
            desk.run(
                "contact", "add", f"contact{number}", "--email", f"contact{number}@example.org")
        desk.run("channel", "add", "mail", f"smtp://127.0.0.1:{desk.port}?from=me@example.org")
        left, lost, repeats, unlabelled, plans = options.kills, 0, 0, 0, 0
        while left > 0:
            kills = min(left, KILLS_PER_PLAN)
            result = plan(desk, f"plan{plans}", kills, pick)
            lost, repeats, unlabelled = (
                lost + result[0], repeats + result[1], unlabelled + result[2])
            left -= kills
            plans += 1
        print(
            f"{options.kills} kills, {plans * CONTACTS} alerts: {lost} lost, "
            f"{repeats} repeats, {unlabelled} of them without a label (seed {options.seed})")
        if lost or unlabelled:
            sys.exit(desk.log())
    finally:
        desk.server.stdin.close()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
