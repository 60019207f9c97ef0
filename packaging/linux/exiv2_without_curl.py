"""Takes the network out of exiv2: its wheel links libcurl, and by it a dozen libraries with OpenSSL 1.1 among them.

exiv2 needs them to read pictures from web addresses, which Photosort never does. OpenSSL 1.1's licence does not go
together with exiv2's GPL in one package, and what cannot be reached need not be shipped. In libcurl's place stands a
library of its eight functions that all say "failed".
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

# What libexiv2 0.28 calls; a loader error at the first start tells of a new one, and so does the smoke test.
_FUNCTIONS = (
    "easy_init",
    "easy_cleanup",
    "easy_getinfo",
    "easy_perform",
    "easy_reset",
    "easy_setopt",
)
_SOURCE = "\n".join(
    (
        *(f"void *curl_{name}(void) {{ return 0; }}" for name in _FUNCTIONS),
        'const char *curl_easy_strerror(int code) { (void)code; return "no network"; }',
        "void *curl_version_info(int now) { (void)now; return 0; }",
    )
)
_ONLY_FOR_CURL = (
    "libcom_err", "libcrypt", "libcrypto", "libgssapi_krb5", "libidn2", "libk5crypto", "libkeyutils", "libkrb5",
    "libkrb5support", "liblber", "libldap", "libnghttp2", "libpcre2", "libpsl", "libsasl2", "libselinux", "libssh",
    "libssl", "libunistring",
)  # fmt: skip


def replace(internal: Path) -> None:
    """Changes the copy of exiv2 in a bundle.

    Args:
        internal: the bundle's folder of libraries.
    """
    folder = internal / "exiv2.libs"
    for path in folder.iterdir():
        if path.name.partition("-")[0] in _ONLY_FOR_CURL:
            path.unlink()
    # PyInstaller links what it finds twice; the links to what is gone go too.
    for path in internal.iterdir():
        if path.is_symlink() and not path.exists():
            path.unlink()
    (curl,) = folder.glob("libcurl-*")
    with tempfile.TemporaryDirectory() as work:
        source = Path(work) / "curl.c"
        source.write_text(_SOURCE, "utf-8")
        linked = ["-shared", "-fPIC", "-s", "-Wl,--build-id=none", f"-Wl,-soname,{curl.name}"]
        subprocess.run(["cc", "-O1", "-w", *linked, str(source), "-o", str(curl)], check=True)
