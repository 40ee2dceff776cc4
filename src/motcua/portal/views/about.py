"""Pages about the place itself: what it is, help, what happens to one's data, for whom it works."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.agencies import queries as agencies
from motcua.forecast import queries as forecasts
from motcua.foundation.doors import public
from motcua.portal import words
from motcua.portal.views._common import moment, today

WHY = "it says what this place is and asks nothing"


@public(WHY)
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """What Một Cửa is and how it works."""
    return render(request, "portal/about.html", {"forecasts": forecasts.published(moment())})


@public(WHY)
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """Questions people have, and where somebody helps."""
    context = {"centres": agencies.receiving_agencies(today())}
    return render(request, "portal/help.html", context)


@public(WHY)
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, how long, who may see it; which cookies there are."""
    context = {
        "months": settings.MOTCUA.log_retention_months,
        "consents": list(words.CONSENT_TEXTS.values()),
        "cookies": [
            ("motcua_session", _("giữ bạn đăng nhập"), _("đến khi đóng trình duyệt")),
            ("motcua_seen", _("khóa màn hình khi bạn đi vắng"), _("đến khi đóng trình duyệt")),
            ("csrftoken", _("để trang khác không gửi biểu mẫu thay bạn"), _("một năm")),
            (settings.LANGUAGE_COOKIE_NAME, _("nhớ ngôn ngữ bạn chọn"), _("một năm")),
        ],
    }
    return render(request, "portal/privacy.html", context)


@public(WHY)
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """For whom it works, and whom to tell where it does not."""
    return render(request, "portal/accessibility.html")
