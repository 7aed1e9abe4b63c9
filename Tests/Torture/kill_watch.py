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
import random
import shutil
import signal
import sys
import tempfile
import time

from desk import Desk

CONTACTS = 12
KILLS_PER_PLAN = 20


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
