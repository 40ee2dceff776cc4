"""A throw-away token of SoftHSM2: its own folder, one PIN, and, with a desk, two keys of its authority."""

import glob
import os
import shutil
import subprocess
from datetime import timedelta

import pytest

from motcua.signing.doors import put_trial_key_on_token
from motcua.signing.trial import Person
from tests.signing.desk import AGENCY, AT, HANH

PIN = "246810"
RSA, ECDSA = "Hạnh", "Hạnh ECDSA"  # labels
TOKEN = "UBND Bãi Cháy"


def library():
    """The PKCS#11 library of SoftHSM2; skips when it is not installed."""
    found = [*glob.glob("/usr/lib/softhsm/libsofthsm2.so"), *glob.glob("/usr/lib/*/softhsm/libsofthsm2.so")]
    if not found or not shutil.which("softhsm2-util"):
        pytest.skip("no SoftHSM here: apt install softhsm2")
    return found[0]


class Token:
    """A token in `folder`; `where(label)` is what `open_door` asks for."""

    def __init__(self, folder, desk):
        self.module = library()
        (folder / "tokens").mkdir()
        place = folder / "softhsm2.conf"
        place.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n", "utf-8")
        self.before, os.environ["SOFTHSM2_CONF"] = os.environ.get("SOFTHSM2_CONF"), str(place)
        self.folder = folder
        self.make(TOKEN)
        for kind, label in {"rsa": RSA, "ec": ECDSA}.items() if desk else ():
            content = issued(desk, kind)
            put_trial_key_on_token(self.where(label), PIN, content, "mật")

    def make(self, token):
        words = ("--init-token", "--free", "--label", token, "--so-pin", "13579024", "--pin", PIN)
        subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)
        self.restart()

    def restart(self):
        """The library looks for its tokens anew, as when a device is plugged in or pulled out."""
        import pkcs11

        pkcs11.lib(self.module).reinitialize()

    def where(self, label=RSA, token=TOKEN):
        return {"module": self.module, "token": token, "label": label}

    def end(self):
        import pkcs11

        pkcs11.unload(self.module)
        os.environ.pop("SOFTHSM2_CONF")
        if self.before is not None:
            os.environ["SOFTHSM2_CONF"] = self.before


def issued(desk, kind):
    """A PKCS#12 file for a key of this kind, by the tests' authority."""
    authority, before = desk.authority, desk.authority.kind
    authority.kind = kind
    try:
        person = Person(HANH.name, AGENCY, HANH.title)
        return authority.issue_pkcs12(person, at=AT - timedelta(days=1), password="mật")
    finally:
        authority.kind = before
