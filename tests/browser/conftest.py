"""A real browser and a real server for the tests of this folder."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from site_server import Running, make_bank, serving

HOW = "no chromium here: apt-get install chromium fonts-noto-cjk (or a browser of that name on the PATH) lets these tests run"


def chromium() -> str | None:
    """Where the browser is, if there is one."""
    return next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    path = chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(HOW)
        pytest.skip(HOW)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking",
                                                                         "--disable-component-update", "--disable-sync", "--no-first-run"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(make_bank(tmp_path_factory.mktemp("browser") / "bank.db")) as running:
        yield running


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(make_bank(tmp_path_factory.mktemp("review") / "bank.db"), "--review") as running:
        yield running
