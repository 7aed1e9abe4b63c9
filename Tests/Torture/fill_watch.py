#!/usr/bin/env python3
"""Fills the watcher's disk before a promise lapses: the alert goes out all the same, once.

    unshare --mount fill_watch.py --amparo .build/debug/amparo

The home lies on a small file system of its own (root, so run it in a mount namespace of its own).
The plan is armed, the disk filled to its last byte, nobody checks in. The contact must get one
alert; a check-in may not be called confirmed while nothing can be stored. Then the disk is freed:
the same check-in is confirmed, the contact gets the all-clear, and a watcher that starts anew sends
nothing again.
"""
import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from desk import Desk

CONTACT = "laura@example.org"


def fill(path):
    """Takes every byte that is left."""
    with open(path, "wb", buffering=0) as file:
        block = 65_536
        while block:
            try:
                file.write(bytes(block))
            except OSError:
                block //= 2


def wait(what, ready, desk, seconds=60):
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            sys.exit(f"{what} did not happen: {desk.log()}")
        time.sleep(0.05)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--amparo", required=True)
    program = os.path.abspath(parser.parse_args().amparo)
    folder = tempfile.mkdtemp(prefix="amparo-fill-")
    desk = Desk(program, folder)
    try:
        os.mkdir(desk.home, 0o700)
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "amparo-test", desk.home],
            check=True)
        desk.run("init", "--kdf-memory", "64")
        desk.run("contact", "add", "laura", "--email", CONTACT)
        desk.run("channel", "add", "mail", f"smtp://127.0.0.1:{desk.port}?from=me@example.org")
        until = time.strftime("%Y-%m-%d %H:%M", time.gmtime(time.time() + 86_400))
        made = json.loads(desk.run(
            "checkin", "plan", "new", "lleno", "--alias", "lleno", "--every", "30s", "--grace",
            "1s", "--until", until, "--zone", "Etc/UTC", "--tier", "0m:laura", "--yes", "--json"))
        watcher = desk.watch()
        desk.run("checkin", "plan", "arm", "lleno", "--untested")
        filling = os.path.join(desk.home, "filling")
        fill(filling)
        if os.statvfs(desk.home).f_bavail:
            sys.exit("the disk is not full")
        if desk.received("lleno"):
            sys.exit("an alert before the promise lapsed")

        wait("the alert", lambda: desk.received("lleno"), desk, 90)
        time.sleep(5)
        alerts = desk.received("lleno")[CONTACT]
        unconfirmed = desk.report(made["code"])
        if unconfirmed.returncode == 0:
            sys.exit("a check-in was called confirmed and could not be stored")
        os.unlink(filling)

        wait("the confirmation", lambda: desk.report(made["code"]).returncode == 0, desk)
        wait("the all-clear", lambda: len(desk.received("lleno")[CONTACT]) > len(alerts), desk)
        watcher.send_signal(signal.SIGTERM)
        watcher.wait(10)
        before = len(desk.received("lleno")[CONTACT])
        watcher = desk.watch()
        time.sleep(5)
        watcher.send_signal(signal.SIGTERM)
        watcher.wait(10)
        received = desk.received("lleno")[CONTACT]
        print(
            f"full disk: {len(alerts)} alert, {before - len(alerts)} all-clear, "
            f"{len(received) - before} after a restart; unconfirmed check-in: exit "
            f"{unconfirmed.returncode}: {unconfirmed.stderr.splitlines()[0]}")
        if len(alerts) != 1 or before != 2 or len(received) != before:
            sys.exit("\n".join(text for _, text in received) + desk.log())
    finally:
        desk.server.stdin.close()
        subprocess.run(["umount", "--lazy", desk.home], stderr=subprocess.DEVNULL)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
