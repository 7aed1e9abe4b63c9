#!/usr/bin/env python3
"""Kills and cuts off a watcher while alerts are due: amparo, and Healthchecks beside it.

    compare_watchers.py --amparo .build/debug/amparo
        [--healthchecks FOLDER [--python FOLDER/venv/bin/python]]
        [--alerts 200] [--kills 6] [--outage 30] [--seed 1]

Both have the same number of alerts due at once, each to a webhook on this machine. In the first run
the sending process is killed (SIGKILL) at random moments and started again. In the second the
receiver is down when the alerts fall due, and comes back after the outage. An alert that has not
arrived when nothing has come for a while is lost. FOLDER is an installed copy of Healthchecks, the
folder with its manage.py; without it that half is skipped, and said to be.
"""
import argparse
import base64
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

from desk import Desk

HERE = pathlib.Path(__file__).resolve().parent


class Receiver:
    """A webhook that keeps each request in a file of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.port = 0
        os.makedirs(folder)
        self.start()

    def start(self):
        self.server = subprocess.Popen(
            ["/usr/bin/python3", str(HERE.parent / "TestSupport/web_server.py"), self.folder,
             "--port", str(self.port)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.server.stdout.readline())

    def stop(self):
        self.server.kill()
        self.server.wait()

    def requests(self):
        for name in sorted(os.listdir(self.folder)):
            if name.endswith(".json"):
                yield json.loads(pathlib.Path(self.folder, name).read_text())

    def count(self):
        return sum(name.endswith(".json") for name in os.listdir(self.folder))


class Amparo:
    name = "amparo"

    def __init__(self, options, folder, receiver):
        self.receiver = receiver
        self.alerts = options.alerts
        self.desk = Desk(options.amparo, os.path.join(folder, "amparo"))
        desk = self.desk
        desk.run("init", "--kdf-memory", "64")
        desk.run("channel", "add", "hook", f"http://127.0.0.1:{receiver.port}/")
        for number in range(self.alerts):
            desk.run("contact", "add", f"contact{number}", "--via", "hook")
        tiers = [
            part for number in range(self.alerts)
            for part in ("--tier", f"0m:contact{number}")]
        until = time.strftime("%Y-%m-%d %H:%M", time.gmtime(time.time() + 86_400))
        desk.run(
            "checkin", "plan", "new", "comparison", "--every", "8s", "--grace", "1s", "--until",
            until, "--zone", "Etc/UTC", *tiers, "--yes", "--json")
        self.process = desk.watch()
        desk.run("checkin", "plan", "arm", "comparison", "--untested")

    def fall_due(self):
        """The promise lapses by itself."""

    def restart(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process = self.desk.watch()

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.desk.server.kill()

    def arrived(self):
        """How many people were told, and how many messages came for it."""
        bodies = [json.loads(body(request)) for request in self.receiver.requests()]
        alerts = [said for said in bodies if said["kind"] == "alert"]
        return len({said["contact"] for said in alerts}), len(alerts)


def body(request):
    return base64.b64decode(request["body"])


SETTING_UP = """
from datetime import timedelta
import json, os
from django.contrib.auth.models import User
from django.utils.timezone import now
from hc.accounts.models import Profile, Project
from hc.api.models import Channel, Check
user = User.objects.create(username="kills", email="kills@example.org")
Profile.objects.for_user(user)
project = Project.objects.create(owner=user)
url = os.environ["COMPARISON_URL"] + "?check=$NAME"
channel = Channel(project=project, kind="webhook", name="comparison")
channel.value = json.dumps({
    "method_down": "POST", "url_down": url, "body_down": "$NAME", "headers_down": {},
    "method_up": "GET", "url_up": "", "body_up": "", "headers_up": {}})
channel.save()
for number in range(int(os.environ["COMPARISON_ALERTS"])):
    check = Check(project=project, name=f"check{number}")
    check.kind = "simple"
    check.timeout = timedelta(minutes=1)
    check.grace = timedelta(minutes=1)
    check.status = "up"
    check.last_ping = now() - timedelta(minutes=5)
    check.alert_after = now() - timedelta(minutes=3)
    check.save()
    channel.checks.add(check)
