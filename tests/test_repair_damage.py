"""Repair on generated damage: precision and recall a family, and whatever the damage, nothing raises and all can be undone."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

import itertools

from damage import FAMILIES, Family, Hurt, hurt
from own_texts import clean
from repair import generated, judge, repairs_of

from extract.ledger import replay, undo
from extract.model import Reading, Source
from extract.pipeline import extract_reading

SHARED = Path(__file__).parents[2] / "shared" / "bench"


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f.name)
def test_what_is_applied_is_right(family: Family) -> None:
    score = generated(family, 6_000, seed=3)
    assert score.wounds, "the generator found nothing to hurt"
    assert score.precision >= 0.995, score.wrong[:5]
    if family.sure:
        assert score.recall >= 0.95


def test_clean_text_is_not_touched() -> None:
    assert not [r for r in repairs_of(clean(60_000, seed=9), "safe") if r.applied]


def _layers(rng: random.Random) -> str:
    """Clean text hurt by several families at once, and cut anywhere."""
    text = clean(2_500, seed=rng.randrange(99))
    for family in rng.sample(FAMILIES, 4):
        text = hurt(text, family, rng.randrange(99)).text
    start = rng.randrange(200)
    return text[start : start + rng.randrange(400, 2_500)]


@pytest.mark.parametrize("seed", range(24))
def test_whatever_the_damage_extraction_closes_its_account(seed: int) -> None:
    text = _layers(random.Random(seed))
    policy = ("safe", "suggest")[seed % 2]
    found = extract_reading(Reading(Source("hurt", "", "text"), text), repair=policy)
    at = 0
    for block in found.blocks:
        assert block.start == at < block.end
        at = block.end
    assert at == len(text)
    assert undo(replay(text, found.repairs), found.repairs) == text
    spans = sorted((r.start, r.end) for r in found.repairs)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


@pytest.mark.parametrize("seed", range(8))
def test_mending_what_is_mended_adds_nothing(seed: int) -> None:
    text = _layers(random.Random(100 + seed))
    ledger = repairs_of(text, "safe")
    mended = replay(text, ledger)
    assert not [r for r in repairs_of(mended, "safe") if r.applied]


def test_the_judge_counts_what_a_reader_would() -> None:
    hurt_ = Hurt("一二三四", "一X二四", ((1, 2, ""), (3, 3, "三")))
    score = judge(hurt_, ())
    assert (score.wounds, score.healed, score.applied) == (2, 0, 0)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared bench lies not beside the project")
def test_the_seed_page() -> None:
    text = (SHARED / "dev" / "raw" / "seed.txt").read_text("utf-8")
    marks = [line.split("\t") for line in (SHARED / "repair" / "seed_errors.tsv").read_text("utf-8").splitlines()[1:]]
    ledger = repairs_of(text)
    from repair import _seed_hits

    hits, certain = _seed_hits(text, ledger, [m for m in marks if m[7] == "1"])
    assert hits >= 0.8 * certain
    assert sum(not r.applied for r in ledger) <= 4 * hits
