"""What every template may know about the installation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

import motcua


def house(request: HttpRequest) -> dict[str, Any]:
    """Give templates `house.simulation` (show “MÔ PHỎNG”), `house.version` and `house.base_url`."""
    own = settings.MOTCUA
    return {"house": {"simulation": own.simulation, "version": motcua.__version__, "base_url": own.base_url}}
