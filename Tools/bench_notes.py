#!/usr/bin/env python3
"""Write a deterministic set of synthetic Spanish notes (Markdown) for benchmarks.

Each note is one file: a title line, a tags line, an empty line and a body with
accents. Note number i depends only on the seed and on i, so a set of 1,000 is
exactly the start of a set of 10,000 with the same seed. No two titles are equal.

Three notes hold the plain needle ("zarzamora", always spelt alike). Three others
hold the accented needle, spelt differently in each: "luciérnaga", "Luciérnaga"
and "LUCIÉRNAGA" (all NFC), to see how a search treats accents and case.

Usage:  bench_notes.py OUTDIR [--count 1000] [--seed 1] [--bytes 1800] [--manifest FILE]

Python 3.8 or later, standard library only. People, places and facts are invented.
"""

import argparse
import hashlib
import json
import pathlib
import re
import sys
import unicodedata

PLAIN_NEEDLE = "zarzamora"
ACCENT_NEEDLE = "luciérnaga"
PLAIN_AT = (101, 503, 907)
ACCENT_AT = {211: "luciérnaga", 613: "Luciérnaga", 809: "LUCIÉRNAGA"}
MIN_COUNT = max(*PLAIN_AT, *ACCENT_AT)

KINDS = ["Entrevista", "Reunión", "Llamada", "Visita", "Conversación", "Cita",
         "Borrador", "Transcripción", "Cronología", "Análisis"]
NAMES = ["Íñigo Núñez", "María Peña", "Ángela Ibáñez", "Óscar Muñiz", "Begoña Yáñez",
         "José Güell", "Inés Jiménez", "Raúl Cañizares", "Sofía Argüelles",
         "Tomás Otxoa", "Lucía Fernández", "Andrés Ordóñez", "Noemí Vázquez",
         "Adrián Bermúdez", "Úrsula Sáez", "Martín Piñeiro"]
PLACES = ["Cádiz", "Málaga", "León", "Ávila", "Logroño", "A Coruña", "Cáceres", "Jaén",
          "Almería", "Alcañiz", "San Sebastián", "Mérida", "Córdoba", "Gijón",
          "Mahón", "Éibar"]
TAGS = ["fuente", "corrupción", "política", "economía", "sanidad", "educación",
        "policía", "migración", "energía", "pesca", "vivienda", "judicial",
        "tecnología", "fútbol", "agua", "minería"]
THINGS = ["el contrato de limpieza", "la adjudicación del puerto", "el informe pericial",
          "la grabación de la reunión", "el correo del interventor", "la póliza del seguro",
          "el expediente número doce", "la lista de teléfonos", "el balance del año pasado",
          "la declaración jurada", "el acta del comité", "la fotografía del almacén",
          "el vídeo de la cámara", "la factura sin número", "el dictamen jurídico",
          "la resolución del tribunal"]
VERBS = ["confirmó", "negó", "envió", "escondió", "revisó", "firmó", "pidió", "mencionó",
         "perdió", "copió", "tachó", "archivó", "leyó", "exigió", "rompió", "devolvió"]
TIMES = ["el miércoles por la mañana", "después del mediodía", "el sábado a última hora",
         "hace dos años", "al día siguiente", "antes de la votación", "en plena campaña",
         "durante el juicio", "a comienzos de otoño", "la víspera del cierre",
         "tras la dimisión", "el último día del mes"]
SENTENCES = [
    "{name} {verb} {thing} {time}, según contó en {place}.",
    "Habrá que preguntarle a {name} por qué {verb} {thing}.",
    "En {place} nadie quiso hablar sobre {thing}; {name} sí, pero pidió que no se le citara.",
    "La versión de {name} no coincide: dice que {time} ya no existía {thing}.",
    "Según el registro público, {name} {verb} {thing} y cobró la comisión {time}.",
    "¿Quién más sabía que {name} {verb} {thing}? Comprobarlo {time}.",
    "Una fuente de {place} añadió que {thing} pasó por cuatro despachos {time}.",
    "{name} insistió: «Yo no hice nada», aunque {thing} lleva su rúbrica.",
    "Pendiente: cotejar {thing} con lo que {name} {verb} {time}.",
    "Quedamos en {place}, junto a la estación; {name} llegó tarde y traía {thing}.",
    "El cálculo es fácil: veintitrés mil euros por {thing}, más lo que {name} {verb}.",
    "También apareció {thing}, que {name} creía destruido {time}.",
]
ITEMS = ["llamar a {name}", "volver a {place}", "pedir {thing}", "verificar la cronología",
         "proteger a la fuente", "consultar al abogado sobre {thing}"]


