"""See to the few programs that do not come as Python packages. Only tests need them, never the product.

Installs what is missing where it may (root, apt); otherwise says which tests are left out and how to get
them. Arguments: names of packages; none means all that the tests use. Always exits 0: a missing program is
told, and the tests that need it say so again.
"""

import glob
import os
import shutil
import subprocess
import sys

CHROMIUM = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
)
# package: what to try first in its place. The shell is the browser without its windows, a third lighter to run.
BETTER = {"chromium": "chromium-headless-shell"}


def has_chromium():
    return any(shutil.which(name) for name in CHROMIUM)


def has_postgresql():
    return bool(shutil.which("initdb") or glob.glob("/usr/lib/postgresql/*/bin/initdb"))


def has_curl():
    return bool(shutil.which("curl"))


def has_poppler():
    return all(shutil.which(name) for name in ("pdfinfo", "pdffonts", "pdftotext", "pdfsig"))


def has_openssl():
    return bool(shutil.which("openssl"))


def has_nss_tools():
    return bool(shutil.which("certutil"))


def has_softhsm():
    return bool(shutil.which("softhsm2-util"))


def has_tesseract():
    return bool(shutil.which("tesseract"))


def has_vietnamese():
    if not has_tesseract():
        return False
    told = subprocess.run(["tesseract", "--list-langs"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return b"vie" in told.stdout.split()


def has_venv():
    return subprocess.call([sys.executable, "-c", "import ensurepip"], stderr=subprocess.DEVNULL) == 0


# package: (is it there?, what is left out without it, wanted by the tests)
PACKAGES = {
    "chromium": (has_chromium, "the journeys in a real browser and the accessibility checks", True),
    "postgresql": (has_postgresql, "the whole second pass, on PostgreSQL", True),
    "curl": (has_curl, "the check that the commands of docs/how-to/use-the-api.md do what they say", True),
    "poppler-utils": (
        has_poppler,
        "the checks of papers as they are printed: pages, fonts, marks, signatures",
        True,
    ),
    "openssl": (has_openssl, "the check that openssl accepts the trial authority", True),
    "libnss3-tools": (has_nss_tools, "the check that pdfsig trusts signatures under the trial root", True),
    "softhsm2": (has_softhsm, "the check that keys on a token (PKCS#11) sign", True),
    "tesseract-ocr": (has_tesseract, "the checks of how well scanned pages are read", True),
    "tesseract-ocr-vie": (has_vietnamese, "the checks of how well scanned pages are read", True),
    "python3-venv": (has_venv, "everything: without it no environment can be made", False),
}


def may_install():
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt(*arguments):
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    return subprocess.call(
        ["apt-get", "-q", "-y"] + list(arguments),
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def on_offer(package):
    """Whether the package lists of this machine know the package."""
    known = subprocess.run(
        ["apt-cache", "show", package], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return known.returncode == 0


def main(names):
    wanted = names or [name for name, row in PACKAGES.items() if row[2]]
    unknown = [name for name in wanted if name not in PACKAGES]
    if unknown:
        sys.stderr.write("system packages: %s is not in the list\n" % ", ".join(unknown))
        return 2
    missing = [name for name in wanted if not PACKAGES[name][0]()]
    if may_install():
        if missing:
            print("system packages: installing %s" % ", ".join(missing), flush=True)
            apt("update")
        for better in [BETTER[name] for name in wanted if name in BETTER]:
            if not shutil.which(better) and on_offer(better):
                apt("install", "--no-install-recommends", better)
        still = [name for name in missing if not PACKAGES[name][0]()]
        if still:
            apt("install", "--no-install-recommends", *still)
    for name in missing:
        if not PACKAGES[name][0]():
            print("system packages: %s is missing, so this is left out: %s." % (name, PACKAGES[name][1]))
            print("                 To have it: sudo apt install %s" % name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
