"""Run every check on the repository; print the problems and fail if there are any."""

from pathlib import Path
import sys

from . import CHECKS


def main() -> int:
    """Return the exit code: 0 where nothing is wrong."""
    root = Path(__file__).parents[2]
    problems = [problem for check in CHECKS for problem in check(root)]
    print("\n".join(problems) or f"All {len(CHECKS)} checks of our own passed!")
    return 1 if problems else 0


sys.exit(main())
