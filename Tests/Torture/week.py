#!/usr/bin/env python3
"""A week of a plan at 10,000 times its speed, with everything going wrong at random.

    week.py --amparo .build/debug/amparo [--weeks 10] [--seed 1] [--speed 10000] [--days 7]

The real program in a practice world, whose clock runs: a check-in is due every twelve hours, with a
grace of four. The watcher is killed, stopped for a while (SIGSTOP) and started again, the mail
server goes away and comes back, she reports in time, late, or not for days. Mails go through the
real courier to a real SMTP server.

False is an alert that was begun although what `amparo ok` had confirmed still held. Lost is a silence
that lasted while watcher and server were there for long enough, and whose alert did not come; and a
contact whose last word is not the true one in the end.
"""
import argparse
import calendar
import collections
import email.utils
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

from desk import HERE, Desk

HOUR = 3_600
INTERVAL, GRACE = 12 * HOUR, 4 * HOUR
CONTACTS = ("marta", "abogado")


class Week(Desk):
    """The desk of a practice world."""

    def __init__(self, program, folder, seed, speed):
        super().__init__(program, folder)
        self.pick = random.Random(seed)
        self.speed = speed
        self.environment = {
            "HOME": folder, "LANG": "en_US.UTF-8", "TZ": "UTC", "PATH": "/usr/bin:/bin"}
        made = subprocess.run(
            [self.program, "practice", "start", "--no-shell", "--json"], env=self.environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True)
        self.world = json.loads(made.stdout)["folder"]
        self.home = os.path.join(self.world, "home")
        self.environment |= {"AMPARO_PRACTICE": self.world, "AMPARO_HOME": self.home}
        self.passphrase = self.file("FRASE-PASSPHRASE-PRACTICA.txt").strip().encode()
        # The watcher of this world is ours to start and to kill.
        off = os.path.join(self.world, "watch.off")
        open(off, "w").close()
        while os.path.exists(os.path.join(self.home, "watch.sock")):
            time.sleep(0.05)
        time.sleep(0.2)
        os.unlink(off)
        # Who is there, and since when all of it was: spans of the machine's time.
        self.watcher, self.good_since, self.calm = None, None, []
        self.promises, self.problems = [], []
        # How long a program takes here and now: whoever is alerted may wait for a few of them.
        self.slowest = 0
        self.counts = collections.Counter()

    def file(self, name):
        with open(os.path.join(self.world, name)) as file:
            return file.read()

    def command(self, arguments, option="--passphrase-fd", secret=None):
        return super().command(arguments, option, secret or self.passphrase)

    # Time.

    def in_world(self, machine):
        """The world's seconds at a moment of the machine's clock."""
        stretch = self.file("clock").splitlines()[-1].split()
        start, world, pace = (int(word) for word in stretch[1:])
        return (world + (machine * 1_000 - start) * pace) / 1_000

    def real(self, world_seconds):
        return world_seconds / self.speed

    # The plan.

    def prepare(self):
        for contact in CONTACTS:
            self.run("contact", "add", contact, "--email", f"{contact}@example.org")
        self.run("channel", "add", "correo", f"smtp://127.0.0.1:{self.port}?from=me@example.org")
        until = time.strftime("%Y-%m-%d %H:%M", time.gmtime(time.time() + 60 * 86_400))
        made = json.loads(self.run(
            "checkin", "plan", "new", "semana", "--alias", "semana", "--every", "12h", "--grace",
            "4h", "--until", until, "--zone", "Etc/UTC", "--tier", f"0m:{CONTACTS[0]}", "--tier",
            f"2h:{CONTACTS[1]}", "--yes", "--json"))
        self.code = made["code"]
        self.appear()
        armed = json.loads(self.run("checkin", "plan", "arm", "semana", "--untested", "--json"))
        self.promise(armed["next"], time.time())
        self.run("practice", "clock", "--speed", str(self.speed))

    def promise(self, due, told):
        due = calendar.timegm(time.strptime(due[:19], "%Y-%m-%dT%H:%M:%S"))
        self.promises.append({"told": told, "until": due + GRACE})

    # What goes wrong.

    def mark(self, good):
        now = time.time()
        if good and self.good_since is None:
            self.good_since = now
        elif not good and self.good_since is not None:
            self.calm.append((self.good_since, now))
            self.good_since = None

    def appear(self):
        self.watcher = self.watch()
        self.mark(self.server.poll() is None)

    def vanish(self):
        self.mark(False)
        self.watcher.kill()
        self.watcher.wait()
        self.watcher = None

    def serve(self):
        self.server = subprocess.Popen(
            ["/usr/bin/python3", str(HERE.parent / "TestSupport/smtp_server.py"), self.mails,
             "--port", str(self.port)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.server.stdout.readline()
        self.mark(self.watcher is not None)

    def cut_off(self):
        self.mark(False)
        self.server.kill()
        self.server.wait()

    def weather(self, end):
        """Until then: deaths, pauses and cut lines, one at a time or together."""
        while time.time() < end:
            time.sleep(self.pick.uniform(0.2, 2.5))
            what = self.pick.choice(["killed", "suspended", "cut off", "both"])
            self.counts[what] += 1
            length = self.pick.choice([self.pick.uniform(0.02, 0.3), self.pick.uniform(0.3, 2)])
            if what == "suspended":
                self.mark(False)
                self.watcher.send_signal(signal.SIGSTOP)
                time.sleep(length)
                self.watcher.send_signal(signal.SIGCONT)
                self.mark(True)
                continue
            if what in ("cut off", "both"):
                self.cut_off()
            if what in ("killed", "both"):
                self.vanish()
            time.sleep(length)
            if what in ("killed", "both"):
                self.appear()
            if what in ("cut off", "both"):
                self.serve()

    # She.

    def report(self):
        began = time.monotonic()
        done = self.call("ok", "semana", "--json", option="--code-fd", secret=self.code.encode())
        # One that waited for a stopped watcher says nothing about the machine.
        if self.good_since is not None:
            self.slowest = max(self.slowest, min(time.monotonic() - began, 10))
        if done.returncode == 0:
            self.promise(json.loads(done.stdout)["next"], time.time())
            self.counts["confirmed"] += 1
        elif done.returncode == 5:
            self.counts["queued"] += 1
        else:
            self.problems.append(f"ok: exit {done.returncode}: {done.stderr}")

    def life(self, end):
        while time.time() < end:
            gap = self.pick.choice(
                [self.pick.uniform(0.1, 0.8)] * 6 + [self.pick.uniform(0.8, 1.3)] * 2
                + [self.pick.uniform(2, 4)] * 2)
            time.sleep(min(self.real(gap * INTERVAL), max(0, end - time.time())))
            if time.time() < end:
                self.report()

    def live(self, days):
        end = time.time() + self.real(days * 86_400)
        storm = threading.Thread(target=self.weather, args=(end,))
        storm.start()
        self.life(end)
        storm.join()
        # A last sign of life, and silence in fair weather.
        while not self.counts["last"]:
            before = self.counts["confirmed"]
            self.report()
            self.counts["last"] = self.counts["confirmed"] - before
        time.sleep(self.real(INTERVAL + GRACE + 2 * HOUR + GRACE) + 6 + 3 * self.slowest)
        self.mark(False)

    # The oracle.

    def judge(self):
        mails = [m for m in self.arrivals() if "ALERT" in m["subject"] or "ALL CLEAR" in m["subject"]]
        firsts, alerts = set(), []
        for mail in mails:
            self.counts["mails"] += 1
            if mail["id"] in firsts:
                self.counts["repeats"] += 1
                if "Repeat of" not in mail["text"]:
                    self.problems.append(f"a repeat without a label: {mail['subject']}")
                continue
            firsts.add(mail["id"])
            if "ALERT" in mail["subject"]:
                alerts.append(mail)
        self.counts["alerts"] = len(alerts)
        for mail in alerts:
            begun = email.utils.parsedate_to_datetime(mail["date"]).timestamp()
            for promise in self.promises:
                if self.in_world(promise["told"]) < begun < promise["until"] - 1:
                    self.problems.append(
                        f"false: an alert begun {begun}, promised until {promise['until']}")
        self.silences(alerts)
        for contact in CONTACTS:
            heard = [m["subject"] for m in mails if m["to"].startswith(contact)]
            if not heard or "ALERT" not in heard[-1]:
                self.problems.append(f"lost: in the end {contact} believes {heard[-1:]}")

    def silences(self, alerts):
        """Every silence during which all was there for long enough was heard of."""
        # The longest hold is as long as the grace; a busy machine takes some seconds more.
        patience = self.real(GRACE + HOUR) + 2 + 3 * self.slowest
        told = [self.promises[0], *self.promises[1:]]
        for index, promise in enumerate(told):
            lapse = time.time() - self.real(self.in_world(time.time()) - promise["until"])
            over = told[index + 1]["told"] if index + 1 < len(told) else time.time()
            if not any(min(end, over) - max(begin, lapse) > patience for begin, end in self.calm):
                continue
            self.counts["silences"] += 1
            if not any(m["to"].startswith(CONTACTS[0]) and promise["told"] < m["at"] <= over
                       for m in alerts):
                self.problems.append(f"lost: silent from {lapse:.1f} to {over:.1f}")

    def end(self):
        if self.watcher:
            self.watcher.send_signal(signal.SIGTERM)
            self.watcher.wait(20)
        if self.server.poll() is None:
            self.server.stdin.close()
            self.server.wait(10)
        subprocess.run(
            [self.program, "practice", "end", "--yes"], env=self.environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--amparo", required=True)
    parser.add_argument("--weeks", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--speed", type=int, default=10_000)
    parser.add_argument("--days", type=float, default=7)
    options = parser.parse_args()
    counts, problems = collections.Counter(), []
    for seed in range(options.seed, options.seed + options.weeks):
        folder = tempfile.mkdtemp(prefix="amparo-week-")
        week = Week(options.amparo, folder, seed, options.speed)
        try:
            week.prepare()
            week.live(options.days)
            week.judge()
            if week.problems:
                print(week.log(), file=sys.stderr)
        finally:
            week.end()
            shutil.rmtree(folder, ignore_errors=True)
        counts += week.counts
        problems += [f"seed {seed}: {problem}" for problem in week.problems]
        print(f"seed {seed}: {dict(week.counts)}", file=sys.stderr, flush=True)
    print(
        f"{options.weeks} times {options.days:g} days at {options.speed} times their speed: "
        f"{counts['killed'] + counts['both']} kills, {counts['suspended']} pauses, "
        f"{counts['cut off'] + counts['both']} times cut off, {counts['confirmed']} check-ins "
        f"confirmed, {counts['queued']} queued, {counts['silences']} long silences, "
        f"{counts['alerts']} alerts: {sum('lost' in p for p in problems)} lost, "
        f"{sum('false' in p for p in problems)} false, {counts['repeats']} repeats, "
        f"{sum('without a label' in p for p in problems)} without a label")
    if problems:
        sys.exit("\n".join(problems))


if __name__ == "__main__":
    main()
