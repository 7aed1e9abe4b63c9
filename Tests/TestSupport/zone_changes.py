"""Prints every change of every zone in a folder of TZif files, as Python's zoneinfo reads them.

Usage: zone_changes.py FOLDER FROM_YEAR TO_YEAR; one line per zone: NAME OFFSET_AT_START AT:OFFSET ...
"""
import os
import sys
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

folder, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
start = int(datetime(first, 1, 1, tzinfo=timezone.utc).timestamp())
end = int(datetime(last, 1, 1, tzinfo=timezone.utc).timestamp())
# No zone changes twice within less than this.
STEP = 4 * 86400


def changes(zone):
    def offset(at):
        return int(datetime.fromtimestamp(at, zone).utcoffset().total_seconds())

    low, before = start, offset(start)
    line = [str(before)]
    while low < end:
        high = min(low + STEP, end)
        after = offset(high)
        if after != before:
            left, right = low, high
            while right - left > 1:
                middle = (left + right) // 2
                if offset(middle) == before:
                    left = middle
                else:
                    right = middle
            line.append("%d:%d" % (right, after))
        low, before = high, after
    return " ".join(line)


known = {}
for root, _, files in os.walk(folder):
    for name in files:
        path = os.path.join(root, name)
        with open(path, "rb") as file:
            data = file.read()
        if data not in known:
            with open(path, "rb") as file:
                known[data] = changes(ZoneInfo.from_file(file))
        print(os.path.relpath(path, folder), known[data])