"""


class Healthchecks:
    name = "Healthchecks"

    def __init__(self, options, folder, receiver):
        self.receiver = receiver
        self.place = os.path.abspath(options.healthchecks)
        venv = os.path.join(self.place, "venv/bin/python")
        self.python = options.python or (venv if os.path.exists(venv) else sys.executable)
        self.log = open(os.path.join(folder, "healthchecks.log"), "ab")
        self.environment = {
            "PATH": "/usr/bin:/bin", "DB": "sqlite", "DB_NAME": os.path.join(folder, "hc.sqlite"),
            "SECRET_KEY": "comparison", "DEBUG": "False", "ALLOWED_HOSTS": "*",
            "SITE_ROOT": "http://127.0.0.1:8000", "INTEGRATIONS_ALLOW_PRIVATE_IPS": "True",
            "COMPARISON_URL": f"http://127.0.0.1:{receiver.port}/",
            "COMPARISON_ALERTS": str(options.alerts)}
        self.run("migrate")
        self.run("shell", "-c", SETTING_UP)
        self.process = None

    def run(self, *arguments):
        subprocess.run(
            [self.python, "manage.py", *arguments], cwd=self.place, env=self.environment,
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, check=True)

    def fall_due(self):
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [self.python, "manage.py", "sendalerts"], cwd=self.place, env=self.environment,
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)

    def restart(self):
        self.process.kill()
        self.process.wait()
        self.start()

    def stop(self):
        self.process.kill()
        self.process.wait()

    def arrived(self):
        names = [body(request).decode() for request in self.receiver.requests()]
        names = [name for name in names if name.startswith("check")]
        return len(set(names)), len(names)


def quiet(receiver, alerts, seconds=150):
    """Waits until all is there, or nothing more comes."""
    last, since = receiver.count(), time.monotonic()
    while time.monotonic() - since < seconds:
        time.sleep(0.5)
        if receiver.count() != last:
            last, since = receiver.count(), time.monotonic()
        # Repeats may come still; what is lost is known sooner.
        if last >= alerts and time.monotonic() - since > 5:
            return


def kills(kind, options, folder):
    receiver = Receiver(os.path.join(folder, "taken"))
    watcher = kind(options, folder, receiver)
    pick = random.Random(options.seed)
    watcher.fall_due()
    end = time.monotonic() + 300
    while receiver.count() == 0:
        if time.monotonic() > end:
            sys.exit(f"{kind.name}: no alert at all")
        time.sleep(0.01)
    for _ in range(options.kills):
        time.sleep(pick.uniform(0.05, 0.6))
        watcher.restart()
    quiet(receiver, options.alerts)
    told, messages = watcher.arrived()
    watcher.stop()
    receiver.stop()
    return told, messages


def outage(kind, options, folder):
    receiver = Receiver(os.path.join(folder, "taken"))
    watcher = kind(options, folder, receiver)
    receiver.stop()
    watcher.fall_due()
    # The first attempts find nobody.
    time.sleep(12 + options.outage)
    receiver.start()
    quiet(receiver, options.alerts)
    told, messages = watcher.arrived()
    watcher.stop()
    receiver.stop()
    return told, messages


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--amparo", required=True)
    parser.add_argument("--healthchecks")
    parser.add_argument("--python")
    parser.add_argument("--alerts", type=int, default=200)
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--outage", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    kinds = [Amparo]
    if options.healthchecks:
        kinds.append(Healthchecks)
    else:
        print("Healthchecks: skipped, no copy was named (--healthchecks FOLDER)")
    lost = 0
    for kind in kinds:
        for run in (kills, outage):
            folder = tempfile.mkdtemp(prefix="compare-")
            try:
                told, messages = run(kind, options, folder)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
            print(
                f"{kind.name}, {run.__name__}: {options.alerts} due, "
                f"{options.alerts - told} lost, {messages - told} repeats", flush=True)
            if kind is Amparo:
                lost += options.alerts - told
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
