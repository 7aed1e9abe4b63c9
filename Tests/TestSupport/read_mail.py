"""Reads one mail with Python's email package, strictly, and prints what a person would see.

Usage: read_mail.py FILE FOLDER: JSON on standard output, attachments as files in FOLDER.
"""
import email
import email.policy
import json
import os
import sys

with open(sys.argv[1], "rb") as file:
    raw = file.read()
message = email.message_from_bytes(raw, policy=email.policy.SMTP)
defects = [str(defect) for part in message.walk() for defect in part.defects]
defects += [
    "%s: %s" % (name, defect) for name, value in message.items()
    for defect in getattr(value, "defects", [])]
attachments = []
for part in message.iter_attachments():
    name = part.get_filename()
    with open(os.path.join(sys.argv[2], os.path.basename(name)), "wb") as file:
        file.write(part.get_payload(decode=True))
    attachments.append({"name": name, "type": part.get_content_type()})
body = message.get_body(("plain",))
print(json.dumps({
    "from": str(message["From"]), "to": str(message["To"]), "subject": str(message["Subject"]),
    "date": str(message["Date"]), "id": str(message["Message-ID"]),
    "headers": message.keys(), "text": body.get_content() if body else None,
    "attachments": attachments, "defects": defects,
    "longest": max(len(line) for line in raw.split(b"\r\n")),
    "bare": raw.replace(b"\r\n", b"").count(b"\n") + raw.replace(b"\r\n", b"").count(b"\r"),
    "ascii": all(byte < 128 for byte in raw)}))
