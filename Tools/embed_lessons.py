#!/usr/bin/env python3
"""Puts the lessons into the program, from the texts that trainers read and correct.

Sources/Training/Curriculum/Lessons/NN-name/{en,es}.md and Docs/curriculum/{en,es}/trainer-guide.md
-> Sources/Training/Curriculum/Texts/*.swift

Without arguments it writes; with --check it says what is not fresh, and ends with 1 if anything is.
"""

import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent
ROOT = TREE / "Sources/Training/Curriculum"
NOTE = (
    "// swift-format-ignore-file\n"
    "// Written by Tools/embed_lessons.py from {}: change the texts there.\n"
)


def literal(path):
    text = path.read_text()
    if '"""#' in text or "\\#" in text:
        sys.exit(f"{path}: cannot stand in a string literal")
    lines = "\n".join("            " + line if line else "" for line in text.splitlines())
    # The last line break belongs to the text.
    return f'#"""\n{lines}\n\n            """#'


def source(name, origin, texts):
    strings = "".join(
        f"    private static let {name}{language} =\n        {literal(path)}\n" for language, path in texts)
    return (
        NOTE.format(origin) + "internal import Wording\n\nextension Course {\n"
        + f"    static let {name} = Text(en: {name}English, es: {name}Spanish)\n\n{strings}}}\n"
    )


def lesson(folder):
    return source(
        f"lesson{folder.name[:2]}", f"Lessons/{folder.name}/{{en,es}}.md",
        [("English", folder / "en.md"), ("Spanish", folder / "es.md")])


def guide():
    folder = TREE / "Docs/curriculum"
    return source(
        "guide", "Docs/curriculum/{en,es}/trainer-guide.md",
        [("English", folder / "en/trainer-guide.md"), ("Spanish", folder / "es/trainer-guide.md")])


def table(folders):
    names = "".join(f"        lesson{folder.name[:2]},\n" for folder in folders)
    return (
        NOTE.format("Lessons")
        + "internal import Wording\n\nextension Course {\n"
        + f"    static var texts: [Text] {{\n        [\n{names.replace('        ', '            ')}"
        + "        ]\n    }\n}\n"
    )


def main():
    folders = sorted(path for path in (ROOT / "Lessons").iterdir() if path.is_dir())
    wanted = {f"Lesson{folder.name[:2]}.swift": lesson(folder) for folder in folders}
    wanted["Lessons.swift"] = table(folders)
    wanted["TrainerGuide.swift"] = guide()
    texts = ROOT / "Texts"
    texts.mkdir(exist_ok=True)
    present = {path.name: path.read_text() for path in texts.iterdir()}
    stale = sorted(name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name))
    if "--check" in sys.argv[1:]:
        for name in stale:
            print(f"Sources/Training/Curriculum/Texts/{name}:1: not what Tools/embed_lessons.py writes")
        sys.exit(1 if stale else 0)
    for name in stale:
        if name in wanted:
            (texts / name).write_text(wanted[name])
        else:
            (texts / name).unlink()


main()
