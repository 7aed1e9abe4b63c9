"""A SOCKS5 proxy for one test on a free loopback port: it resolves every name to 127.0.0.1.

Prints its port on the first line and ends when its standard input does. Each request goes to FOLDER
as N.json: kind of address, name, port, user and password. `--refuse` answers "host unreachable".
Source: RFC 1928, RFC 1929.
"""
import argparse
import json
import os
import socket
import sys
import threading

parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--refuse", action="store_true")
options = parser.parse_args()
lock = threading.Lock()
count = 0


def exactly(stream, size):
    data = b""
    while len(data) < size:
        more = stream.recv(size - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def pump(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def serve(client):
    global count
    _, methods = exactly(client, 2)
    offered = exactly(client, methods)
    user = password = ""
    if 2 in offered:
        client.sendall(b"\x05\x02")
        user = exactly(client, exactly(client, 2)[1]).decode()
        password = exactly(client, exactly(client, 1)[0]).decode()
        client.sendall(b"\x01\x00")
    else:
        client.sendall(b"\x05\x00")
    kind = exactly(client, 4)[3]
    if kind == 3:
        name = exactly(client, exactly(client, 1)[0]).decode()
    else:
        name = exactly(client, 4 if kind == 1 else 16).hex()
    port = int.from_bytes(exactly(client, 2), "big")
    with lock:
        count += 1
        path = os.path.join(options.folder, f"{count}.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({
            "kind": kind, "name": name, "port": port, "user": user, "password": password}, file)
    if options.refuse:
        client.sendall(b"\x05\x04\x00\x01" + bytes(6))
        return
    server = socket.create_connection(("127.0.0.1", port))
    client.sendall(b"\x05\x00\x00\x01" + bytes(6))
    threading.Thread(target=pump, args=(server, client), daemon=True).start()
    pump(client, server)


def guarded(client):
    try:
        serve(client)
    except (OSError, EOFError):
        pass
    finally:
        pass


def accept(listener):
    while True:
        client, _ = listener.accept()
        threading.Thread(target=guarded, args=(client,), daemon=True).start()


listener = socket.create_server(("127.0.0.1", 0))
threading.Thread(target=accept, args=(listener,), daemon=True).start()
print(listener.getsockname()[1], flush=True)
sys.stdin.buffer.read()
os._exit(0)
