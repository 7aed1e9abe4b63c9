#!/usr/bin/env python3
"""Kills the watcher, or its courier, at named places: before a certain write, sync, answer, start.

    kill_points.py --amparo .build/debug/amparo [--seeds 50] [--first 1] [--points N] [--jobs 8]

The kernel does it (strace --inject), so that the program has no hook for it: the n-th system call of
a kind, on a certain file, is never made. For each place and each seed: a plan lapses, its contacts
are alerted, she reports in, they get the all-clear; somewhere in between the process dies, after a
moment that the seed chooses, and is started again. Nobody may stay untold of either, no alert may
come before its time, what `amparo ok` confirmed counts, and a second copy carries the first one's
Message-ID and says that it is a repeat: at most one of each message for a kill.
"""
import argparse
import calendar
import collections
import concurrent.futures
import email.utils
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from desk import Desk

CONTACTS = ("laura", "abogado")
INTERVAL, GRACE = 4, 1

# Phase, system calls, file of the home (or none), and which of them. Some happen only when there is
# much to write: a place that is not come by costs no kill and is counted apart.
POINTS = [
    ("start", "pwrite64", "vault.db-journal", 1),
    ("start", "fdatasync", "vault.db-journal", 1),
    ("start", "pwrite64", "vault.db", 1),
    ("start", "pwrite64", "vault.db", 4),
    ("start", "fdatasync", "vault.db", 1),
    ("start", "unlink", "vault.db-journal", 1),
    ("start", "openat", "watch.db", 1),
    ("start", "openat", "watch.db-wal", 1),
    ("start", "pwrite64", "watch.db-wal", 1),
    ("start", "pwrite64", "watch.db-wal", 3),
    ("start", "fdatasync", "watch.db-wal", 1),
    ("start", "bind", None, 1),
    ("start", "listen", None, 1),
    ("alarm", "pwrite64", "watch.db-wal", 1),
    ("alarm", "pwrite64", "watch.db-wal", 2),
    ("alarm", "pwrite64", "watch.db-wal", 9),
    ("alarm", "fdatasync", "watch.db-wal", 1),
    ("alarm", "fdatasync", "watch.db-wal", 2),
    ("alarm", "fdatasync", "watch.db-wal", 3),
    ("alarm", "fdatasync", "watch.db-wal", 4),
    ("alarm", "fdatasync", "watch.db-wal", 5),
    ("alarm", "fdatasync", "watch.db-wal", 6),
    ("alarm", "fdatasync", "watch.db-wal", 7),
    ("alarm", "clone3", None, 1),
    ("alarm", "clone3", None, 2),
    ("alarm", "pipe2", None, 1),
    ("alarm", "wait4", None, 1),
    ("courier", "execve", None, 1),
    ("courier", "connect", None, 1),
    ("courier", "sendto", None, 1),
    ("courier", "sendto", None, 3),
    ("courier", "sendto", None, 5),
    ("courier", "sendto", None, 6),
    ("courier", "exit_group", None, 1),
    ("check-in", "accept4", None, 1),
    ("check-in", "pwrite64", "watch.db-wal", 1),
    ("check-in", "pwrite64", "watch.db-wal", 3),
    ("check-in", "fdatasync", "watch.db-wal", 1),
    ("check-in", "fdatasync", "watch.db-wal", 2),
    ("check-in", "fdatasync", "watch.db-wal", 3),
    ("check-in", "fdatasync", "watch.db-wal", 4),
    ("check-in", "write", None, 1),
    ("check-in", "write", None, 2),
    ("queue", "openat", "queue", 1),
    ("queue", "unlinkat,unlink", "queue", 1),
    ("queue", "pwrite64", "watch.db-wal", 2),
    ("queue", "fdatasync", "watch.db-wal", 2),
    ("queue", "fdatasync", "watch.db-wal", 3),
    ("stop", "fdatasync", "watch.db-wal", 1),
    ("stop", "pwrite64", "watch.db", 1),
    ("stop", "fdatasync", "watch.db", 1),
    ("stop", "unlink", "watch.db-wal", 1),
    ("stop", "unlinkat,unlink", "watch.sock", 1),
]


