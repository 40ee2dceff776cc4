"""Speaking with a Zalo Official Account: its webhook, its message API, the renewal of its tokens.

Unverified: the channel's own pages could not be read. What stands here is what public programs and tutorials that
speak with it agree on: the header `X-ZEvent-Signature: mac=<sha256 of app id + body + timestamp + account's secret>`;
events sent again for up to twelve hours until they are answered 200 within two seconds; `POST /v3.0/oa/message/cs` with
the header `access_token`; error -216 for a token that ran out; a renewal that gives another refresh token each time.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from typing import Any

from motcua.foundation.outside import STRAIGHT
from motcua.helpline.zalo.offers import ChannelProblem, NotAuthentic, Said, Tokens
from motcua.kernel.addresses import is_safe_address

BODY_MAX = 64 * 1024
ANSWER_MAX = 64 * 1024
SECONDS = 8.0  # for one call; the worker waits, nobody else
OLD_MOST = timedelta(hours=13)  # it sends for twelve hours what was not answered
AHEAD_MOST = timedelta(minutes=5)  # clocks differ
TOKEN_OVER = (-216, -124)  # token ran out, token wrong
SECONDS_OF_A_TOKEN = 3600  # where the channel does not say how long


@dataclass(frozen=True)
class ZaloOA:
    """One Official Account: `app_id`, the secret of the account (webhook), the secret of the app (renewal)."""

    app_id: str
    webhook_secret: str = field(repr=False)
    app_secret: str = field(repr=False)
    api: str
    oauth: str
    seconds: float = SECONDS

    def heard(self, body: bytes, signature: str, at: datetime) -> Said | None:
        """See `Channel`. Words come from `user_send_text`; other things that users send come without words."""
        try:
            told = json.loads(body)
            stamp = str(told["timestamp"])
            moment = datetime.fromtimestamp(int(stamp) / 1000, UTC)
        except (ValueError, KeyError, TypeError, OverflowError, OSError, RecursionError):
            raise NotAuthentic("unreadable") from None
        if not hmac.compare_digest(signature.removeprefix("mac=").lower().encode(), self._mac(body, stamp)):
            raise NotAuthentic("signature")
        if str(told.get("app_id", self.app_id)) != self.app_id:
            raise NotAuthentic("another app")
        if not at - OLD_MOST <= moment <= at + AHEAD_MOST:
            raise NotAuthentic("too old")
        return _said(told, moment)

    def _mac(self, body: bytes, stamp: str) -> bytes:
        whole = self.app_id.encode() + body + stamp.encode() + self.webhook_secret.encode()
        return hashlib.sha256(whole).hexdigest().encode()

    def send(self, access: str, user: str, text: str) -> None:
        """See `Channel`."""
        body = json.dumps({"recipient": {"user_id": user}, "message": {"text": text}}, ensure_ascii=False)
        headers = {"Content-Type": "application/json", "access_token": access}
        told = self._call(f"{self.api.rstrip('/')}/v3.0/oa/message/cs", body.encode(), headers)
        error = told.get("error")
        if error in TOKEN_OVER:
            raise ChannelProblem("token", str(error))
        if error != 0:
            raise ChannelProblem("refused", str(error)[:40])

    def renew(self, refresh: str) -> Tokens:
        """See `Channel`."""
        form = {"refresh_token": refresh, "app_id": self.app_id, "grant_type": "refresh_token"}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "secret_key": self.app_secret}
        address = f"{self.oauth.rstrip('/')}/v4/oa/access_token"
        told = self._call(address, urllib.parse.urlencode(form).encode(), headers)
        access, fresh = told.get("access_token"), told.get("refresh_token")
        if not isinstance(access, str) or not access:
            raise ChannelProblem("refused", str(told.get("error"))[:40])
        seconds = str(told.get("expires_in", SECONDS_OF_A_TOKEN))
        return Tokens(
            access,
            fresh if isinstance(fresh, str) and fresh else refresh,
            int(seconds) if seconds.isdigit() else SECONDS_OF_A_TOKEN,
        )

    def _call(self, address: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
        if not is_safe_address(address):
            raise ChannelProblem("unsafe_address")
        request = urllib.request.Request(address, body, headers, method="POST")  # noqa: S310  asked just above
        try:
            with STRAIGHT.open(request, timeout=self.seconds) as answer:
                content = answer.read(ANSWER_MAX + 1)
        except urllib.error.HTTPError as refused:
            with refused:
                raise ChannelProblem(
                    "down" if refused.code >= 500 else "refused", str(refused.code)
                ) from None
        except TimeoutError:
            raise ChannelProblem("slow", maybe_done=True) from None
        except (OSError, HTTPException, ValueError) as problem:
            raise ChannelProblem("down", type(problem).__name__) from None
        try:
            told = json.loads(content[:ANSWER_MAX])
        except (ValueError, RecursionError):
            raise ChannelProblem("wrong_answer", maybe_done=True) from None
        if not isinstance(told, dict):
            raise ChannelProblem("wrong_answer", maybe_done=True)
        return told


def _said(told: dict[str, Any], moment: datetime) -> Said | None:
    event, sender, message = told.get("event_name"), told.get("sender"), told.get("message")
    if (
        not str(event).startswith("user_send_")
        or not isinstance(sender, dict)
        or not isinstance(message, dict)
    ):
        return None
    user, known = str(sender.get("id") or ""), str(message.get("msg_id") or "")
    if not 1 <= len(user) <= 100 or not 1 <= len(known) <= 90:
        return None
    words = message.get("text") if event == "user_send_text" else ""
    return Said(known, user, words if isinstance(words, str) else "", moment)
