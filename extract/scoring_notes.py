"""What the key says to those who mark the papers (评分说明): 1.本解答给出了一种或几种解法供参考，如果考生的解法与本解答不同，可... 2. ...

Its items are numbered like those of the key, and answer nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .page_lines import Span

_HEAD = re.compile(
    r"(?:(?<=\n)|(?<=[。 )])|(?<=答案)|(?<=标准)|^) *[\[(]?(?P<of>评分|给分|阅卷|评卷|阅评)?(?:标准|细则)?(?:说明|须知)[\])]? ?[:。]?\s*"
    r"(?=[(]?(?:1|一) ?[.、)])"
)
_SIGN = re.compile(r"(?:说明|须知)[\])]? ?[:。]?\s*[(]?[1一] ?[.、)]")
_OF_KEY = re.compile(r"答案|评分|评阅")
_TELLS = re.compile(r"考生|[给评得扣计赋]分|解答|参考答案|[阅评]卷|分数")
_STOP = (
    r"\n *(?=[(]?{first} ?[.、)]|第 ?[ⅠI一1] ?[卷部]|题 ?号|[^\n]{{0,8}}(?:选择题|填空题|听力|阅读))"
    r"|(?<=[。;]) *(?=(?:{first}|一) ?[、.]|第 ?[ⅠI一1] ?[卷部])|\Z"
)
_DIGITS, _ORDINALS = tuple(str(k) for k in range(1, 11)), tuple("一二三四五六七八九十")
_REACH, _LONGEST = 80, 400


def scoring_notes(folded: str, lines: list[Span]) -> Iterator[tuple[int, int, str]]:
    """The lines of such notes, or the parts of lines."""
    if not (("说明" in folded or "须知" in folded) and _SIGN.search(folded)):
        return
    for m in _HEAD.finditer(folded):
        if not m["of"] and not _OF_KEY.search(folded, max(0, m.start() - _REACH), m.start()):
            continue
        for numbers in (_DIGITS, _ORDINALS):
            end = _notes_end(folded, m.end(), numbers)
            if end:
                yield from ((max(s, m.start()), min(e, end), "scoring notes") for s, e in lines if s < end and e > m.start())


def _notes_end(folded: str, at: int, numbers: tuple[str, ...]) -> int:
    """Where notes end that begin at ``at``, with the first of ``numbers``; 0 where none do."""
    items: list[str] = []
    first = r"(?:\d{1,3}|[一二三四五六七八九十]{1,2})" if numbers is _DIGITS else "[1一]"
    stop = re.compile(_STOP.format(first=first))
    for k, number in enumerate(numbers):
        mark = re.compile(rf"\s*[(]?{number} ?[.、)](?!\d)").match(folded, at)
        if not mark:
            break
        halt = stop.search(folded, mark.end(), mark.end() + _LONGEST)
        following = numbers[k + 1] if k + 1 < len(numbers) else "11"
        then = re.compile(rf"(?:\n|(?<=[。;])) *(?=[(]?{following} ?[.、)](?!\d))").search(folded, mark.end(), mark.end() + _LONGEST)
        if not halt and not then:
            return 0
        at = min(found.start() for found in (halt, then) if found)
        items.append(folded[mark.end() : at])
    return at if items and sum(_TELLS.search(item) is not None for item in items) * 2 >= len(items) else 0
