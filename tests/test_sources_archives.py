"""Archives are read in place: their names, what they pack, and what would do harm."""

from __future__ import annotations

import bz2
import gzip
import io
import itertools
import json
import os
import tarfile
import zipfile
from pathlib import Path

import pytest
from source_values import PAGE, all_of, pages

from kb.sources import Failed, Listed


class GbkName(zipfile.ZipInfo):
    """A member named as Chinese Windows names it: raw GBK, and no mark that says so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800


def test_zip_is_read_in_place_and_its_names_in_gbk_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "pages.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("甲/第一章.html", PAGE)
        archive.writestr(GbkName("试卷.html"), PAGE)
    found = pages(all_of(path))
    assert list(found) == ["pages.zip/甲/第一章.html", "pages.zip/试卷.html"]


@pytest.mark.parametrize(("suffix", "pack"), [(".tar.gz", gzip.compress), (".tar", bytes), (".tar.bz2", bz2.compress)])
def test_tar_is_read_in_place_whatever_packs_it(tmp_path: Path, suffix: str, pack: object) -> None:
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as archive:
        for number in range(30):
            info = tarfile.TarInfo(f"d/{number:02}.html")
            info.size = len(PAGE)
            archive.addfile(info, io.BytesIO(PAGE))
        link = tarfile.TarInfo("d/link.html")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(link)
    path = tmp_path / f"crawl{suffix}"
    path.write_bytes(pack(plain.getvalue()))  # type: ignore[operator]
    found = all_of(path)
    assert list(pages(found)) == [f"crawl{suffix}/d/{n:02}.html" for n in range(30)]
    assert [e.name for e in found if isinstance(e, Listed)] == [f"crawl{suffix}/d/link.html"]


def test_names_that_climb_out_are_refused_and_their_neighbours_are_read(tmp_path: Path) -> None:
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("../../etc/page.html", "/abs.html", "C:\\x.html", "good.html"):
            archive.writestr(name, PAGE)
    found = all_of(path)
    assert list(pages(found)) == ["evil.zip/good.html"]
    assert len([e for e in found if isinstance(e, Failed)]) == 3
    assert sorted(os.listdir(tmp_path)) == ["evil.zip"]


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "html.gz", "jsonl.gz"])
def test_a_bomb_costs_a_line_and_no_memory(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"bomb.{kind}"
    zeros = b"\x00" * (1 << 20)
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.html", "w") as member:
            for _ in range(64):
                member.write(zeros)
    elif kind == "tar.gz":
        with tarfile.open(path, "w:gz") as archive:
            for number in range(8):
                info = tarfile.TarInfo(f"{number}.html")
                info.size = 8 << 20
                archive.addfile(info, io.BytesIO(zeros * 8))
    else:
        with gzip.open(path, "wb") as packed:
            for _ in range(64):
                packed.write(zeros)
    found = all_of(path)
    assert isinstance(found[-1], Failed)
    assert "bomb" in found[-1].reason or "larger than" in found[-1].reason
    assert sum(len(data) for data in pages(found).values()) <= 24 << 20


def test_an_archive_inside_an_archive_is_read_and_a_nest_is_not(tmp_path: Path) -> None:
    inner = PAGE
    names = ["page.html", "a.zip", "b.zip", "c.zip", "d.zip"]
    for below, name in itertools.pairwise(names):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(below, inner)
        inner = packed.getvalue()
        (tmp_path / name).write_bytes(inner)
    assert list(pages(all_of(tmp_path / "b.zip"))) == ["b.zip/a.zip/page.html"]
    deep = all_of(tmp_path / "d.zip")
    assert [type(e) for e in deep] == [Failed]


@pytest.mark.parametrize("name", ["crawl.jsonl.gz", "pages.tar.gz", "page.html.gz"])
def test_what_is_packed_inside_an_archive_is_unpacked(tmp_path: Path, name: str) -> None:
    plain = io.BytesIO()
    if "tar" in name:
        with tarfile.open(fileobj=plain, mode="w") as archive:
            info = tarfile.TarInfo("./a.html")
            info.size = len(PAGE)
            archive.addfile(info, io.BytesIO(PAGE))
    else:
        plain.write(json.dumps({"url": "u", "html": PAGE.decode()}).encode() if "jsonl" in name else PAGE)
    path = tmp_path / "outer.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, gzip.compress(plain.getvalue()))
    expected = {"crawl.jsonl.gz": "crawl.jsonl.gz#u", "pages.tar.gz": "pages.tar.gz/a.html", "page.html.gz": "page.html"}
    assert pages(all_of(path)) == {f"outer.zip/{expected[name]}": PAGE}


def test_a_cut_archive_gives_what_came_before_the_cut(tmp_path: Path) -> None:
    path = tmp_path / "cut.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for number in range(50):
            body = os.urandom(4000) + PAGE
            info = tarfile.TarInfo(f"{number}.html")
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    path.write_bytes(path.read_bytes()[:100_000])
    found = all_of(path)
    assert isinstance(found[-1], Failed)
    assert len(pages(found)) >= 20
