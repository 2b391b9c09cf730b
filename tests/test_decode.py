"""Decoding: every encoding that exam pages come in, and bytes that are none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.decode import codec_name, decode
from extract.model import UnreadableError

SIMPLIFIED = "1．下列关于光合作用的叙述，正确的是（　　）\nA．叶绿体是进行光合作用的场所\nB．光合作用不需要水\n答案：A\n"
TRADITIONAL = "1．下列關於光合作用的敘述，正確的是（　　）\nA．葉綠體是進行光合作用的場所\nB．光合作用不需要水\n答案：A\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_text_without_a_mark_is_told_by_its_bytes(encoding: str) -> None:
    assert decode(SIMPLIFIED.encode(encoding)) == (SIMPLIFIED, encoding)


@pytest.mark.parametrize(("encoding", "name"), [("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-32", "utf-32-le")])
def test_a_byte_order_mark_decides_and_goes_away(encoding: str, name: str) -> None:
    assert decode(SIMPLIFIED.encode(encoding)) == (SIMPLIFIED, name)
    assert decode(SIMPLIFIED.encode(encoding), "gbk") == (SIMPLIFIED, name)


def test_big5_is_told_from_gb18030_by_its_everyday_characters() -> None:
    assert decode(TRADITIONAL.encode("big5")) == (TRADITIONAL, "big5hkscs")
    assert decode(TRADITIONAL.encode("gb18030")) == (TRADITIONAL, "gb18030")


@pytest.mark.parametrize("text", ["联通", "对", "答案：B"])
def test_a_short_text_is_read_too(text: str) -> None:
    assert decode(text.encode("gbk")) == (text, "gb18030")


def test_utf_16_of_nothing_but_chinese_has_no_zero_byte() -> None:
    text = "下列关于水的性质的说法正确的是"
    assert decode(text.encode("utf-16-le")) == (text, "utf-16-le")


@pytest.mark.parametrize("name", ["gb2312", "GBK", "gb_2312-80", "cp936", "x-gbk"])
def test_a_declared_gb_set_is_read_as_the_largest(name: str) -> None:
    text = "镕、喆、𠮷三个字，只有大字符集都收了"  # 镕 is not in gb2312, 𠮷 not in gbk
    assert decode(text.encode("gb18030"), name) == (text, "gb18030")


def test_a_wrong_hint_loses_against_plain_utf_8_and_a_right_one_decides() -> None:
    assert decode(SIMPLIFIED.encode(), hint="gb2312") == (SIMPLIFIED, "utf-8")
    assert decode("ﾃﾞｰﾀ".encode("shift_jis"), hint="shift_jis") == ("ﾃﾞｰﾀ", "shift_jis")
    assert decode(SIMPLIFIED.encode(), hint="no-such-set")[0] == SIMPLIFIED
    assert decode(SIMPLIFIED.encode("gb18030"), hint="iso-8859-1") == (SIMPLIFIED, "gb18030")


def test_a_declaration_that_does_not_fit_is_not_kept_to() -> None:
    assert decode(SIMPLIFIED.encode("gb18030"), "utf-8") == (SIMPLIFIED, "gb18030")
    assert decode(SIMPLIFIED.encode("gb18030"), "ascii") == (SIMPLIFIED, "gb18030")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_broken_character_costs_that_character_only(encoding: str) -> None:
    data = SIMPLIFIED.encode(encoding)
    cut = data[: len(SIMPLIFIED.split("是")[0].encode(encoding))] + b"\xff" + data[len(SIMPLIFIED.split("是")[0].encode(encoding)):]
    text, name = decode(cut)
    assert name == encoding
    assert text.replace("\ufffd", "") == SIMPLIFIED
    assert decode(data[:-3], None)[1] == encoding  # cut off in the middle of a character


def test_western_letters_are_not_read_as_half_of_a_chinese_character() -> None:
    assert decode("Le café est très fort, déjà vu.".encode("cp1252")) == ("Le café est très fort, déjà vu.", "cp1252")


@pytest.mark.parametrize("name", ["no-such-set", "rot13", "hex", "base64", ""])
def test_an_unknown_name_is_refused_in_one_sentence(name: str) -> None:
    if name:
        with pytest.raises(UnreadableError, match=f"no text encoding called '{name}'"):
            decode(b"1.", name)
    assert codec_name(name) is None


def test_line_ends_become_lf() -> None:
    assert decode(b"1.\r\n2.\r3.\n\r4.")[0] == "1.\n2.\n3.\n\n4."


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_bytes_never_raise(data: bytes) -> None:
    text, name = decode(data)
    assert isinstance(text, str)
    assert codec_name(name)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=200))
def test_utf_8_text_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode()) == (text.removeprefix("\ufeff"), "utf-8")
