"""A journalist's machine for the scripts beside: the program, a home, a watcher, real mail.

The mails go to a real SMTP server that writes each into a folder of its own.
"""
import collections
import email
import email.policy
import os
import pathlib
import subprocess
import sys
import time

PASSPHRASE = b"caminos de tierra y agua clara"
HERE = pathlib.Path(__file__).resolve().parent


class Desk:
    def __init__(self, program, folder):
        self.program = os.path.abspath(program)
        self.folder = folder
        self.home = os.path.join(folder, "home")
        self.mails = os.path.join(folder, "mails")
        os.makedirs(self.mails)
        self.read = []
        self.server = subprocess.Popen(
            ["/usr/bin/python3", str(HERE.parent / "TestSupport/smtp_server.py"), self.mails],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.server.stdout.readline())
        self.environment = {
            "HOME": self.home, "LANG": "en_US.UTF-8", "TZ": "UTC", "PATH": "/usr/bin:/bin",
            "AMPARO_HOME": self.home}

    def command(self, arguments, option="--passphrase-fd", secret=PASSPHRASE):
        read, write = os.pipe()
        os.write(write, secret)
        os.close(write)
        return [self.program, *arguments, option, str(read)], read

    def call(self, *arguments, **secret):
        """One run to its end, whatever its exit code."""
        command, read = self.command(arguments, **secret)
        done = subprocess.run(
            command, pass_fds=[read], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=self.environment, text=True)
        os.close(read)
        return done

    def run(self, *arguments):
        """One run that has to work; what it printed."""
        done = self.call(*arguments)
        if done.returncode != 0:
            sys.exit(f"{arguments}: exit {done.returncode}: {done.stderr}")
        return done.stdout

    def report(self, code):
        """`amparo ok` with this code."""
        return self.call("ok", option="--code-fd", secret=code.encode())

    def start(self, before=()):
        """Starts the watcher, by another program if one is named."""
        command, read = self.command(["watch"])
        with open(os.path.join(self.folder, "watch.log"), "ab") as log:
            process = subprocess.Popen(
                [*before, *command], pass_fds=[read], stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, env=self.environment)
        os.close(read)
        return process

    def watch(self):
        """Starts the watcher and waits until it answers."""
        socket = os.path.join(self.home, "watch.sock")
        if os.path.exists(socket):
            os.unlink(socket)
        process = self.start()
        end = time.monotonic() + 60
        while not os.path.exists(socket):
            if process.poll() is not None or time.monotonic() > end:
                sys.exit(f"the watcher did not start: {self.log()}")
            time.sleep(0.005)
        return process

    def log(self):
        return pathlib.Path(self.folder, "watch.log").read_text()[-2000:]

    def arrivals(self):
        """All mails in the order of arrival; each is read once."""
        names = sorted(
            (int(name[:-4]) for name in os.listdir(self.mails) if name.endswith(".eml")))
        for number in names[len(self.read):]:
            path = os.path.join(self.mails, f"{number}.eml")
            with open(path, "rb") as file:
                mail = email.message_from_binary_file(file, policy=email.policy.SMTP)
            self.read.append({
                "to": str(mail["To"]), "id": str(mail["Message-ID"]),
                "subject": str(mail["Subject"]), "date": str(mail["Date"]),
                "text": mail.get_body(("plain",)).get_content(), "at": os.stat(path).st_mtime})
        return self.read

    def received(self, label):
        """Message-IDs and texts by contact, for one plan, in the order of arrival."""
        found = collections.defaultdict(list)
        for mail in self.arrivals():
            if label in mail["text"] or label in mail["subject"]:
                found[mail["to"]].append((mail["id"], mail["text"]))
        return found
