"""The elements of HTML by how they lie on the page (标签), and text that only looks like a tag."""

from __future__ import annotations

import re

_BLOCK_NAMES = """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form
    frameset h1 h2 h3 h4 h5 h6 header hgroup html legend li listing main menu nav ol optgroup option p plaintext pre search section
    summary table tbody td tfoot th thead tr ul xmp
"""
# Not entered: what is never seen, and what stands for something else than its text (see html.py).
_DROPPED_NAMES = """
    script style noscript template head title meta link base object embed applet iframe audio video canvas map area source track param
    noembed noframes datalist rp br hr img image math input textarea select svg progress meter wbr basefont bgsound
"""
_INLINE_NAMES = """
    a abbr acronym b bdi bdo big blink button cite code col colgroup data del dfn em fieldset font frame i ins kbd keygen label
    marquee mark menuitem nobr output picture q rb rtc rt ruby s samp slot small span strike strong sub sup spacer time tt u var
    dialog isindex multicol nextid hgroup content shadow summary command xml path g rect circle line polyline polygon ellipse text
    tspan defs use symbol clippath lineargradient radialgradient stop filter desc foreignobject animate pattern mask mi mn mo mrow ms
    mtext msup msub msubsup mfrac msqrt mroot mtable mtr mtd munder mover munderover mspace mstyle menclose mpadded mphantom mfenced
    mmultiscripts mprescripts semantics annotation annotation-xml
"""
# They hold nothing and have no end, whatever a parser that does not know them makes of the text after them.
_VOID_NAMES = "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"
VOID = frozenset(_VOID_NAMES.split())
BLOCKS = frozenset(_BLOCK_NAMES.split())
DROPPED = frozenset(_DROPPED_NAMES.split())
_KNOWN = BLOCKS | DROPPED | frozenset(_INLINE_NAMES.split())
_COMMON = "[pbaiu]|br|td|tr|li|span|div|font|img|strong|sub|sup|o:p|h3|ul|em|table|tbody|label|input|dd|dt|dl|script|style"
# the common elements, most of a page, cost nothing; of what ends one only the </br> that ends none counts
_RARE = re.compile(rf"<(?!/(?!br\s*>)|(?:{_COMMON})[\s/>])(/?[A-Za-z][^\s/>]*)")
_CLOSED = re.compile(r"</([A-Za-z][^\s/>]*)")
_CUSTOM = re.compile(r"[A-Za-z][\w.]*[:-][\w.:-]*")
# ``a<b && c>d``: a comparison before a name that is an element too, followed by what is no attribute
_COMPARISON = re.compile(r"<(?=[abipqsuABIPQSU]\s++(?![A-Za-z_:@][\w:.-]*(?:\s*=|\s*/?>)|/?>))")
_BREAK = re.compile(r"</br\s*>")
_ATTRIBUTES = re.compile(r"\s+[A-Za-z_:@][\w:.-]*\s*=")


def without(text: str, begin: str, end: str) -> str:
    """``text`` without its comments from ``begin`` to ``end``; one that is never closed stays. One pass, whatever the text."""
    kept, at = [], 0
    while (start := text.find(begin, at)) >= 0 and (stop := text.find(end, start + len(begin))) >= 0:
        kept.append(text[at:start])
        at = stop + len(end)
    return "".join((*kept, text[at:]))


def rescue(markup: str) -> str:
    """``markup`` with the ``<`` of what is no element written as ``&lt;``, so that ``#include <stdio.h>`` or ``P<AVC`` is not eaten.

    An unknown name counts as an element all the same where the page closes it, gives it attributes, or writes it with a hyphen or
    a colon as custom elements and Word's do. ``</br>`` is a line break, as browsers take it.
    """
    names = set(_RARE.findall(markup))
    if "/br" in names:
        markup = _BREAK.sub("<br>", markup)
        names.remove("/br")
    markup = _COMPARISON.sub("&lt;", markup)
    unknown = {name for name in names if name.lower() not in _KNOWN and not _CUSTOM.fullmatch(name)}
    text = unknown.difference(_CLOSED.findall(markup)) if unknown else unknown
    if not text:
        return markup

    def spell(tag: re.Match[str]) -> str:
        return "&lt;" + tag[1] if tag[1] in text and not _ATTRIBUTES.match(markup, tag.end()) else tag[0]

    return _RARE.sub(spell, markup)
