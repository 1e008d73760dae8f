"""Draw the packages and their imports, as they are in the code, into docs/pictures/packages.svg and docs/architecture.md: `python3 dev.py map`.

The rows are the layers that import-linter enforces (pyproject.toml). An arrow leads to a package that is imported directly, unless a longer way
leads there too; the table on the page has every import, those of the modules beside the packages too. A test compares both files with the code.
"""

import ast
import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "evidence_app"
PICTURE = ROOT / "docs" / "pictures" / "packages.svg"
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- Written by `python3 dev.py map`. -->", "<!-- End of what is written by `python3 dev.py map`. -->"
WIDTH, MARGIN, GAP, ROW_GAP = 980, 24, 20, 46
LINE, HEAD = 15, 24
CHARACTERS = 0.55
"""About how wide a character is, as a share of its size."""

Edges = dict[str, set[str]]


def layers() -> list[list[str]]:
    """Return the rows of packages and modules, the topmost first, as the contract has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    rows = next(each for each in contracts if each.get("containers") == ["evidence_app"])["layers"]
    return [[name.strip() for name in row.split("|")] for row in rows]


def imported(path: Path) -> Iterator[str]:
    """Yield the program's modules that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def edges() -> Edges:
    """Return for each package, or module beside the packages, the others that it imports."""
    names = {name for row in layers() for name in row}
    found: Edges = {name: set() for name in names}
    for name in names:
        place = PACKAGE / name
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]:
            for module in imported(path):
                parts = module.split(".")
                if parts[0] == PACKAGE.name and len(parts) > 1 and parts[1] in names - {name}:
                    found[name].add(parts[1])
    return found


def reached(graph: Edges, start: str) -> set[str]:
    """Return everything that leads on from a package."""
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += graph[name]
    return seen


def shortest(graph: Edges) -> Edges:
    """Return the edges without those that a longer way makes needless (the transitive reduction)."""
    return {
        name: {to for to in others if not any(to in reached(graph, other) for other in others - {to})}
        for name, others in graph.items()
    }


def parts_of(name: str) -> list[str]:
    """Return the packages inside a package."""
    return sorted(path.parent.name for path in (PACKAGE / name).glob("*/__init__.py"))


def wrapped(words: list[str], width: float, size: float) -> list[str]:
    """Return words in lines that fit a width."""
    lines = [""]
    for word in words:
        longer = f"{lines[-1]}, {word}" if lines[-1] else word
        if len(longer) * size * CHARACTERS > width and lines[-1]:
            lines[-1] += ","
            lines.append(word)
        else:
            lines[-1] = longer
    return [line for line in lines if line]


def rows_drawn() -> list[list[str]]:
    """Return the rows of the picture: the packages, and below them the modules beside the packages in one row."""
    packages = [[name for name in row if (PACKAGE / name).is_dir()] for row in layers()]
    modules = [name for row in layers() for name in row if not (PACKAGE / name).is_dir()]
    return [row for row in packages if row] + [modules]


def boxes() -> tuple[dict[str, tuple[float, float, float, float]], dict[str, list[str]], float]:
    """Return where each package stands (x, y, width, height), the lines in it, and the height of the whole."""
    places: dict[str, tuple[float, float, float, float]] = {}
    lines: dict[str, list[str]] = {}
    y = float(MARGIN)
    for row in rows_drawn():
        width = min(300.0, (WIDTH - 2 * MARGIN - GAP * (len(row) - 1)) / len(row))
        for name in row:
            lines[name] = wrapped(parts_of(name), width - 16, 11)
        height = HEAD + 8 + max(len(lines[name]) for name in row) * LINE
        x = (WIDTH - len(row) * width - GAP * (len(row) - 1)) / 2
        for name in row:
            places[name] = (x, y, width, height)
            x += width + GAP
        y += height + ROW_GAP
    return places, lines, y - ROW_GAP + MARGIN


def arrow(
    start: tuple[float, float, float, float], end: tuple[float, float, float, float], number: int, count: int
) -> str:
    """Return an arrow from the foot of one box to the head of another."""
    x1 = start[0] + start[2] * (number + 1) / (count + 1)
    x2 = min(max(x1, end[0] + 24), end[0] + end[2] - 24)
    y1, y2 = start[1] + start[3], end[1]
    bend = (y2 - y1) / 2
    line = f"M{x1:.0f} {y1:.0f} C{x1:.0f} {y1 + bend:.0f} {x2:.0f} {y2 - bend:.0f} {x2:.0f} {y2 - 6:.0f}"
    tip = f"M{x2 - 4:.0f} {y2 - 8:.0f} L{x2 + 4:.0f} {y2 - 8:.0f} L{x2:.0f} {y2 - 1:.0f} Z"
    return f'<path d="{line}" fill="none"/><path d="{tip}" fill="#5b6770" stroke="none"/>'


def drawing() -> str:
    """Return the picture."""
    places, lines, height = boxes()
    order = list(places)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" font-family="Noto Sans, sans-serif">',
        "<title>Packages of evidence_app and their imports, from the front ends down to the proof</title>",
        f'<rect width="{WIDTH}" height="{height:.0f}" fill="#ffffff"/>',
        '<g stroke="#8a96a0" stroke-width="1.3">',
    ]
    graph = {
        name: {other for other in others if (PACKAGE / other).is_dir()}
        for name, others in edges().items()
        if (PACKAGE / name).is_dir()
    }
    for name, others in sorted(shortest(graph).items(), key=lambda item: order.index(item[0])):
        ordered = sorted(others, key=lambda other: places[other][0])
        out += [arrow(places[name], places[to], number, len(ordered)) for number, to in enumerate(ordered)]
    out.append("</g>")
    for name, (x, y, width, box_height) in places.items():
        proof = name == "proof"
        fill, ink = ("#0b6e6e", "#ffffff") if proof else ("#f3f6f7", "#10212b")
        out.append(
            f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{box_height:.0f}" rx="8" fill="{fill}" stroke="#0b6e6e"/>'
        )
        out.append(
            f'<text x="{x + width / 2:.0f}" y="{y + 19:.0f}" font-size="14" font-weight="600" fill="{ink}" text-anchor="middle">{escape(name)}</text>'
        )
        out += [
            f'<text x="{x + width / 2:.0f}" y="{y + HEAD + 12 + number * LINE:.0f}" font-size="11" fill="{ink}" text-anchor="middle">{escape(line)}</text>'
            for number, line in enumerate(lines[name])
        ]
    return "\n".join([*out, "</svg>", ""])


def purpose(name: str) -> str:
    """Return the first sentence of what a package or module says of itself."""
    place = PACKAGE / name
    path = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split())


def table() -> str:
    """Return the table of packages: what lives there, and every package that it imports."""
    graph = edges()
    order = [name for row in layers() for name in row]
    lines = ["| package | what lives there | imports |", "| --- | --- | --- |"]
    for name in order:
        imports = ", ".join(f"`{other}`" for other in order if other in graph[name]) or "nothing of the program"
        lines.append(f"| `{name}` | {purpose(name)} | {imports} |")
    return "\n".join(lines)


def page(current: str) -> str:
    """Return the page with the table as the code has it."""
    before, mark, rest = current.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (mark and end):
        raise SystemExit(f"{PAGE.name} has lost the lines that say where the table begins and ends.")
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main() -> None:
    PICTURE.write_text(drawing(), encoding="utf-8")
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
