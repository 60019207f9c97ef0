#!/usr/bin/env bash
# huggingface_hub: what has arrived of a stopped download is deleted.
#
# Expected: a download of gigabytes that was stopped goes on where it stopped, as earlier versions did with their
#   .incomplete files.
# Seen: each call writes to a file with a random name and deletes it when it ends early, so the next call asks for
#   the whole file (broken connections within one call do go on).
# Versions: huggingface_hub 2.4.0. Seen 2026-11-30.
# Matters: programs that download picture models over slow lines.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check huggingface_hub==2.4.0
cd "$work"
HF_HOME="$work/home" no_proxy=127.0.0.1 venv/bin/python - 2>/dev/null <<'PY'
import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CONTENT = bytes(range(256)) * 200_000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
asked = []


class Hub(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.send_response(200)
        for name, value in {
            "ETag": f'"{SHA256}"',
            "X-Linked-Etag": f'"{SHA256}"',
            "X-Linked-Size": str(len(CONTENT)),
            "X-Repo-Commit": "a" * 40,
            "Content-Length": str(len(CONTENT)),
        }.items():
            self.send_header(name, value)
        self.end_headers()

    def do_GET(self):
        asked.append(self.headers.get("Range"))
        self.do_HEAD()
        try:
            self.wfile.write(CONTENT)
        except OSError:
            pass

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()

from huggingface_hub import hf_hub_download  # noqa: E402
from tqdm.auto import tqdm  # noqa: E402


class Stopped(Exception):
    pass


class Stopper(tqdm):
    arrived = 0

    def update(self, n=1):
        Stopper.arrived += n
        if Stopper.arrived > len(CONTENT) // 3:
            raise Stopped


def get(folder, **options):
    address = f"http://127.0.0.1:{server.server_address[1]}"
    hf_hub_download("a/model", "w.bin", endpoint=address, local_dir=folder, **options)


try:
    get("one", tqdm_class=Stopper)
except Stopped:
    pass
left = sum(file.stat().st_size for file in Path("one").rglob("*") if file.is_file())
print(f"stopped after {Stopper.arrived:,} bytes; {left:,} bytes are left")
asked.clear()
get("one")
print("the next call asks for the range", asked[0])
assert left < 10_000
assert asked == [None]
PY
