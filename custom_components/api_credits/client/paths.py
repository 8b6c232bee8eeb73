"""Paths into an answer that nobody has described, which survive a list in another order.

A step is the name of a member, a place in a list, or `{"where": {"currency": "USD"}}`: the one item
of a list that says so. A path is a list, so a name may hold anything.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from .errors import MalformedError

type Step = str | int | dict[str, dict[str, str]]
type Path = Sequence[Step]

TELLING: Final = ("currency", "code", "name", "type", "id")
"""What tells the items of a list apart, the first that does."""
WHERE: Final = "where"
LONGEST_WORD: Final = 60


def follow(body: Any, path: Path) -> Any:
    """Return what stands at a path.

    Raises MalformedError, which says at which step there is nothing, in none of the answer's words.
    """
    for number, step in enumerate(path, 1):
        found = list(_at(body, step))
        if len(found) != 1:
            raise MalformedError(f"nothing at step {number} of {len(path)}")
        body = found[0]
    return body


def _at(body: Any, step: Any) -> Iterator[Any]:
    """Yield what a step leads to: one thing, if it is the right one."""
    match body, step:
        case dict(), str():
            if step in body:
                yield body[step]
        case list(), int():
            if 0 <= step < len(body):
                yield body[step]
        case list(), {"where": dict() as words}:
            yield from (
                item
                for item in body
                if isinstance(item, dict)
                and all(item.get(name) == word for name, word in words.items())
            )


def steps(body: Any) -> Iterator[tuple[Step, Any]]:
    """Yield each step from an object or a list, and what it leads to."""
    match body:
        case dict():
            yield from body.items()
        case list():
            words = {name: Counter(_word(item, name) for item in body) for name in TELLING}
            for place, item in enumerate(body):
                telling = (
                    {name: word}
                    for name in TELLING
                    if (word := _word(item, name)) and words[name][word] == 1
                )
                where = next(telling, None)
                yield {WHERE: where} if where else place, item


def _word(item: Any, name: str) -> str | None:
    """Return what an item of a list says by a name, if that may tell it from others."""
    word = item.get(name) if isinstance(item, dict) else None
    return word if isinstance(word, str) and 0 < len(word) <= LONGEST_WORD else None


def words_of(path: Path) -> list[str]:
    """Return a path's steps as a person reads them; places are counted from one."""
    return [_words(step) for step in path]


def _words(step: Any) -> str:
    """Return a step as a person reads it."""
    match step:
        case int():
            return f"{step + 1}."
        case {"where": dict() as words}:
            return ", ".join(f"{name} = {word}" for name, word in words.items())
    return str(step)
