"""The page of what waits for a person, and the buttons that decide (核对页)."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette import Response
from sqlite_utils import Database

from ..decided import decisions_of
from ..duplicates import unsettled
from ..load import questions
from ..review import accept_rule, decide_repairs, dismiss, edit, kinds, undo, waiting
from ..schema import BankError, open_bank
from ..typed import field_value
from .access import COOKIE, allowed, form_token, from_here, reading, token_fits
from .cards import cards
from .names import ABOUT

PAGE = 25
WHO = "网页核对"
REFUSALS = (  # what the bank says of a decision that does not fit, and how a visitor is told
    ("undo the later one", "这一项后来又改过：请先撤销后来的修改。"),
    ("overlap", "它与另一处已应用的改动重叠：请先撤销那一处。"),
    ("is not proposed", "原文重读以后，这条建议已经没有了。"),
    ("no longer there", "这道题已经不在题库里了。"),
    ("there is no ", "它已经不在题库里了，可能刚刚重新导入过。"),
    ("has no option", "这道题没有这个选项。"),
    ("carries no flag", "这道题已经没有这个标记了。"),
    ("some did not fit", "有几处与别的改动重叠，没有接受；其余的都做成了。"),
    (" is no ", "填写的内容不合这一项的要求。"),
)


async def page(datasette: Any, request: Any) -> Response:
    """What waits, by kind. A token in the address is kept in a cookie and taken out of the address at once."""
    given = request.args.get("token")
    if given is not None:
        answer = Response.redirect("/review")
        if token_fits(datasette, given):
            # strict: a link or a form on another site never carries it
            answer.set_cookie(COOKIE, given, httponly=True, samesite="strict", max_age=12 * 3600)
        return answer
    values = await reading(datasette, lambda db: _values(db, request.args, allowed(datasette, request)))
    return Response.html(await datasette.render_template("review.html", values, request=request))


def _values(db: Database, args: Any, may: bool) -> dict[str, Any]:
    code, rule = args.get("code"), args.get("rule")
    about = args.get("about") if args.get("about") in ABOUT else None
    number = args.get("page") or "1"
    at = max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 8 else 1
    flags, rules = kinds(db)
    what = "repairs" if rule or (not code and not flags) else "flags"
    some = waiting(db, "repairs" if what == "repairs" else "flags", only=rule or code, about=about, limit=PAGE + 1,
                   offset=(at - 1) * PAGE)
    held = {c.id: c for c in cards(db, dict.fromkeys(w.question_id for w in some[:PAGE] if w.question_id is not None))}
    conflicts, truncated = unsettled(db)
    return {
        "flags": flags, "rules": rules, "conflicts": conflicts, "truncated": truncated,
        "code": code, "rule": rule, "about_only": about, "page": at, "more": len(some) > PAGE,
        "waiting": [(w, held.get(w.question_id or 0)) for w in some[:PAGE]],
        "decisions": decisions_of(db)[-50:][::-1] if may else [],
    }


async def decide(datasette: Any, request: Any) -> Response:
    """Carry out what a form asks for.

    403 without the token, without the form's own word, from another site, or where the server was not started with ``--review``.
    """
    if request.method != "POST" or not allowed(datasette, request) or not from_here(request):
        return await _refused(datasette, request, "这里不能决定：请用 tiku serve --review 启动，并打开它给出的地址。", 403)
    form = await request.post_vars()
    if not hmac.compare_digest(form.get("form", "").encode(), form_token(datasette).encode()):
        return await _refused(datasette, request, "这张表单不是本站的页面给出的：请回到待核对页重试。", 403)
    bank: Path = datasette.tiku.bank

    def work() -> None:
        db = open_bank(bank)
        try:
            ACTIONS[form.get("action", "")](db, form)
        finally:
            db.close()

    try:
        await asyncio.get_running_loop().run_in_executor(None, work)
    except (BankError, KeyError, ValueError) as problem:
        return await _refused(datasette, request, _told(str(problem)), 400)
    back = form.get("back", "")
    # only ever to a page of this site
    return Response.redirect(back if back.startswith("/") and not back.startswith("//") and "\\" not in back else "/review")


def _told(problem: str) -> str:
    return next((told for said, told in REFUSALS if said in problem), "这一步没有做成，题库没有改动。")


async def _refused(datasette: Any, request: Any, problem: str, status: int) -> Response:
    return Response.html(await datasette.render_template("refused.html", {"problem": problem}, request=request), status=status)


def _repair(action: str) -> Callable[[Database, dict[str, str]], None]:
    def act(db: Database, form: dict[str, str]) -> None:
        _, problems = decide_repairs(db, [int(form["repair"])], action, WHO)
        if problems:
            raise BankError(problems[0])
    return act


def _rule(action: str) -> Callable[[Database, dict[str, str]], None]:
    def act(db: Database, form: dict[str, str]) -> None:
        done, problems = accept_rule(db, form["rule"], action, WHO)
        if problems:
            raise BankError("some did not fit" if done else problems[0])
    return act


def _edit(db: Database, form: dict[str, str]) -> None:
    question_id = int(form["question"])
    held = questions(db, [question_id]).get(question_id)
    if held is None:
        raise BankError(f"there is no question {question_id}")
    edit(db, question_id, form["field"], field_value(held, form["field"], form["value"].replace("\r\n", "\n")), WHO)


ACTIONS: dict[str, Callable[[Database, dict[str, str]], None]] = {
    "accept": _repair("accept"),
    "reject": _repair("reject"),
    "accept-rule": _rule("accept"),
    "reject-rule": _rule("reject"),
    "edit": _edit,
    "dismiss": lambda db, form: dismiss(db, int(form["question"]), form["code"], WHO),
    "undo": lambda db, form: undo(db, int(form["decision"])),
}
