"""The pictures of the README (``make screenshots``): a bank of ``samples/``, served and looked at in a real browser."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from sqlite_utils import Database

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent)]

from conftest import HOW, chromium  # noqa: E402  # the folders of the tests are no packages
from site_server import serving  # noqa: E402

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "docs" / "screenshots"
SIZE = {"width": 1100, "height": 760}


def main() -> None:
    """Import the samples, serve them, and write one PNG a page."""
    path = chromium()
    if path is None:
        sys.exit(HOW)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        bank = Path(folder) / "bank.db"
        subprocess.run([sys.executable, "-m", "kb.cli", "import", str(bank), "samples"], cwd=ROOT, check=True)
        subprocess.run([sys.executable, "-m", "kb.cli", "duplicates", str(bank)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        db = Database(bank)
        question = db.execute(
            "select q.id from questions q join question_repairs l on l.question_id = q.id join options o on o.question_id = q.id "
            "group by q.id order by abs(count(distinct l.repair_id) - 3), q.has_answer desc, q.id limit 1"
        ).fetchone()[0]
        document = db.execute(
            "select d.id from documents d join repairs r on r.source_id = d.source_id where d.kind = 'exam' and r.applied "
            "group by d.id order by abs(count(*) - 15), d.id limit 1"
        ).fetchone()[0]
        at = db.execute(
            "select min(r.start) from repairs r join documents d on d.source_id = r.source_id where d.id = ? and r.applied", [document]
        ).fetchone()[0]
        pages = {
            "home": "/",
            "search": "/kb/questions?_search=供应链&_size=20&_facet=type&_facet=has_answer&_facet=flag_codes&_facet=document_id",
            "question": f"/kb/questions/{question}",
            "document": f"/kb/documents/{document}?view=printed&at={at}",
        }
        with serving(bank) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(viewport=SIZE, locale="zh-CN", reduced_motion="reduce")
            for name, address in pages.items():
                page.goto(site.url + address, wait_until="load")
                page.screenshot(path=FOLDER / f"{name}.png")
                print(FOLDER.relative_to(ROOT) / f"{name}.png")
            browser.close()


if __name__ == "__main__":
    main()
