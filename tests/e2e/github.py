"""GitHub and its neighbours on loopback, with what could be committed here as its one release."""

from base64 import encodebytes
from collections.abc import Awaitable, Callable
import json
import os
from pathlib import Path
import shutil
import subprocess
from typing import Final, Self

from aiohttp import web
import trustme
import yaml

from sandbox.launch import CA_FILE, HOSTS_FILE
from sandbox.server import LOOPBACK, listen, tls_context
from scripts.checks.files import committable

REPOSITORY: Final = "api-credits/api-credits"
API: Final = "api.github.com"
WEB: Final = "github.com"
RAW: Final = "raw.githubusercontent.com"
CATALOGUE: Final = "data-v2.hacs.xyz"
BRANDS: Final = "brands.home-assistant.io"
MY: Final = "my.home-assistant.io"
HOSTS: Final = (API, WEB, RAW, CATALOGUE, BRANDS, MY)

_ICON: Final = "custom_components/api_credits/brand/icon.png"
_LISTS: Final = {"removed", "critical"}
_BRANCH: Final = "main"
_COMMIT: Final = "5eed" * 10
_DAY: Final = "2026-11-20T12:00:00Z"
_CODE: Final = "ABCD-1234"

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class GitHub:
    """Answers as documented, for one repository that is in no catalogue."""

    def __init__(self, source: Path, directory: Path, *, sandbox: Path) -> None:
        """Check out a source into this directory; the one of a sandbox knows the providers."""
        self.directory = directory
        self.checkout = directory / "checkout"
        self.home_url = ""
        """Where My Home Assistant leads: a person tells it once."""
        self.missed: list[str] = []
        """What was asked for and is not there."""
        self._sandbox = sandbox
        self._connected = False
        self._files = _check_out(source, self.checkout)
        self._zip = _zip(self.checkout, directory)
        manifest = self.checkout / "custom_components" / "api_credits" / "manifest.json"
        self._tag = f"v{json.loads(manifest.read_text())['version']}"
        self._download = f"/{REPOSITORY}/releases/download/{self._tag}/{self._zip.name}"
        # A browser that has connected and does not ask is not waited for.
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=0.5)

    async def __aenter__(self) -> Self:
        """Start, and write down where, beside the providers."""
        authority = trustme.CA()
        self._port = await listen(self._runner, 0, tls_context(authority, *HOSTS))
        authorities = (self._sandbox / CA_FILE).read_bytes() + authority.cert_pem.bytes()
        (self.directory / CA_FILE).write_bytes(authorities)
        hosts = json.loads((self._sandbox / HOSTS_FILE).read_text())
        hosts |= dict.fromkeys(HOSTS, self._port)
        (self.directory / HOSTS_FILE).write_text(json.dumps(hosts))
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        await self._runner.cleanup()

    @property
    def flags(self) -> tuple[str, ...]:
        """What leads a browser here, and nowhere else."""
        rules = [f"MAP {host} {LOOPBACK}:{self._port}" for host in HOSTS]
        rules += ["MAP * ~NOTFOUND", f"EXCLUDE {LOOPBACK}"]
        return f"--host-resolver-rules={','.join(rules)}", "--ignore-certificate-errors"

    def enter(self, code: str) -> None:
        """Connect a device, as a person does who enters the code that it shows."""
        assert code == _CODE
        self._connected = True

    def _application(self) -> web.Application:
        repository = f"/repos/{REPOSITORY}"
        routes = {
            API: [
                web.get(repository, self._repository),
                web.get(f"{repository}/releases", self._releases),
                web.get(f"{repository}/branches/{_BRANCH}", self._branch),
                web.get(f"{repository}/git/trees/{{ref:.+}}", self._tree),
                web.get(f"{repository}/contents/{{path:.+}}", self._contents),
            ],
            WEB: [
                web.post("/login/device/code", self._device),
                web.post("/login/oauth/access_token", self._token),
                web.get(self._download, self._asset),
            ],
            RAW: [web.get(f"/{REPOSITORY}/{{ref}}/{{path:.+}}", self._raw)],
            CATALOGUE: [web.get("/{section}/data.json", self._catalogue)],
            BRANDS: [web.get("/{path:.+}", self._any_icon)],
            MY: [
                web.get("/redirect/{name}/", self._redirect),
                web.get("/badges/{name}.svg", self._badge),
            ],
        }
        application = web.Application(middlewares=[self._note])
        for host, served in routes.items():
            domain = web.Application()
            domain.add_routes(served)
            application.add_domain(host, domain)
        return application

    @web.middleware
    async def _note(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPNotFound:
            self.missed.append(f"{request.method} {request.url}")
            return web.json_response({"message": "Not Found", "status": "404"}, status=404)

    async def _repository(self, _: web.Request) -> web.Response:
        owner, _slash, name = REPOSITORY.partition("/")
        return web.json_response(
            {
                "id": 1296269,
                "name": name,
                "full_name": REPOSITORY,
                "owner": {"login": owner, "type": "Organization"},
                "private": False,
                "description": "Tells you before the credit of your API accounts runs out",
                "fork": False,
                "archived": False,
                "default_branch": _BRANCH,
                "has_issues": True,
                "open_issues": 0,
                "stargazers_count": 0,
                "topics": [],
                "pushed_at": _DAY,
            }
        )

    async def _releases(self, _: web.Request) -> web.Response:
        asset = {
            "name": self._zip.name,
            "content_type": "application/zip",
            "size": self._zip.stat().st_size,
            "download_count": 0,
            "browser_download_url": f"https://{WEB}{self._download}",
        }
        release = {
            "tag_name": self._tag,
            "name": self._tag,
            "body": "",
            "draft": False,
            "prerelease": False,
            "published_at": _DAY,
            "assets": [asset],
        }
        return web.json_response([release])

    async def _branch(self, _: web.Request) -> web.Response:
        return web.json_response({"name": _BRANCH, "commit": {"sha": _COMMIT}})

    async def _tree(self, request: web.Request) -> web.Response:
        self._check(request.match_info["ref"].removeprefix("tags/"))
        folders = {str(folder) for name in self._files for folder in Path(name).parents} - {"."}
        types = dict.fromkeys(self._files, "blob") | dict.fromkeys(folders, "tree")
        tree = [{"path": path, "type": types[path]} for path in sorted(types)]
        return web.json_response({"sha": _COMMIT, "tree": tree, "truncated": False})

    async def _contents(self, request: web.Request) -> web.Response:
        file = self._file(request, request.query["ref"])
        return web.json_response(
            {
                "type": "file",
                "encoding": "base64",
                "name": file.name,
                "path": request.match_info["path"],
                "content": encodebytes(file.read_bytes()).decode(),
            }
        )

    async def _device(self, _: web.Request) -> web.Response:
        return web.json_response(
            {
                "device_code": "device",
                "user_code": _CODE,
                "verification_uri": f"https://{WEB}/login/device",
                "expires_in": 900,
                "interval": 1,
            }
        )

    async def _token(self, _: web.Request) -> web.Response:
        if not self._connected:
            return web.json_response({"error": "authorization_pending"})
        return web.json_response({"access_token": "granted", "token_type": "bearer", "scope": ""})

    async def _asset(self, _: web.Request) -> web.FileResponse:
        return web.FileResponse(self._zip)

    async def _raw(self, request: web.Request) -> web.FileResponse:
        return web.FileResponse(self._file(request, request.match_info["ref"]))

    async def _catalogue(self, request: web.Request) -> web.Response:
        return web.json_response([] if request.match_info["section"] in _LISTS else {})

    async def _any_icon(self, _: web.Request) -> web.FileResponse:
        return web.FileResponse(self.checkout / _ICON)

    async def _redirect(self, request: web.Request) -> web.Response:
        path = f"/_my_redirect/{request.match_info['name']}?{request.query_string}"
        raise web.HTTPFound(self.home_url + path)

    async def _badge(self, _: web.Request) -> web.Response:
        badge = '<svg xmlns="http://www.w3.org/2000/svg" width="270" height="40"/>'
        return web.Response(text=badge, content_type="image/svg+xml")

    def _check(self, ref: str) -> None:
        """Refuse what is neither the release nor the branch."""
        if ref not in {self._tag, _BRANCH}:
            raise web.HTTPNotFound

    def _file(self, request: web.Request, ref: str) -> Path:
        """Return the file that is asked for."""
        self._check(ref)
        if (path := request.match_info["path"]) not in self._files:
            raise web.HTTPNotFound
        return self.checkout / path


def _check_out(source: Path, target: Path) -> frozenset[str]:
    """Copy what could be committed, and return the names of its files."""
    files = frozenset(committable(source))
    for name in files:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source / name, target / name)
    return files


def _zip(checkout: Path, directory: Path) -> Path:
    """Do what the release workflow does to make the zip, and return that."""
    workflow = yaml.safe_load((checkout / ".github" / "workflows" / "release.yml").read_text())
    steps = workflow["jobs"]["release"]["steps"]
    step = next(step for step in steps if step.get("name", "").startswith("Zip "))
    subprocess.run(
        ["bash", "-c", step["run"]],
        cwd=checkout / step["working-directory"],
        env=os.environ | {"RUNNER_TEMP": str(directory)},
        check=True,
    )
    (made,) = directory.glob("*.zip")
    return made
