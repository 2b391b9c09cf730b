"""The floor under papers in random layouts: the share of questions read right may rise, and may not fall unnoticed."""

from __future__ import annotations

from generated_papers import PLAIN, make, pool, read_right

PAPERS = 120
FLOOR = 0.94


def test_the_same_seed_gives_the_same_paper() -> None:
    questions = pool()
    assert make(5, questions) == make(5, questions)
    assert min(len(v) for v in questions.values()) >= 5, {k: len(v) for k, v in questions.items()}


def test_random_layouts_are_read() -> None:
    questions = pool()
    shares = []
    for seed in range(PAPERS):
        paper = make(seed, questions)
        shares.append(read_right(paper)[0] / len(paper.questions))
    mean = sum(shares) / len(shares)
    assert mean >= FLOOR, f"{mean:.3f} of the questions of {PAPERS} papers read right, the floor is {FLOOR}"


def test_plain_papers_are_read_without_a_mistake() -> None:
    """The commonest layout has no excuse."""
    questions = pool()
    wrong = []
    for seed in range(30):
        paper = make(seed, questions, PLAIN | {"explanation": "解析："})
        wrong += [f"seed {seed}: {problem}" for problem in read_right(paper)[1]]
    assert not wrong, "\n".join(wrong[:10])
