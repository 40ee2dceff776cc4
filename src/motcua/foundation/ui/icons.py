"""The icons: own line drawings on a 24 × 24 grid, put into the page so that no request and no font is needed."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS = {
    "alert": '<path d="M12 4 2.8 19.5h18.4z"/><path d="M12 10v4.5M12 17.2v.1"/>',
    "arrow-left": '<path d="M19 12H5M11 6l-6 6 6 6"/>',
    "arrow-right": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "arrow-up": '<path d="M12 19V5M6 11l6-6 6 6"/>',
    "arrow-down": '<path d="M12 5v14M6 13l6 6 6-6"/>',
    "bell": '<path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5h4"/>',
    "building": '<path d="M4 20.5h16M6 20.5V8.5h12v12M3.5 8.5 12 3.5l8.5 5M10 20.5v-5h4v5M9.5 11.7v.1M14.5 11.7v.1"/>',
    "calendar": '<rect x="3.5" y="5" width="17" height="15.5" rx="1.5"/><path d="M3.5 10h17M8 3v4M16 3v4"/>',
    "camera": '<path d="M4 8h3.2L9 5.5h6L16.8 8H20v11.5H4z"/><circle cx="12" cy="13.5" r="3.5"/>',
    "card": '<rect x="2.5" y="5" width="19" height="14" rx="1.5"/><circle cx="8" cy="11" r="2"/>'
    '<path d="M5 16c.6-1.6 5.4-1.6 6 0M14 10h5M14 13.5h5"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "chevron": '<path d="m9 6 6 6-6 6"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
    "close": '<path d="M6 6l12 12M18 6 6 18"/>',
    "coins": '<circle cx="9" cy="9" r="5.5"/><path d="M15.5 9.7a5.5 5.5 0 1 1-5.8 5.8"/>',
    "copy": '<rect x="8.5" y="8.5" width="11.5" height="12" rx="1.5"/><path d="M15.5 5.5v-2H4v12h2"/>',
    "diamond": '<path d="M12 3.5 20.5 12 12 20.5 3.5 12z"/>',
    "download": '<path d="M12 4v11M7 10.5l5 5 5-5M4.5 20h15"/>',
    "edit": '<path d="M4.5 19.5l1-4L16 5l3 3L8.5 18.5zM13.5 7.5l3 3"/>',
    "file": '<path d="M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5M9 13h6M9 16.5h6"/>',
    "filter": '<path d="M4 5.5h16L14 12.5v6l-4 1.5v-7.5z"/>',
    "globe": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17"/>',
    "help": '<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.5c.3-3.3 5.2-3 5 0-.1 2-2.5 2-2.5 4.2M12 16.9v.1"/>',
    "home": '<path d="M4 11 12 4l8 7M6 9.5v10.5h12V9.5M10 20v-6h4v6"/>',
    "inbox": '<path d="M3.5 13.5 6 5h12l2.5 8.5V19.5h-17zM3.5 13.5H9c.3 3.3 5.7 3.3 6 0h5.5"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.6v.1"/>',
    "key": '<circle cx="8" cy="15.5" r="4"/><path d="M11 12.5 19.5 4M16 7.5l2.5 2.5M13.5 10l1.5 1.5"/>',
    "list": '<path d="M8.5 6H20M8.5 12H20M8.5 18H20M4.5 6v.1M4.5 12v.1M4.5 18v.1"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="10" rx="1.5"/><path d="M8 10.5V7.5a4 4 0 0 1 8 0v3"/>',
    "mail": '<rect x="3" y="5.5" width="18" height="13.5" rx="1.5"/><path d="m3.5 7 8.5 6.5L20.5 7"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "minus": '<path d="M5.5 12h13"/>',
    "moon": '<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/>',
    "more": '<path d="M6 12v.1M12 12v.1M18 12v.1" stroke-width="3"/>',
    "pause": '<path d="M8.5 5.5v13M15.5 5.5v13" stroke-width="2.8"/>',
    "people": '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c.5-6.5 12.5-6.5 13 0M15.5 5.5a3.5 3.5 0 0 1 0 6.5'
    'M18 14.5c2 .8 3.3 2.5 3.5 5"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.6-8 14.4-8 15 0"/>',
    "phone": '<path d="M5.5 4h3.5l1.5 4.5-2 1.5c1 2.4 3 4.4 5.5 5.5l1.5-2 4.5 1.5V18.5c0 3-17 2-16-13z"/>',
    "plus": '<path d="M12 5.5v13M5.5 12h13"/>',
    "print": '<path d="M7 8.5V3.5h10v5M7 16.5H3.5v-8h17v8H17M7 13.5h10v7H7z"/>',
    "qr": '<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM20 14v2.5M17.5 20H20v-1M14 20v-1"/>',
    "refresh": '<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4v5h-5"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "send": '<path d="M4 12 20 4.5 15.5 20l-4-6.5zM11.5 13.5 20 4.5"/>',
    "settings": '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>',
    "shield": '<path d="M12 3.5 19.5 6v5.5c0 4.5-3 7.5-7.5 9-4.5-1.5-7.5-4.5-7.5-9V6z"/>',
    "sign-out": '<path d="M10 4H4.5v16H10M15 7.5l4.5 4.5-4.5 4.5M19.5 12H9"/>',
    "star": '<path d="m12 4 2.5 5.2 5.5.8-4 4 1 5.6-5-2.7-5 2.7 1-5.6-4-4 5.5-.8z"/>',
    "stop": '<rect x="5.5" y="5.5" width="13" height="13" rx="1"/>',
    "sun": '<circle cx="12" cy="12" r="4"/><path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1'
    'M17.3 17.3l1.1 1.1M18.4 5.6l-1.1 1.1M6.7 17.3l-1.1 1.1"/>',
    "trash": '<path d="M4.5 7h15M9.5 7V4h5v3M6.5 7l1 13.5h9l1-13.5M10 11v6M14 11v6"/>',
    "triangle": '<path d="M12 4.5 21 19.5H3z"/>',
    "upload": '<path d="M12 16V5M7 9.5l5-5 5 5M4.5 20h15"/>',
}

# Shapes that speak beside a deadline's word and colour; filled, so that they differ at 14 px and in print.
SOLID = {
    "dot": '<circle cx="12" cy="12" r="8"/>',
    "half": '<path d="M12 4a8 8 0 0 1 0 16z"/>'
    '<circle cx="12" cy="12" r="7.2" fill="none" stroke="currentColor" stroke-width="1.8"/>',
    "late": '<path d="M12 3.5 22 20.5H2z"/>',
}


def icon(name: str, label: str = "") -> SafeString:
    """The drawing as inline SVG; silent for screen readers unless it has a `label`. Raises KeyError."""
    solid = name in SOLID
    drawing = mark_safe(SOLID[name] if solid else ICONS[name])
    kind = "icon icon--solid" if solid else "icon"
    if label:
        return format_html(
            '<svg class="{}" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', kind, label, drawing
        )
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>', kind, drawing
    )
