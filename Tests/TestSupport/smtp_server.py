"""A real SMTP server for one test: aiosmtpd on a free loopback port, with manners to choose.

Prints its port on the first line, keeps every message it accepted in FOLDER as N.eml with N.json
beside it (envelope, greeting, login), and ends when its standard input does.
"""
import argparse
import asyncio
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--tls", choices=["off", "starttls", "whole"], default="off")
parser.add_argument("--certificate")
parser.add_argument("--key")
parser.add_argument("--user")
parser.add_argument("--password")
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=0)
parser.add_argument("--manner", default="kind", choices=[
    "kind",
    "greylist",      # 451 to the first recipients (--times), then kind
    "busy",          # 421 in place of a greeting
    "refuse",        # 550 to every recipient
    "refuse-data",   # 554 after the message
    "mute",          # accepts the connection and says nothing
    "stall",         # takes the message and never answers
    "drop",          # takes the message and hangs up without an answer
    "keep-and-drop", # keeps the message and hangs up without an answer
    "senseless",     # does not speak SMTP
    "banned",        # 554 in place of a greeting
    "banned-ehlo",   # greets, then 550
    "banned-cut",    # greets, then half an answer of 550, and hangs up
])
parser.add_argument("--times", type=int, default=1)
options = parser.parse_args()


class Handler:
    def __init__(self):
        self.kept = len([name for name in os.listdir(options.folder) if name.endswith(".eml")])
        self.asked = 0

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        self.asked += 1
        if options.manner == "refuse":
            return "550 5.1.1 no such mailbox here"
        if options.manner == "greylist" and self.asked <= options.times:
            return "451 4.7.1 greylisted, try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if options.manner == "refuse-data":
            return "554 5.6.0 message refused"
        if options.manner == "stall":
            await asyncio.sleep(600)
        if options.manner != "drop":
            self.keep(session, envelope)
        if options.manner in ("drop", "keep-and-drop"):
            server.transport.abort()
            await asyncio.sleep(1)
        return "250 OK kept"

    def keep(self, session, envelope):
        self.kept += 1
        path = os.path.join(options.folder, str(self.kept))
        login = session.auth_data.login.decode() if session.auth_data else None
        with open(path + ".json", "w", encoding="utf-8") as file:
            json.dump({
                "from": envelope.mail_from, "to": envelope.rcpt_tos,
                "greeting": session.host_name, "login": login,
                "encrypted": server_is_encrypted(session)}, file)
        with open(path + ".part", "wb") as file:
            file.write(envelope.original_content)
        os.rename(path + ".part", path + ".eml")


def server_is_encrypted(session):
    return session.ssl is not None or options.tls == "whole"


def authenticator(server, session, envelope, mechanism, data):
    if not isinstance(data, LoginPassword):
        return AuthResult(success=False, handled=False)
    good = (data.login.decode(), data.password.decode()) == (options.user, options.password)
    return AuthResult(success=good, handled=False, auth_data=data if good else None)


class Raw(asyncio.Protocol):
    """Manners that no SMTP server has."""

    def connection_made(self, transport):
        if options.manner == "busy":
            transport.write(b"421 4.3.2 too busy, come back later\r\n")
            transport.close()
        if options.manner == "banned":
            transport.write(b"554 5.7.1 no\r\n")
        if options.manner in ("banned-ehlo", "banned-cut"):
            transport.write(b"220 mail.test\r\n")
        self.transport = transport
        if options.manner == "senseless":
            transport.write(b"HTTP/1.1 200 OK\r\n\r\n\x00\x1b[31m" + b"x" * 5000 + b"\r\n")

    def data_received(self, data):
        if options.manner == "banned-ehlo":
            self.transport.write(b"550 5.7.1 no\r\n")
        if options.manner == "banned-cut":
            self.transport.write(b"550-5.7.1 no\r\n")
            self.transport.close()


async def main():
    context = None
    if options.tls != "off":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate, options.key)
    handler = Handler()

    def protocol():
        if options.manner in ("mute", "busy", "senseless") or options.manner.startswith("banned"):
            return Raw()
        return SMTP(
            handler, hostname="mail.test", enable_SMTPUTF8=False,
            tls_context=context if options.tls == "starttls" else None,
            require_starttls=options.tls == "starttls",
            auth_required=options.user is not None,
            auth_require_tls=options.tls == "starttls",
            authenticator=authenticator if options.user else None)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        protocol, options.host, options.port,
        ssl=context if options.tls == "whole" else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.buffer.read)
    os._exit(0)


asyncio.run(main())
