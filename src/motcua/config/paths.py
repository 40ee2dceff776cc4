"""Where things lie: the package, the packs, and the folder for everything that changes (`var/`)."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent.parent


def default_packs() -> Path:
    """Return the packs of the checkout, or those that travel inside the wheel."""
    beside = CHECKOUT / "packs"
    return beside if beside.is_dir() else PACKAGE / "packs"


def default_docs() -> Path:
    """Return the docs of the checkout, or the few pages that travel inside the wheel."""
    beside = CHECKOUT / "docs"
    return beside if beside.is_dir() else PACKAGE / "docs"


def default_var() -> Path:
    """Return the folder for data, secrets and logs: `MOTCUA_VAR`, else `var/` of the checkout (or of the
    place where the program is run, when it is installed as a wheel)."""
    given = os.environ.get("MOTCUA_VAR")
    if given:
        return Path(given).expanduser().resolve()
    home = CHECKOUT if (CHECKOUT / "pyproject.toml").is_file() else Path.cwd()
    return home / "var"
