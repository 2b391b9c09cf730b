"""bytes -> text (解码): the byte order mark, the declared encoding, UTF-8, UTF-16 without a mark, GB18030, Big5.

Nothing here raises on bytes: a damaged page is read as well as it can be, with U+FFFD where a byte means nothing. The only
characters that change are line ends: CR LF and CR become LF, and a byte order mark is taken off.
"""

from __future__ import annotations

import codecs
import re

from .model import UnreadableError

_BOMS = (  # the four-byte marks first: the UTF-16 mark is the beginning of the UTF-32 one
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Pages that say gb2312 or gbk use characters that only the larger set has; the same holds for Big5 and its Hong Kong form.
_LARGER = {
    "gb2312": "gb18030", "gbk": "gb18030", "hz": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs",
    "ascii": "utf-8", "iso8859-1": "cp1252", "latin_1": "cp1252",
}
_ALIASES = {  # names that pages use and Python does not know
    "gb-2312-80": "gb2312", "gb-2312": "gb2312", "x-gbk": "gbk", "x-gb18030": "gb18030", "cn-gb": "gbk", "x-x-big5": "big5",
    "cn-big5": "big5",
    "unicode": "utf-16", "utf8mb4": "utf-8", "x-utf-8": "utf-8",
}
_SAMPLE = 200_000  # bytes that are weighed when the encoding has to be guessed: enough for any text, flat for a huge one
# The most frequent characters of modern Chinese, simplified and traditional. Text read in the wrong double-byte encoding
# becomes rare characters, so their share alone tells GB18030 from Big5.
_FREQUENT = frozenset(
    "的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成"
    "事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向"
    "情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体"
    "别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清"
    "物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权"
    "往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始"
    "版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴切试确错选答案"
    "這來國個說們為時會著過學對後麼沒於發當無開見經頭長從動兩現將與進實點種聲話兒問機給幾業間電門東氣關並內產萬體別處總場師書員華報馬張難"
    "數車應讓認論義術結連遠資隊帶條變聯權領傳決運強區轉眾輕語滿寫識極臉錢黨設雙歷際則單據導網專誰讀飛觀爭組視濟離雖壞興試確錯選題統愛"
    "，。、；：？！（）“”《》　"
)
_NEWLINES = re.compile(r"\r\n?")


def decode(data: bytes, declared: str | None = None, *, hint: str | None = None) -> tuple[str, str]:
    """The text of ``data`` and the name of the encoding it was read in (编码).

    ``declared`` is what the caller knows and is kept to wherever it fits; ``hint`` is what the page says of itself (a meta
    element), which is wrong often enough that text which is plainly UTF-8 wins over it. Both read gb2312 and gbk as gb18030.
    Raises UnreadableError for a name that is no text encoding; never for the bytes.
    """
    said = codec_name(declared) if declared else None
    if declared and said is None:
        raise UnreadableError(f"there is no text encoding called {declared!r}; use utf-8, gb18030, big5 or utf-16, or leave it out")
    hinted = codec_name(hint) if hint else None
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _clean(data[len(mark):].decode(name, "replace")), name
    if said is not None:
        text = data.decode(said, "replace")
        if text.count("\ufffd") * 100 <= len(text):
            return _clean(text), said
    wide = utf16_without_mark(data)
    if wide is not None:
        return _clean(data.decode(wide, "replace")), wide
    try:
        return _clean(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        pass
    if hinted is not None and hinted != "cp1252":  # what servers say of every page, and any bytes would fit it
        text = data.decode(hinted, "replace")
        if "\ufffd" not in text:
            return _clean(text), hinted
    name = _likeliest(data[:_SAMPLE])
    return _clean(data.decode(name, "replace")), name


def codec_name(name: str) -> str | None:
    """Python's name of a text encoding, the larger set where pages mean it; None where there is none of that name."""
    plain = name.strip().lower().replace("_", "-")
    try:
        found = codecs.lookup(_ALIASES.get(plain, name.strip())).name
        "".encode(found)  # rot13, hex and their kind are codecs too, but not of text
    except (LookupError, ValueError, UnicodeError):
        return None
    return _LARGER.get(found, found)


def _clean(text: str) -> str:
    return _NEWLINES.sub("\n", text.removeprefix("\ufeff")) if "\r" in text else text.removeprefix("\ufeff")


def utf16_without_mark(data: bytes) -> str | None:
    """``utf-16-le`` or ``utf-16-be`` where the bytes are UTF-16 without a byte order mark, else None.

    Its ASCII characters and line ends hold zero bytes, which no other text does.
    """
    sample = data[: _SAMPLE & ~1]
    if len(data) % 2 or 0 not in sample:
        return None
    shares = {name: _everyday(sample.decode(name, "replace")) for name in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > 0.4 else None


def _everyday(text: str) -> float:
    """The share of characters that ordinary text is made of."""
    return sum(c in _FREQUENT or " " <= c <= "~" or c in "\n\r\t" for c in text) / (len(text) or 1)


def _likeliest(sample: bytes) -> str:
    """The encoding in which the sample holds the most everyday characters and the fewest impossible bytes."""

    def weight(name: str) -> float:
        text = sample.decode(name, "replace")
        beyond = [c for c in text if ord(c) > 127]
        return (sum(c in _FREQUENT for c in beyond) - 4 * text.count("\ufffd")) / (len(beyond) or 1)

    weights = {name: weight(name) for name in ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")}
    best = max(weights, key=lambda name: weights[name])
    if weights[best] > 0.2:
        return best
    # Western text has a few accented letters between plain ones; read as a double-byte set it would lose the neighbours.
    return "cp1252" if "\ufffd" in sample.decode("gb18030", "replace") else "gb18030"
