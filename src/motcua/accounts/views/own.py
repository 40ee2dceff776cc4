"""One's own account: what it says, language, password, a form that was held while the screen was locked."""

from __future__ import annotations

import json

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.accounts import actions, passwords, queries, rules
from motcua.accounts.models import Account
from motcua.accounts.views._common import problems_of, safe_next
from motcua.accounts.views.sign_in import home_of, on_to, prove_again
from motcua.foundation.doors import actor_of, signed_in
from motcua.foundation.errors import NotFound, Refusal
from motcua.foundation.forms import act_of
from motcua.foundation.time import now


def _account(request: HttpRequest) -> Account:
    return Account.objects.get(pk=actor_of(request).account_id)


def _base(account: Account) -> str:
    return "ui/base_desk.html" if account.kind == rules.Kind.OFFICER else "ui/base_public.html"


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """What the account says, what happened to it lately; the name shown can be changed here."""
    account = _account(request)
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            act = act_of(request, "accounts.rename")
            actions.rename_account(
                act, account=account.public_id, display_name=request.POST.get("display_name", "")
            )
            messages.success(request, _("Đã ghi tên mới."))
            return redirect("accounts:overview")
        except Refusal as refusal:
            problems = problems_of(refusal)
    context = {
        "base": _base(account),
        "account": account,
        "problems": problems,
        "typed_name": request.POST.get("display_name", account.display_name),
        "events": queries.recent_events(account.public_id),
        "codes_left": queries.recovery_codes_left(account.pk),
    }
    return render(request, "accounts/overview.html", context, status=422 if problems else 200)


@signed_in
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of pages and messages, for this account and this browser."""
    account = _account(request)
    act = act_of(request, "accounts.change_language")
    done = actions.change_language(act, account=account.public_id, language=request.POST.get("language", ""))
    account.language = done["language"]
    return on_to(request, account, safe_next(request, "/account/"))


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change the password; other sessions of the account end."""
    account = _account(request)
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            _change(request, account)
            messages.success(request, _("Đã đổi mật khẩu. Các thiết bị khác phải đăng nhập lại."))
            return redirect(safe_next(request, home_of(account)))
        except Refusal as refusal:
            problems = problems_of(refusal)
    context = {
        "base": _base(account),
        "problems": problems,
        "due": request.session.get("must_change_password"),
        "next": safe_next(request, ""),
        "second_factor": account.has_second_factor,
        "suggestion": passwords.suggestion(),
    }
    return render(request, "accounts/password.html", context, status=422 if problems else 200)


def _change(request: HttpRequest, account: Account) -> None:
    prove_again(request, account, request.POST.get("current", ""), "current")
    act = act_of(request, "accounts.change_password")
    encoded = passwords.accepted(
        act,
        request.POST.get("password", ""),
        login_name=account.login_name,
        display_name=account.display_name,
        second_factor=account.has_second_factor,
        earlier=passwords.earlier_than(account),
    )
    actions.change_password(act, account=account.public_id, password=encoded)
    account.refresh_from_db()
    update_session_auth_hash(request, account)
    request.session["must_change_password"] = False
    request.seen_now = account.public_id  # type: ignore[attr-defined]  the session key has changed


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def held(request: HttpRequest, public_id: str) -> HttpResponse:
    """A form that was sent while the screen was locked: send it on, or throw it away."""
    account = _account(request)
    if request.method == "POST":
        act = act_of(request, "accounts.discard_held")
        actions.discard_held(act, account=account.public_id, held=public_id)
        messages.success(request, _("Đã bỏ nội dung được giữ."))
        return redirect(home_of(account))
    kept = queries.held_post(public_id, account.pk, at=now())
    if kept is None:
        raise NotFound()
    body = json.loads(kept.body)
    fields = [(name, value) for name, values in body["fields"].items() for value in values]
    context = {
        "base": _base(account),
        "path": kept.path,
        "fields": fields,
        "files": [name for name in body["files"] if name],
        "upload_mb": settings.MOTCUA.upload_request_mb,
        "public_id": public_id,
    }
    return render(request, "accounts/held.html", context)
