"""Map one source and say what came of it, as JSON: the process that `measure.py` watches.

python -m tests.support.scale.one SOURCE TARGET.nq MENTIONS|- FILE…
"""

import json
import sys
from pathlib import Path

from graph.mapping.run import map_source
from graph.model import iri
from graph.sources.source import Source


def main() -> None:
    """Map, and print the counts."""
    name, target, references, *files = sys.argv[1:]
    listed = None if references == "-" else Path(references)
    run = map_source(Source.named(name), [Path(file) for file in files], Path(target), iri.base(), references=listed)
    counts = {"rows": run.rows, "statements": run.statements, "problems": len(run.problems)}
    sys.stdout.write(json.dumps(counts))


if __name__ == "__main__":
    main()
