"""A time-stamping authority of this machine, by OpenSSL, to be put on a server of the tests."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from web_server import Web

OPENSSL = shutil.which("openssl")
_CONFIG = """
[tsa]
default_tsa = here
[here]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
certs = root.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
[stamping]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
"""


class Authority:
    """A time-stamping authority, by OpenSSL."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        folder.mkdir()
        (folder / "ts.cnf").write_text(_CONFIG)
        (folder / "serial").write_text("01\n")
        self._openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-out", "root.pem", "-subj", f"/CN=Root of {name}", "-days", "2",
                      "-config", "ts.cnf", "-extensions", "root")  # fmt: skip
        self._openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", f"/CN={name}")
        self._openssl("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-out", "tsa.pem", "-days", "2",
                      "-extfile", "ts.cnf", "-extensions", "stamping")  # fmt: skip
        self.roots = folder / "root.pem"
        self.answer_broken = False

    def __call__(self, handler: Any) -> None:
        """Answer a query that came to the web server."""
        (self.folder / "q.tsq").write_bytes(self.web.asked[-1].body)
        self._openssl("ts", "-reply", "-config", "ts.cnf", "-queryfile", "q.tsq", "-out", "r.tsr")
        content = (self.folder / "r.tsr").read_bytes()
        content = content[:-3] + b"abc" if self.answer_broken else content
        handler.send_response(200)
        handler.send_header("Content-Type", "application/timestamp-reply")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    def serve(self, web: Web, path: str = "/stamp") -> str:
        """Answer on this server; the address."""
        self.web = web
        web.pages[path] = self
        return web.url(path)

    def _openssl(self, *words: str) -> None:
        if words[0] == "req" and "-config" not in words:
            words = (*words, "-config", "req.cnf")
        (self.folder / "req.cnf").write_text("[req]\ndistinguished_name=dn\n[dn]\n")
        if "-config" in words and words[0] == "req":
            (self.folder / "ts.cnf").write_text(_CONFIG + "[req]\ndistinguished_name=dn\n[dn]\n")
        subprocess.run([str(OPENSSL), *words], cwd=self.folder, check=True, capture_output=True, timeout=60)
