#!/usr/bin/python3
"""Kills `amparo watch` while it sends, again and again, and counts what contacts received.

The real programs, a real SMTP server in this process, SIGKILL at random moments: before the courier
connects, while it speaks, after the server took the mail and before it said so. Then the watcher is
started again, as its user would.

    Tests/Torture/kill_watch.py --programs .build/debug --kills 100 [--seed 1]

Prints one line of figures; ends with 0 only when no alert was lost, none was invented, every repeat
is labelled and everybody's last word is the true one.
"""
import argparse
import asyncio
import email
import email.policy
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

from aiosmtpd.controller import Controller

parser = argparse.ArgumentParser()
parser.add_argument("--programs", required=True, help="folder with amparo and amparo-courier")
parser.add_argument("--kills", type=int, default=100)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--verbose", action="store_true")
options = parser.parse_args()

PASSPHRASE = "caminos de tierra y agua clara"
CONTACTS = ["laura", "abogado"]
chance = random.Random(options.seed)


class Post:
    """The server: keeps every mail it took, and answers late."""

    def __init__(self):
        self.mails = []
        self.lock = threading.Lock()
        self.connected = threading.Event()
        self.delay = 0.0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self.connected.set()
        return responses

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        before = chance.random() < 0.5
        if before:
            self.keep(message, envelope)
        await asyncio.sleep(self.delay)
        if not before:
            self.keep(message, envelope)
        return "250 OK"

    def keep(self, message, envelope):
        text = message.get_body(("plain",)).get_content()
        with self.lock:
            self.mails.append({
                "at": time.time(), "to": envelope.rcpt_tos[0].split("@")[0],
                "id": message["Message-ID"], "subject": message["Subject"], "text": text,
                "labelled": re.match(r"\((Repeat of|Repetición de) [A-Z0-9]{4}", text) is not None})

    def seen(self, contact, word, since):
        with self.lock:
            return [m for m in self.mails
                    if m["to"] == contact and m["subject"].startswith(word) and m["at"] >= since]


class Newsroom:
    def __init__(self, folder):
        self.folder = folder
        self.environment = {"PATH": os.environ["PATH"], "AMPARO_HOME": folder + "/home",
                            "LANG": "en_US.UTF-8", "LOGNAME": "Ana"}
        self.watcher = None
        self.log = open(folder + "/watch.log", "wb")

    def run(self, *arguments, code=None, may_fail=False):
        fds = {3: PASSPHRASE if code is None else code}
        name = "--passphrase-fd" if code is None else "--code-fd"
        result = self.start(arguments + (name, "3"), fds[3], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE)
        out, complaint = result.communicate(timeout=120)
        if result.returncode and not may_fail:
            raise SystemExit(f"amparo {' '.join(arguments)}: {complaint.decode()}")
        return result.returncode, out.decode()

    def start(self, arguments, secret, **streams):
        read, write = os.pipe()
        os.write(write, secret.encode())
        os.close(write)
        try:
            return subprocess.Popen(
                ["bash", "-c", f'exec "$0" "$@" 3<&{read}', options.programs + "/amparo",
                 *arguments],
                pass_fds=[read], stdin=subprocess.DEVNULL, env=self.environment, **streams)
        finally:
            os.close(read)

    def watch(self):
        self.watcher = self.start(("watch", "--passphrase-fd", "3"), PASSPHRASE,
                                  stdout=self.log, stderr=self.log)

    def wait_for_watcher(self):
        def answers():
            status, _ = self.run("watch", "status", may_fail=True)
            return status == 0
        until(answers, 30, "the watcher does not answer")

    def kill(self):
        self.watcher.send_signal(signal.SIGKILL)
        self.watcher.wait()


def until(condition, seconds, complaint):
    end = time.time() + seconds
    while time.time() < end:
        if condition():
            return
        time.sleep(0.02)
    raise SystemExit(complaint)


def main():
    folder = tempfile.mkdtemp(prefix="amparo-kill-")
    post = Post()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(post, hostname="127.0.0.1", port=port, ready_timeout=30)
    controller.start()
    room = Newsroom(folder)
    lost = invented = unlabelled = untrue = rounds = kills = repeats = 0
    try:
        room.run("init", "--kdf-memory", "64")
        for name in CONTACTS:
            room.run("contact", "add", name, "--email", name + "@example.org")
        room.run("channel", "add", "mail", f"smtp://127.0.0.1:{port}?from=me@example.org")
        _, made = room.run(
            "checkin", "plan", "new", "xalapa", "--every", "2s", "--grace", "1s", "--zone",
            "America/Mexico_City", "--tier", "0m:" + ",".join(CONTACTS), "--yes", "--json")
        code = json.loads(made)["code"]
        room.watch()
        room.wait_for_watcher()
        room.run("checkin", "plan", "arm", "xalapa", "--untested")
        since = time.time()
        while kills < options.kills:
            rounds += 1
            # Silence: the alarm comes after three seconds, and the kills with it. The server is
            # slower than the kills are late, so that most of them meet a mail on its way.
            post.delay = chance.uniform(0.3, 0.6)
            for _ in range(min(chance.randint(3, 8), options.kills - kills)):
                post.connected.clear()
                if chance.random() < 0.15:
                    time.sleep(chance.uniform(0, 0.5))
                elif post.connected.wait(6):
                    time.sleep(chance.uniform(0, 0.6))
                else:
                    # Everybody has been told already.
                    break
                room.kill()
                kills += 1
                room.watch()
            room.wait_for_watcher()
            post.delay = 0
            for contact in CONTACTS:
                try:
                    until(lambda: post.seen(contact, "ALERT", since), 20, "")
                except SystemExit:
                    lost += 1
            back = time.time()
            status, _ = room.run("ok", code=code, may_fail=True)
            if status:
                raise SystemExit(f"ok ended with {status}")
            for contact in CONTACTS:
                try:
                    until(lambda: post.seen(contact, "ALL CLEAR", back), 20, "")
                except SystemExit:
                    untrue += 1
            confirmed = time.time()
            time.sleep(0.3)
            # Two seconds and one are not over: whatever is an alert now is invented.
            invented += sum(len(post.seen(c, "ALERT", confirmed)) for c in CONTACTS)
            since = confirmed
        room.run("checkin", "plan", "end", "xalapa", code=code)
        room.watcher.send_signal(signal.SIGTERM)
        stopped = time.time()
        clean = room.watcher.wait(10)
        seconds = time.time() - stopped
        ids = {}
        for mail in post.mails:
            if mail["id"] in ids:
                repeats += 1
                unlabelled += not mail["labelled"]
            ids[mail["id"]] = True
        print(f"kills {kills}, alarms {rounds}, mails {len(post.mails)}, repeats {repeats}, "
              f"lost {lost}, invented {invented}, unlabelled {unlabelled}, "
              f"without all-clear {untrue}, stopped with {clean} in {seconds:.1f} s")
        failed = lost or invented or unlabelled or untrue or clean != 0 or seconds > 5
        return 1 if failed else 0
    finally:
        if room.watcher and room.watcher.poll() is None:
            room.watcher.kill()
        controller.stop()
        if options.verbose:
            sys.stderr.write(open(folder + "/watch.log").read())
        shutil.rmtree(folder, ignore_errors=True)


sys.exit(main())
