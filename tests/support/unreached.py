"""Which assertions of test modules were never reached in a run: a loop over nothing, a branch that nothing takes.

A plugin for pytest, which a run asks for: `pytest -p tests.support.unreached -o enable_assertion_pass_hook=true PATHS`.
"""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

_reached: dict[Path, set[int]] = defaultdict(set)
_ran: dict[Path, set[str]] = defaultdict(set)


def pytest_assertion_pass(item: pytest.Item, lineno: int) -> None:
    """An assertion of a test module, or of a module that was imported by one, has held."""
    _reached[item.path].add(lineno)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A test has run to its end."""
    if report.when == "call" and report.passed:
        file, _, name = report.location
        _ran[Path(file).resolve()].add(name.partition("[")[0])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The assertions that stand in tests which ran, and were not reached."""
    for file, names in sorted(_ran.items()):
        if file.suffix == ".py" and file.name.startswith("test_"):
            for function in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(function, ast.FunctionDef) and function.name in names:
                    for line in sorted(_lines(function) - _reached[file]):
                        terminalreporter.write_line(f"never reached: {file}:{line} in {function.name}")


def _lines(function: ast.FunctionDef) -> set[int]:
    return {node.lineno for node in ast.walk(function) if isinstance(node, ast.Assert)}
