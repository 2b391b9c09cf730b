"""Formulas as one line of text (公式): MathML and Word's OMML say the same things under other names.

The tree is folded without recursion, because pages are hostile and nesting is free.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import etree

Fold = Callable[[Sequence[str]], str]


def _part(parts: Sequence[str], k: int) -> str:
    return parts[k] if k < len(parts) else ""


def _group(text: str) -> str:
    """Brackets where the text is more than one number, word or bracketed group."""
    bracketed = text.startswith("(") and text.endswith(")") and ")" not in text[:-1]
    return text if text.isalnum() or bracketed or len(text) < 2 else f"({text})"


def _script(sign: str) -> Fold:
    return lambda p: f"{_group(_part(p, 0))}{sign}{_group(_part(p, 1))}"


def _over(p: Sequence[str]) -> str:
    return f"{_group(_part(p, 0))}/{_group(_part(p, 1))}"


def _both(p: Sequence[str]) -> str:
    return f"{_group(_part(p, 0))}_{_group(_part(p, 1))}^{_group(_part(p, 2))}"


def _root(p: Sequence[str]) -> str:
    return f"√{_group(''.join(p))}"


def _omml_root(p: Sequence[str]) -> str:
    return f"{_part(p, 0)}√{_group(_part(p, 1))}" if len(p) > 1 else _root(p)


def _fence(p: Sequence[str]) -> str:
    return f"({','.join(p)})"


def _row(p: Sequence[str]) -> str:
    return ",".join(p)


def _rows(p: Sequence[str]) -> str:
    return f"({'; '.join(p)})"


_FOLDS: dict[str, Fold] = {
    # MathML
    "mfrac": _over, "msup": _script("^"), "msub": _script("_"), "msubsup": _both, "munderover": _both, "munder": _script("_"),
    "mover": lambda p: _part(p, 0), "msqrt": _root, "mroot": lambda p: f"{_part(p, 1)}√{_group(_part(p, 0))}", "mfenced": _fence,
    "mtr": _row, "mtable": _rows,
    # OMML
    "f": _over, "sSup": _script("^"), "sSub": _script("_"), "sSubSup": _both, "rad": _omml_root, "d": _fence, "mr": _row, "m": _rows,
    "nary": lambda p: f"∑{'_' + _group(_part(p, 0)) if _part(p, 0) else ''}{'^' + _group(_part(p, 1)) if _part(p, 1) else ''}{_part(p, 2)}",
    "limLow": _script("_"), "limUpp": _script("^"), "eqArr": _rows,
}
_SILENT = frozenset({
    "annotation", "annotation-xml", "mphantom", "rPr", "ctrlPr", "fPr", "sSupPr", "sSubPr", "sSubSupPr", "radPr", "dPr", "naryPr", "mPr",
    "limLowPr", "limUppPr", "eqArrPr", "accPr", "barPr", "funcPr", "groupChrPr", "boxPr", "borderBoxPr", "sPrePr",
})
_KEEPS_EMPTY = frozenset({"f", "sSup", "sSub", "sSubSup", "nary", "rad", "mfrac", "msup", "msub", "msubsup", "munderover", "mroot"})
_SIGNS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def linear(root: etree._Element) -> str:
    """The formula of a ``math`` or ``m:oMath`` element, e.g. ``x^2+1/(a+b)``."""
    stack: list[tuple[str, list[str]]] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    result = ""
    for event, element in walk:
        name = etree.QName(element).localname if isinstance(element.tag, str) else "annotation"
        if event == "start":
            if name in _SILENT:
                stack.append((name, []))
                walk.skip_subtree()
            else:
                own = (element.text or "").strip() if name not in ("t", "mtext") else element.text or ""
                if name == "chr":
                    own = element.get(_SIGNS + "val", "")
                stack.append((name, [own] if own else []))
            continue
        name, parts = stack.pop()
        whole = "" if name in _SILENT else _FOLDS.get(name, "".join)(parts)
        if name == "nary" and (sign := element.find(f"{_SIGNS}naryPr/{_SIGNS}chr")) is not None:
            whole = whole.replace("∑", sign.get(_SIGNS + "val", "∑"), 1)
        if stack:
            if whole or (name not in _SILENT and stack[-1][0] in _KEEPS_EMPTY):
                stack[-1][1].append(whole)
            tail = (element.tail or "").strip()
            if tail:
                stack[-1][1].append(tail)
        else:
            result = whole
    return " ".join(result.split())