def name(point):
    phase, calls, path, number = point
    return f"{phase}: {calls}{' of ' + path if path else ''} {number}"


class Trial:
    """One home, one plan, and all kills of one seed in it."""

    def __init__(self, program, seed):
        self.pick = random.Random(seed)
        self.folder = tempfile.mkdtemp(prefix="amparo-points-")
        self.desk = Desk(program, self.folder)
        self.wire = os.path.join(self.folder, "wire")
        self.watcher = None
        # Until when, as she was told, no alert may come; and when she was told.
        self.promises = []
        self.killed = collections.Counter()
        self.missed = collections.Counter()
        self.problems = []

    def prepare(self):
        desk = self.desk
        desk.run("init", "--kdf-memory", "64")
        for contact in CONTACTS:
            desk.run("contact", "add", contact, "--email", f"{contact}@example.org")
        desk.run("channel", "add", "mail", f"smtp://127.0.0.1:{desk.port}?from=me@example.org")
        until = time.strftime("%Y-%m-%d %H:%M", time.gmtime(time.time() + 86_400))
        made = json.loads(desk.run(
            "checkin", "plan", "new", "p", "--alias", "p", "--every", f"{INTERVAL}s", "--grace",
            f"{GRACE}s", "--until", until, "--zone", "Etc/UTC", "--tier", f"0m:{CONTACTS[0]}",
            "--tier", f"1s:{CONTACTS[1]}", "--yes", "--json"))
        self.code = made["code"]
        self.watcher = desk.watch()
        desk.run("checkin", "plan", "arm", "p", "--untested")

    # What the world sees.

    def mails(self, subject):
        """Of each contact: arrival and Message-ID of all copies with such a subject."""
        found = []
        for mail in self.desk.arrivals():
            if mail["subject"].startswith(subject):
                found.append(mail)
        return found

    def overtaken(self, since):
        """Whom a fresh alarm has reached, which withdraws an all-clear that was not delivered."""
        known = {m["id"] for m in self.mails("ALERT") if m["at"] <= since}
        return {m["to"] for m in self.mails("ALERT") if m["at"] > since and m["id"] not in known}

    def wait_for(self, what, subject, since, seconds=120):
        """Until each contact has such a mail that is newer."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            told = {m["to"] for m in self.mails(subject) if m["at"] > since}
            if subject != "ALERT":
                told |= self.overtaken(since)
            if len(told) == len(CONTACTS):
                return
            time.sleep(0.05)
        missing = set(CONTACTS) - {address.split("@")[0] for address in told}
        self.problems.append(
            f"lost: {what} to {', '.join(missing)}; {self.desk.log()[-600:]}")

    def report(self):
        """`amparo ok` once; whether it was confirmed."""
        done = self.desk.call("ok", "--json", option="--code-fd", secret=self.code.encode())
        if done.returncode == 0:
            text = json.loads(done.stdout)["next"]
            due = calendar.timegm(time.strptime(text[:19], "%Y-%m-%dT%H:%M:%S"))
            self.promises.append((time.time(), due + GRACE))
        elif done.returncode != 5:
            self.problems.append(f"ok: exit {done.returncode}: {done.stderr}")
        return done.returncode == 0

    def report_until_confirmed(self):
        end = time.monotonic() + 60
        while not self.report():
            if time.monotonic() > end:
                self.problems.append("no check-in is confirmed")
                return
            time.sleep(0.2)

    # The kill.

    def tracing(self, point):
        _, calls, path, number = point
        words = ["-f", "-o", self.wire, "-e", f"trace={calls}", "-e",
                 f"inject={calls}:signal=SIGKILL:when={number}"]
        if path:
            words += ["-P", os.path.join(self.desk.home, path)]
        return words

    def attach(self, point):
        tracer = subprocess.Popen(
            ["strace", *self.tracing(point), "-p", str(self.watcher.pid)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        tracer.stderr.readline()
        return tracer

    def deaths(self):
        """How many processes strace saw die; the threads of one go together."""
        with open(self.wire) as file:
            count = file.read().count("killed by SIGKILL")
        return count if self.watcher.poll() is None else min(count, 1)

    def was_killed(self, point):
        count = self.deaths()
        self.killed[point] += count
        self.missed[point] += not count

    def end_tracing(self, tracer):
        if tracer.poll() is None:
            tracer.terminate()
        try:
            tracer.wait(5)
        except subprocess.TimeoutExpired:
            # What it traced goes on alone.
            tracer.kill()
            tracer.wait()
        tracer.stderr.close()

    def stop(self):
        self.watcher.send_signal(signal.SIGTERM)
        try:
            self.watcher.wait(20)
        except subprocess.TimeoutExpired:
            self.problems.append("the watcher did not stop")
            self.watcher.kill()
            self.watcher.wait()

    def start_to_death(self, point):
        """Starts a watcher that dies on its way, or is stopped where it does not."""
        self.watcher = self.desk.start(["strace", "-D", *self.tracing(point)])
        socket = os.path.join(self.desk.home, "watch.sock")
        end = time.monotonic() + 30
        while self.watcher.poll() is None and time.monotonic() < end:
            time.sleep(0.02)
            if os.path.exists(socket):
                end = min(end, time.monotonic() + 1)
        if self.watcher.poll() is None:
            self.stop()
        time.sleep(0.1)
        self.was_killed(point)

    def one(self, point):
        """Silence, alerts, a check-in, all-clears, and a kill."""
        phase = point[0]
        since = time.time()
        if phase == "start":
            self.stop()
            time.sleep(self.pick.uniform(0, INTERVAL))
            self.start_to_death(point)
            self.watcher = self.desk.watch()
        elif phase in ("alarm", "courier"):
            time.sleep(self.pick.uniform(0, 1))
            tracer = self.attach(point)
            end = time.monotonic() + INTERVAL + GRACE + 6
            while self.watcher.poll() is None and time.monotonic() < end:
                time.sleep(0.02)
                if self.deaths():
                    break
                if len({m["to"] for m in self.mails("ALERT") if m["at"] > since}) == 2:
                    end = min(end, time.monotonic() + 1)
            self.end_tracing(tracer)
            if phase == "alarm" and self.deaths():
                # Strace sees a thread die before its parent can see the process gone.
                self.watcher.wait(60)
            self.was_killed(point)
            if self.watcher.poll() is not None:
                time.sleep(self.pick.uniform(0, 1))
                self.watcher = self.desk.watch()
        self.wait_for("the alert", "ALERT", since)

        since = reported = time.time()
        if phase == "check-in":
            time.sleep(self.pick.uniform(0, 1))
            tracer = self.attach(point)
            reported = time.time()
            self.report()
            end = time.monotonic() + 4
            while self.watcher.poll() is None and time.monotonic() < end:
                time.sleep(0.02)
            self.end_tracing(tracer)
            self.was_killed(point)
            if self.watcher.poll() is not None:
                self.watcher = self.desk.watch()
        elif phase == "queue":
            self.stop()
            reported = time.time()
            if self.report():
                self.problems.append("a check-in was confirmed by nobody")
            self.start_to_death(point)
            self.watcher = self.desk.watch()
        else:
            self.report_until_confirmed()
        if phase == "stop":
            time.sleep(self.pick.uniform(0, 1.5))
            tracer = self.attach(point)
            self.stop()
            self.end_tracing(tracer)
            self.was_killed(point)
            self.watcher = self.desk.watch()
        # Also what nobody confirmed was heard: it needs no second check-in, unless the machine took
        # so long that its promise is over again before anybody could hear it.
        if time.time() - reported > INTERVAL - 1:
            self.report_until_confirmed()
        self.wait_for("the all-clear", "ALL CLEAR", since)
        self.report_until_confirmed()

    def judge(self):
        """Repeats, and alerts before their time."""
        kills = sum(self.killed.values())
        copies = collections.defaultdict(list)
        for mail in self.desk.arrivals():
            copies[mail["id"]].append(mail)
        repeats = 0
        for mails in copies.values():
            repeats += len(mails) - 1
            for mail in mails[1:]:
                if "Repeat of" not in mail["text"]:
                    self.problems.append(f"a repeat without a label: {mail['subject']}")
            first = mails[0]
            if not first["subject"].startswith("ALERT"):
                continue
            made = email.utils.parsedate_to_datetime(first["date"]).timestamp()
            for told, until in self.promises:
                # Dates are whole seconds, and what was on its way before she reported may arrive.
                if made > told + 1 and first["at"] < until - 1:
                    self.problems.append(
                        f"false: an alert at {first['at']:.1f}, none was due before {until}")
        # Both contacts may be spoken to when the process dies.
        if repeats > kills * len(CONTACTS):
            self.problems.append(f"{repeats} repeats for {kills} kills")
        return repeats

    def run(self, points):
        try:
            self.prepare()
            for point in points:
                before = len(self.problems)
                self.one(point)
                self.problems[before:] = [
                    f"{name(point)}: {text}" for text in self.problems[before:]]
            self.stop()
            repeats = self.judge()
            alerts = len({m["id"] for m in self.mails("ALERT")})
            return self.killed, self.missed, alerts, repeats, self.problems
        except SystemExit as reason:
            # Something did not even start: the other seeds go on.
            return self.killed, self.missed, 0, 0, [*self.problems, f"stopped: {reason}"]
        finally:
            if self.watcher and self.watcher.poll() is None:
                self.watcher.kill()
                self.watcher.wait()
            self.desk.server.stdin.close()
            shutil.rmtree(self.folder, ignore_errors=True)


def work(program, seed, points):
    chosen = points[:]
    random.Random(seed).shuffle(chosen)
    return seed, Trial(program, seed).run(chosen)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--amparo", required=True)
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--points", type=int, default=len(POINTS), help="so many of them, spread")
    parser.add_argument("--only", help="those whose name has this in it")
    parser.add_argument("--jobs", type=int, default=4)
    options = parser.parse_args()
    # Whoever starts this may have blocked what strace is ended with.
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    points = [p for p in POINTS if not options.only or options.only in name(p)]
    points = points[::max(1, len(points) // options.points)][:options.points]
    killed, missed = collections.Counter(), collections.Counter()
    alerts = repeats = 0
    problems = []
    with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        runs = [pool.submit(work, options.amparo, seed, points)
                for seed in range(options.first, options.first + options.seeds)]
        for run in concurrent.futures.as_completed(runs):
            seed, result = run.result()
            killed += result[0]
            missed += result[1]
            alerts += result[2]
            repeats += result[3]
            problems += [f"seed {seed}: {problem}" for problem in result[4]]
            print(f"seed {seed}: {sum(result[0].values())} kills, {result[4] or 'all well'}",
                  file=sys.stderr, flush=True)
    for point in points:
        print(f"{killed[point]:5} {missed[point]:5}  {name(point)}", file=sys.stderr)
    print(
        f"{sum(killed.values())} kills at {len(killed)} places ({sum(missed.values())} times the "
        f"place was not come by), {alerts} alerts: "
        f"{sum('lost' in p for p in problems)} lost, {sum('false' in p for p in problems)} false, "
        f"{repeats} repeats, {sum('without a label' in p for p in problems)} without a label")
    if problems:
        sys.exit("\n".join(problems))


if __name__ == "__main__":
    main()
