"""What poppler's pdfsig says of a signed file, asked with our root as the only one it trusts."""

import shutil
import subprocess

import pytest


def told(*command):
    done = subprocess.run([str(each) for each in command], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def pdfsig(paper, root, folder):
    """The report on the file `paper`; `root` is the trusted certificate (PEM), `folder` is for what pdfsig keeps."""
    if not all(shutil.which(name) for name in ("pdfsig", "certutil")):
        pytest.skip("no pdfsig or certutil here: apt install poppler-utils libnss3-tools")
    base = folder / "nss"
    base.mkdir(exist_ok=True)
    (folder / "root.pem").write_bytes(root)
    told("certutil", "-N", "-d", base, "--empty-password")
    told("certutil", "-A", "-d", base, "-n", "root", "-t", "CT,C,C", "-i", folder / "root.pem")
    return told("pdfsig", "-no-ocsp", "-nssdir", base, paper)
