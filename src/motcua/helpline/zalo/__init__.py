"""A chat channel in the manner of a Zalo Official Account. Closed until an installation gives its secrets."""

from __future__ import annotations

from django.conf import settings

from motcua.helpline.zalo.offers import Channel


def channel() -> Channel | None:
    """The channel as the settings say, None where they open none."""
    own = settings.MOTCUA
    if not own.zalo_app_id:
        return None
    from motcua.helpline.zalo.speaks import ZaloOA

    return ZaloOA(
        own.zalo_app_id, own.zalo_webhook_secret, own.zalo_app_secret, own.zalo_api_url, own.zalo_oauth_url
    )
