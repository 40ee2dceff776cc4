"""Signing: keys behind one interface, signatures on PDF (PAdES), time stamps, and what a signature is worth later.

`rules` judges a signed file from bytes, trust roots and revocation information alone; `keys` are the doors to a key
(a PKCS#12 file, a token, a remote service); `trial` is a small authority of our own, marked MÔ PHỎNG.
Not here: which paper is signed and what stands in it (papers), which dossier it belongs to.
"""

import warnings

# The library counts the 64 of X.520 in bytes, which long Vietnamese names exceed; the norm counts letters, as
# `trial.authority` does.
warnings.filterwarnings("ignore", message="Attribute's length must be", category=UserWarning)
