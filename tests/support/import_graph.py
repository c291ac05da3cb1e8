"""Which modules of a tree import which, and the circles among its folders at any depth."""

import ast
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

Imports = Mapping[str, Set[str]]
"""Of each module, the modules of the tree that it imports, wherever in it the import stands."""


def imports_in(root: Path, *folders: str) -> Imports:
    """The imports between all modules below some folders of a root, by dotted names."""
    files = {_dotted(file.relative_to(root)): file for folder in folders for file in (root / folder).rglob("*.py")}
    return {name: {each for each in _imported(file, files.keys()) if each != name} for name, file in files.items()}


def circles(imports: Imports) -> list[list[str]]:
    """Folders and modules of one depth that import each other, directly or by way of others; each circle sorted."""
    depths = range(1, 1 + max(name.count(".") + 1 for name in imports))
    return [circle for depth in depths for circle in _knots(_at_depth(imports, depth))]


def _dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def _imported(file: Path, known: Set[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                of_module = f"{node.module}.{alias.name}"
                yield from ({of_module if of_module in known else node.module} & known)


def _at_depth(imports: Imports, depth: int) -> Imports:
    """The same between the first so many names of each module."""
    found: dict[str, set[str]] = {}
    for name, targets in imports.items():
        own = ".".join(name.split(".")[:depth])
        others = {".".join(target.split(".")[:depth]) for target in targets}
        found.setdefault(own, set()).update(others - {own})
    return found


def _knots(imports: Imports) -> list[list[str]]:
    """The strongly connected parts of more than one member: what each reaches, and is reached from."""
    reached = {name: _reached(imports, name) for name in imports}
    knots = {tuple(sorted(each for each in reached[name] if name in reached[each])) for name in imports}
    return [list(knot) for knot in sorted(knots) if len(knot) > 1]


def _reached(imports: Imports, start: str) -> set[str]:
    """What a module imports, and what that imports, and so on: itself only if it is in a circle."""
    seen: set[str] = set()
    waiting = list(imports.get(start, ()))
    while waiting:
        if (name := waiting.pop()) not in seen:
            seen.add(name)
            waiting += imports.get(name, ())
    return seen
