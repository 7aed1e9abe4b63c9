#!/usr/bin/env python3
"""Rules on the source tree; one argument names the rule. Prints each breach as path:line: words."""

import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
os.chdir(ROOT)

# Arrows point inward: a module may import those of a lower layer only.
LAYERS = [
    ["CSodium", "CSQLite", "CPlatform", "CCurl", "CArchive", "CQREncode", "CKeyring"],
    ["Wording", "Secrets"],
    ["Platform", "Database", "Primitives", "QR"],
    ["Encoding", "PostQuantum"],
    ["AgeFormat", "AgeStream"],
    ["Age", "Minisign", "Bundles", "Shares", "Passphrases"],
    ["Vault", "CheckIn", "Dispatch"],
    ["Notebook", "Keyring", "Watch", "Delivery", "Risk"],
    ["Editor", "Curriculum"],
    ["CommandLineKit"],
    ["Commands"],
    ["amparo", "amparo-courier", "amparo-bench"],
]
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}

# Who may import what the layers alone would allow to many.
ONLY = {
    "CSodium": {"Secrets", "Primitives"},
    "CSQLite": {"Database"},
    "CPlatform": {"Platform", "Secrets"},
    "CCurl": {"Delivery"},
    "CArchive": {"Bundles"},
    "CQREncode": {"QR"},
    "Delivery": {"amparo-courier"},
    "Database": {"Vault", "Watch"},
    "Glibc": {"Platform", "Delivery"},
}
SYSTEM = {"Glibc", "Synchronization"}
UNSAFE = {"Secrets", "Primitives", "Platform", "Database", "Delivery", "QR", "Bundles"}

LINES = 500


def tracked(*patterns):
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        capture_output=True, text=True, check=True).stdout.splitlines()
    return [name for name in names if os.path.exists(name)]


def module(path):
    parts = pathlib.PurePath(path).parts
    return parts[2] if len(parts) > 3 else ""


def code(path):
    """Lines without comments and without what stands in string literals."""
    block = False
    for number, line in enumerate(pathlib.Path(path).read_text().splitlines(), 1):
        if '"""' in line:
            block = line.count('"""') % 2 == 1 and not block
            continue
        if block:
            continue
        line = re.sub(r'"(\\.|[^"\\])*"', '""', line)
        yield number, line.split("//")[0]


def swift_sources():
    return tracked("Sources/*.swift")


def imports():
    for path in swift_sources():
        here = module(path)
        if here not in RANK:
            yield f"{path}:1: {here} stands in no layer of Tools/check_sources.py"
            continue
        for number, line in code(path):
            found = re.match(r"\s*(?:@\w+ )*(?:internal |package |private |fileprivate |public )?import (\S+)", line)
            if not found:
                continue
            name = found[1].split(".")[0]
            if name in ONLY and here not in ONLY[name]:
                yield f"{path}:{number}: only {', '.join(sorted(ONLY[name]))} may import {name}"
            elif name in SYSTEM:
                continue
            elif name not in RANK:
                yield f"{path}:{number}: {name} is none of our modules"
            elif RANK[name] >= RANK[here]:
                yield f"{path}:{number}: {here} may not import {name}: arrows point inward"


def unsafe():
    for path in swift_sources():
        if module(path) in UNSAFE:
            continue
        for number, line in code(path):
            if re.search(r"\bunsafe\b|nonisolated\(unsafe\)|@safe\b|@unchecked\b|\bunsafeBitCast\b", line):
                yield f"{path}:{number}: unsafe code outside {', '.join(sorted(UNSAFE))}"


