"""Word .doc -> Reading through an installed converter (旧版 Word): antiword, catdoc or LibreOffice, the first that is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from ..decode import decode
from ..model import Reading, Source, UnreadableError

_SECONDS = 120
_PICTURE = re.compile(r"\[pic\]")  # what antiword prints for a picture


def _antiword(program: str, path: Path) -> bytes:
    # -w 0: a paragraph is a line, not 76 columns; -s: hidden text stays hidden by default; -m: UTF-8 out
    return _run([program, "-w", "0", "-m", "UTF-8.txt", str(path)])


def _catdoc(program: str, path: Path) -> bytes:
    return _run([program, "-w", "-d", "utf-8", str(path)])


def _libreoffice(program: str, path: Path) -> bytes:
    profile = path.parent / "profile"  # its own, so that a running LibreOffice is neither asked nor disturbed
    _run([program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "txt:Text (encoded):UTF8",
          "--outdir", str(path.parent), str(path)])
    return path.with_suffix(".txt").read_bytes()


_CONVERTERS: tuple[tuple[str, Callable[[str, Path], bytes]], ...] = (
    ("antiword", _antiword),
    ("catdoc", _catdoc),
    ("soffice", _libreoffice),
    ("libreoffice", _libreoffice),
)


def read_doc(data: bytes, source: Source, encoding: str | None = None) -> Reading:
    """The Reading of a .doc. UnreadableError where no converter is installed or none can read the file."""
    present = [(program, convert) for name, convert in _CONVERTERS if (program := shutil.which(name))]
    if not present:
        raise UnreadableError(
            f"{source.name}: reading .doc needs a converter and none is installed; install antiword, catdoc or LibreOffice, "
            "or save the file as .docx")
    troubles = []
    for program, convert in present:
        with tempfile.TemporaryDirectory(prefix="tiku-") as folder:
            path = Path(folder) / "page.doc"
            path.write_bytes(data)
            try:
                text, _ = decode(convert(program, path), "utf-8")
            except (OSError, subprocess.SubprocessError) as problem:
                troubles.append(f"{Path(program).name}: {_reason(problem)}")
                continue
        if text.strip():
            return Reading(source, _PICTURE.sub("[图]", text).strip("\n"))
        troubles.append(f"{Path(program).name}: found no text")
    raise UnreadableError(f"{source.name}: the .doc cannot be read ({'; '.join(troubles)}); save it as .docx")


def _run(command: list[str]) -> bytes:
    return subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS, stdin=subprocess.DEVNULL).stdout


def _reason(problem: Exception) -> str:
    if isinstance(problem, subprocess.CalledProcessError):
        return " ".join((problem.stderr or b"").decode("utf-8", "replace").split())[:200] or f"exit status {problem.returncode}"
    return str(problem)
