"""A web server for one test on a free loopback port, with styles and manners to choose.

Prints its port on the first line, keeps every request it read whole in FOLDER as N.json (method,
target, headers, body in base64), and ends when its standard input does. The styles answer as the
services do whose interfaces they have: ntfy, Telegram's bots, Twilio's messages.
"""
import argparse
import base64
import http.server
import json
import os
import socket
import ssl
import sys
import threading
import time
import urllib.parse

parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--style", choices=["plain", "ntfy", "telegram", "twilio"], default="plain")
parser.add_argument("--certificate")
parser.add_argument("--key")
parser.add_argument("--user", default="")
parser.add_argument("--secret", default="")
parser.add_argument("--port", type=int, default=0)
parser.add_argument("--manner", default="kind", choices=[
    "kind",
    "status",         # --status with --answer, to the first requests (--times), then kind
    "redirect",       # 302 to another path of this server, which would take the message
    "moved",          # 301, likewise
    "mute",           # accepts the connection and says nothing
    "slow-tls",       # accepts the connection and never shakes hands
    "stall",          # reads the request and never answers
    "drop",           # reads the request and hangs up without an answer
    "cut",            # hangs up in the middle of the answer
    "endless",        # an answer without an end
    "senseless",      # does not speak HTTP
])
parser.add_argument("--status", type=int, default=500)
parser.add_argument("--answer", default="")
parser.add_argument("--retry-after", default="")
parser.add_argument("--times", type=int, default=1_000_000)
options = parser.parse_args()
lock = threading.Lock()
count = len([name for name in os.listdir(options.folder) if name.endswith(".json")])
seen = 0


def keep(handler, body):
    global count
    with lock:
        count += 1
        path = os.path.join(options.folder, str(count))
    with open(path + ".part", "w", encoding="utf-8") as file:
        json.dump({
            "method": handler.command, "target": handler.path,
            "headers": {name.lower(): value for name, value in handler.headers.items()},
            "body": base64.b64encode(body).decode()}, file)
    os.rename(path + ".part", path + ".json")


def basic(handler):
    head = handler.headers.get("Authorization", "")
    if not head.startswith("Basic "):
        return None
    return base64.b64decode(head[6:]).decode()


def ntfy(handler, body):
    if options.secret:
        wanted = f"{options.user}:{options.secret}"
        bearer = handler.headers.get("Authorization") == "Bearer " + options.secret
        if not (basic(handler) == wanted if options.user else bearer):
            return 401, {"code": 40101, "http": 401, "error": "unauthorized"}
    message = json.loads(body)
    if handler.path != "/" or not message.get("topic"):
        return 400, {"code": 40009, "http": 400, "error": "invalid topic"}
    return 200, {
        "id": "sPs71M8A2T", "time": 1735686000, "expires": 1735729200, "event": "message",
        "topic": message["topic"], "message": message["message"]}


def telegram(handler, body):
    if handler.path != f"/bot{options.secret}/sendMessage":
        return 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
    message = json.loads(body)
    if message["chat_id"] == "404":
        return 400, {
            "ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
    return 200, {"ok": True, "result": {"message_id": 7, "text": message["text"]}}


def twilio(handler, body):
    if basic(handler) != f"{options.user}:{options.secret}":
        return 401, {"code": 20003, "message": "Authenticate", "status": 401}
    fields = dict(urllib.parse.parse_qsl(body.decode(), strict_parsing=True))
    if handler.path != f"/2010-04-01/Accounts/{options.user}/Messages.json":
        return 404, {"code": 20404, "status": 404}
    if not fields.get("To") or not fields.get("Body"):
        return 400, {"code": 21604, "status": 400}
    return 201, {"sid": "SM1", "status": "queued", "to": fields["To"]}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        self.do_POST()

    def do_POST(self):
        global seen
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with lock:
            seen += 1
            number = seen
        manner = options.manner
        if manner == "stall":
            time.sleep(600)
        if manner == "drop":
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        if manner == "status" and number <= options.times:
            headers = {"Retry-After": options.retry_after} if options.retry_after else {}
            return self.answer(options.status, options.answer.encode(), headers)
        if manner in ("redirect", "moved") and self.path != "/elsewhere":
            return self.answer(
                301 if manner == "moved" else 302, b"", {"Location": "/elsewhere"})
        if options.style == "plain":
            keep(self, body)
            status, said = 200, b"taken"
        else:
            status, said = globals()[options.style](self, body)
            if status < 300:
                keep(self, body)
            said = json.dumps(said, separators=(",", ":")).encode()
        if manner == "cut":
            self.send_response(status)
            self.send_header("Content-Length", "5000")
            self.end_headers()
            self.wfile.write(said)
            self.close_connection = True
            return
        if manner == "endless":
            self.send_response(status)
            self.send_header("Content-Length", "99999999999")
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"x" * 65536)
            except OSError:
                self.close_connection = True
            return
        self.answer(status, said, {})

    def answer(self, status, body, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, address):
        pass

    def finish_request(self, request, address):
        if options.manner in ("mute", "slow-tls"):
            time.sleep(600)
        if options.manner == "senseless":
            request.sendall(b"220 mail.test ESMTP\r\n\x00\x1b[31m" + b"x" * 5000 + b"\r\n")
            time.sleep(0.2)
            return
        if options.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(options.certificate, options.key)
            request = context.wrap_socket(request, server_side=True)
        super().finish_request(request, address)


server = Server(("127.0.0.1", options.port), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.buffer.read()
os._exit(0)
