"""What a build says while it runs and when it stops, without the words that were objected to."""

import traceback
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from graph.errors import CivsocError, MappingError
from graph.privacy.suppression.matching import Texts
from graph.progress import Progress


@dataclass(frozen=True, slots=True)
class Discreet:
    """Passes on to a listener what may be said."""

    listener: Progress
    texts: Texts

    def stage(self, name: str) -> None:
        """A stage begins."""
        self.listener.stage(name)

    def rows(self, source: str, count: int) -> None:
        """So many more rows of a source are mapped."""
        self.listener.rows(source, count)

    def note(self, text: str) -> None:
        """Something worth one line."""
        self.listener.note(self.texts.taken_out(text))


@contextmanager
def discreet_errors(texts: Texts) -> Generator[None]:
    """Errors of a build without private words; a fault of the program is reported without its message."""
    try:
        yield
    except CivsocError as fault:
        cleared = [texts.taken_out(part) for part in (fault.place, fault.fact, fault.remedy)]
        if cleared == [fault.place, fault.fact, fault.remedy] and not texts.rows_in(
            "".join(traceback.format_exception(fault))
        ):
            raise
        place, fact, remedy = cleared
        raise type(fault)(place, fact, remedy) from None
    except BaseException as fault:
        if not texts.rows_in("".join(traceback.format_exception(fault))):
            raise
        fact = f"was stopped by a fault of the program ({type(fault).__name__}) whose words may not be shown"
        raise MappingError("the build", fact, "tell its maintainers of the source that it was mapping") from None
