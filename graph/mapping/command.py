"""What `civsoc map` does: maps into a file that a person named, which may be one that they want to keep."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from graph.errors import UsageError
from graph.mapping.run import map_source
from graph.nquads.mapped import Mapped, problems_file, whole_or_not
from graph.nquads.row_index import rows_file
from graph.release.fix_lists import write_problems
from graph.sources.source import Source

_PACKED = (".gz", ".zip", ".bz2", ".xz", ".zst")


def map_command(
    source: Source, files: Sequence[Path], output: Path, base: str, report: Callable[[int], None]
) -> Mapped:
    """Map files into `output`, its rows and problems beside it: all three, or, on any error, the files of before.

    UsageError if one of them would replace an input, or what is not a regular file.
    """
    target = _resolved(output)
    outputs = (target, rows_file(target), problems_file(target))
    _refuse_packed(output)
    for each in outputs:
        _refuse_place(each)
        refuse_inputs(each, (*files, *filter(None, [source.column_mapping])))
    with whole_or_not(*outputs) as folder:
        made = map_source(source, files, folder / target.name, base, report)
        write_problems(made.problems, problems_file(made.output))
    return replace(made, output=output)


def _resolved(output: Path) -> Path:
    """What a link points to is written, and the link stays."""
    try:
        return output.resolve()
    except RuntimeError:  # what Python raises at a circle of links
        raise UsageError(str(output), "is a link that leads to itself", "name another file with -o") from None


def _refuse_packed(output: Path) -> None:
    if output.suffix.lower() in _PACKED:
        remedy = f"name it {output.stem}, and pack it afterwards"
        raise UsageError(str(output), "has the name of a packed file, and statements are written plain", remedy)


def _refuse_place(target: Path) -> None:
    if not target.parent.is_dir():
        raise UsageError(str(target), "lies in no folder that exists", "make the folder first")
    if target.exists() and not target.is_file():
        raise UsageError(str(target), "is not a file that could be written again", "name another file to write")


def refuse_inputs(target: Path, inputs: Iterable[Path]) -> None:
    """UsageError if a file that is to be written is one of those that are read."""
    for file in inputs:
        if file.exists() and target.exists() and file.samefile(target):
            raise UsageError(str(file), "would be overwritten by what is made of it", "name another file to write")
