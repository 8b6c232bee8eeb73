"""A new provider begins as two files that say what has to be filled in."""

from pathlib import Path
import runpy
import shutil

import pytest

from contracts.form.check import problems_of
from scripts.providers.new import ROOT, main, write

PACKAGE = Path("custom_components/api_credits/providers")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a folder with the table of providers."""
    (tmp_path / PACKAGE).mkdir(parents=True)
    (tmp_path / "contracts").mkdir()
    shutil.copy(ROOT / PACKAGE / "__init__.py", tmp_path / PACKAGE)
    return tmp_path


def test_files(copy: Path) -> None:
    """The contract tells everything that is still to be filled in; the table has a new line."""
    touched = write(copy, "example_cloud", "Example Cloud")
    assert [str(path.relative_to(copy)) for path in touched] == [
        str(PACKAGE / "example_cloud.py"),
        "contracts/example_cloud.py",
        str(PACKAGE / "__init__.py"),
    ]
    table = touched[2].read_text()
    assert '        "example_cloud": "Example Cloud",\n' in table
    own, _, _ = table.partition("others=")
    rows = [line for line in own.splitlines() if line.startswith('        "')]
    assert rows == sorted(rows)
    assert "class ExampleCloud(Provider):" in touched[0].read_text()

    source = touched[1].read_text().replace("from .form", "from contracts.form")
    touched[1].write_text(source)
    contract = runpy.run_path(str(touched[1]))["CONTRACT"]
    problems = problems_of(contract)
    assert "CONTRACT.balance.answer: still to be filled in" in problems
    assert all(problem.endswith(": still to be filled in") for problem in problems)
    assert len(problems) == 9


def test_nothing_is_overwritten(copy: Path) -> None:
    """A second time is refused, and leaves everything as it is."""
    touched = write(copy, "example_cloud", "Example Cloud")
    before = [path.read_text() for path in touched]
    with pytest.raises(FileExistsError):
        write(copy, "example_cloud", "Another")
    assert [path.read_text() for path in touched] == before


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["Example-Cloud"], "a key has small letters"),
        (["deepseek"], "there is such a provider"),
        (["deep_seek", "deepseek"], "there is such a provider"),
    ],
)
def test_keys(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    problem: str,
) -> None:
    """A key that cannot be, or is taken, is refused."""
    monkeypatch.setattr("sys.argv", ["scripts/new-provider", *arguments])
    assert main() == 1
    assert problem in capsys.readouterr().err
