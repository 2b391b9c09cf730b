"""The documents say what is there: every command, every file they link to, no path of one machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from click.testing import CliRunner

from extract.checks import CHECKS
from kb.cli import main

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


def test_the_readme_lists_the_commands_as_the_program_does() -> None:
    listed = re.search(r"<!-- commands -->\n```\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
    assert listed is not None
    printed = CliRunner().invoke(main, ["--help"], terminal_width=200).output
    for line in listed[1].splitlines():
        name, _, text = line.partition(" ")
        assert re.search(rf"^  {name}\s+{re.escape(text.strip())}$", printed, re.M), line
    assert len(listed[1].splitlines()) == len(re.findall(r"^  [a-z]+  ", printed.split("Commands:")[1], re.M))


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(((?!https?:|#)[^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_no_path_of_one_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    suspects = re.compile(r"/(?:work|farm|root|home)/[a-z]")
    for name in listed:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".yaml", ".json", ".html", ".js", ".css"} and path != Path(__file__):
            assert not suspects.search(path.read_text("utf-8", errors="replace")), name


def test_the_page_on_flags_lists_every_code() -> None:
    listed = re.findall(r"^\| `(\w+)` \| (.+?) \|", (ROOT / "docs" / "flags.md").read_text("utf-8"), re.M)
    assert listed == [(c.code, c.name) for about in ("reading", "source") for c in CHECKS if c.about == about]