def words():
    for path in swift_sources() + tracked("Tests/*.swift"):
        source = path.startswith("Sources/")
        for number, line in code(path):
            if re.search(r"\btry!|\bas!", line):
                yield f"{path}:{number}: force try or cast"
            if source and re.search(r"\b(public|open) (final )?(struct|class|enum|func|protocol|init|let|var|extension|actor)\b", line):
                yield f"{path}:{number}: package is our access level"
            # Our own print throws; the standard library's does not.
            if source and re.search(r"(?<![.\w])(?<!try )(?<!func )print\((?!bytes:)", line):
                yield f"{path}:{number}: print goes around the passed-in world"
    for path in tracked("Sources", "Tests", "Tools", "Docs", "Makefile", "*.md"):
        if path == "Tools/check_sources.py":
            continue
        for number, line in enumerate(pathlib.Path(path).read_text(errors="replace").splitlines(), 1):
            if re.search(r"\b(TODO|FIXME|XXX)\b(?!\s*\(#\d+\))", line) and not path.endswith(".txt"):
                yield f"{path}:{number}: a TODO names an issue"


def size():
    for path in tracked("Sources/*.swift", "Tests/*.swift"):
        count = len(pathlib.Path(path).read_text().splitlines())
        if count > LINES:
            yield f"{path}:1: {count} lines; split it"


def texts():
    count = 0
    for path in swift_sources():
        text = pathlib.Path(path).read_text()
        for found in re.finditer(r"\bText\(\s*en:\s*", text):
            count += 1
            number = text.count("\n", 0, found.start()) + 1
            rest = text[found.end():found.end() + 4000]
            spanish = re.search(r"\bes:\s*(.)", rest, re.S)
            if not spanish:
                yield f"{path}:{number}: a text without Spanish"
            elif re.match(r'es:\s*""(?!")', rest[spanish.start():]) and not rest.startswith('""'):
                yield f"{path}:{number}: an empty Spanish text"
    print(f"({count} texts)")


def names():
    for path in tracked("."):
        if " " in path:
            yield f"{path}:1: a space in a file name"


def documents():
    return tracked("*.md")


def links():
    count = 0
    for path in documents():
        text = pathlib.Path(path).read_text()
        for found in re.finditer(r"\[[^\]]*\]\(([^)\s]+)\)", text):
            target = found[1]
            if re.match(r"[a-z]+:", target) or target.startswith("#"):
                continue
            count += 1
            file = (pathlib.Path(path).parent / target.split("#")[0])
            if not file.exists():
                yield f"{path}:{text.count(chr(10), 0, found.start()) + 1}: no {target}"
    print(f"({count} links)")


def headings(path):
    inside = False
    levels = []
    for line in pathlib.Path(path).read_text().splitlines():
        if line.startswith("```"):
            inside = not inside
        elif not inside and (found := re.match(r"(#+) ", line)):
            levels.append(len(found[1]))
    return levels


def translations():
    """A guide in Spanish has the same tree of headings as its original."""
    pairs = [("README.md", "README.es.md")]
    pairs += [(f"Docs/{name.removeprefix('Docs/es/')}", name) for name in tracked("Docs/es/*.md")]
    pairs += [
        (name.replace("Docs/curriculum/es/", "Docs/curriculum/en/"), name)
        for name in tracked("Docs/curriculum/es/*.md")
    ]
    pairs += [
        (name.replace("/es.md", "/en.md"), name)
        for name in tracked("Sources/Training/Curriculum/Lessons/*/es.md")
    ]
    for original, translation in pairs:
        for path in (original, translation):
            if not os.path.exists(path):
                yield f"{path}:1: missing"
        if os.path.exists(original) and os.path.exists(translation):
            if headings(original) != headings(translation):
                yield f"{translation}:1: other headings than {original}"


def vectors():
    """Conformance data stays outside the tree."""
    for path in tracked("."):
        if re.search(r"(^|/)(age-testkit|age-interop|wycheproof|slip39)/|_test\.json$|testkit", path):
            yield f"{path}:1: conformance data does not belong in the tree"


def main():
    breaches = list(globals()[sys.argv[1]]())
    for breach in breaches:
        print(breach)
    sys.exit(1 if breaches else 0)


main()