class SplitMix64:
    """A tiny generator with a fixed definition, so no Python version can change it."""

    def __init__(self, seed):
        self.state = seed & 0xFFFFFFFFFFFFFFFF

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        return z ^ (z >> 31)

    def below(self, n):
        return self.next() % n

    def pick(self, items):
        return items[self.below(len(items))]


def slug(text):
    plain = unicodedata.normalize("NFD", text.lower())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def fill(rng, pattern):
    return pattern.format(name=rng.pick(NAMES), place=rng.pick(PLACES),
                          thing=rng.pick(THINGS), verb=rng.pick(VERBS),
                          time=rng.pick(TIMES))


def note(index, seed, target_bytes):
    """Return (file name, title, tags, text) of note number index, counted from 1."""
    digest = hashlib.sha256(f"note {seed} {index}".encode()).digest()
    rng = SplitMix64(int.from_bytes(digest[:8], "big"))
    title = f"{rng.pick(KINDS)} con {rng.pick(NAMES)} en {rng.pick(PLACES)} {index:05d}"
    first = rng.below(len(TAGS))
    second = (first + 1 + rng.below(len(TAGS) - 1)) % len(TAGS)
    tags = [TAGS[first], TAGS[second]]
    # From three quarters to five quarters of the target, its mean being the target.
    size = target_bytes * 3 // 4 + rng.below(target_bytes // 2 + 1)
    head = f"# {title}\n\nEtiquetas: {' '.join('#' + t for t in tags)}\n"
    extra = ""
    if index in PLAIN_AT:
        extra = f"Palabra clave acordada con la fuente: {PLAIN_NEEDLE}."
    elif index in ACCENT_AT:
        extra = f"Palabra clave acordada con la fuente: {ACCENT_AT[index]}."
    blocks, length = [], len(head.encode())
    if extra:
        blocks.append(extra)
        length += len(extra.encode()) + 2
    while True:
        if rng.below(4) == 0:
            block = "\n".join("- " + fill(rng, rng.pick(ITEMS)) for _ in range(3))
        else:
            block = " ".join(fill(rng, rng.pick(SENTENCES)) for _ in range(1 + rng.below(4)))
        added = len(block.encode()) + 2
        if length + added // 2 > size:  # the nearer end: no drift of the mean
            break
        blocks.append(block)
        length += added
    text = head + "\n" + "\n\n".join(blocks) + "\n"
    return f"{slug(title)}.md", title, tags, text


def notes(count, seed, target_bytes):
    for index in range(1, count + 1):
        yield note(index, seed, target_bytes)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("outdir", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bytes", type=int, default=1800,
                        help="target for the mean size of one note")
    parser.add_argument("--manifest", type=pathlib.Path,
                        help="write counts, sizes and a hash of the whole set here")
    args = parser.parse_args()
    if args.count < MIN_COUNT:
        print(f"bench_notes: below {MIN_COUNT} notes some needles are missing",
              file=sys.stderr)
    args.outdir.mkdir(parents=True, exist_ok=True)
    if any(args.outdir.iterdir()):
        sys.exit(f"bench_notes: {args.outdir} is not empty")
    whole, sizes, plain, accent = hashlib.sha256(), [], 0, 0
    for name, _title, _tags, text in notes(args.count, args.seed, args.bytes):
        data = text.encode()
        (args.outdir / name).write_bytes(data)
        whole.update(name.encode() + b"\0" + data + b"\0")
        sizes.append(len(data))
        plain += PLAIN_NEEDLE in text
        accent += ACCENT_NEEDLE in text.lower()
    sizes.sort()
    manifest = {
        "count": args.count, "seed": args.seed, "target_bytes": args.bytes,
        "total_bytes": sum(sizes), "mean_bytes": round(sum(sizes) / len(sizes), 1),
        "min_bytes": sizes[0], "median_bytes": sizes[len(sizes) // 2], "max_bytes": sizes[-1],
        "notes_with_plain_needle": plain, "notes_with_accented_needle": accent,
        "sha256": whole.hexdigest(),
    }
    text = json.dumps(manifest, indent=1)
    if args.manifest:
        args.manifest.write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
