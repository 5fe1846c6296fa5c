"""The walls between the rooms that import contracts can't express.

`lint-imports` holds who may import whom (pyproject.toml, *Walls*). It knows modules, not names:
that no request reaches the rooms below the views is read from the source here.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# All other rooms of the site, a new one too, are below the views.
MAY_SEE_A_REQUEST = {
    *("views", "api", "exports", "feeds"),
    *("urls", "wsgi", "settings", "apps", "middleware", "context_processors", "templatetags"),
    *("answers", "replicas"),  # middleware too, each with a module of its own
}
# What belongs to a request or an answer. `QueryDict` is a plain value, and how a query travels.
WEB_MODULES = ("django.http", "django.shortcuts", "rest_framework.request", "rest_framework.views")
PLAIN_VALUES = {"QueryDict"}


def sources(*rooms: str) -> Iterator[Path]:
    """Every source file of the rooms, each a package."""
    for room in rooms:
        yield from sorted((ROOT / room).rglob("*.py"))


def imports(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Line, module and name of everything imported, wherever in the file it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node.lineno, node.module or "", alias.name) for alias in node.names)


def is_below(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def requests_in(source: str) -> Iterator[str]:
    """Where a source handles a request or an answer."""
    tree = ast.parse(source)
    for line, module, name in imports(tree):
        # `from django import http` names the package in its name.
        names_web = is_below(module, WEB_MODULES) or is_below(f"{module}.{name}", WEB_MODULES)
        if names_web and name not in PLAIN_VALUES:
            yield f"line {line} imports {name or module} from {module}"
    for node in ast.walk(tree):
        if isinstance(node, ast.arg) and node.arg in {"request", "http_request"}:
            yield f"line {node.lineno} takes a request"
        elif isinstance(node, ast.Attribute) and node.attr == "request":
            yield f"line {node.lineno} reaches for .request"


def located(path: Path, found: Iterator[str]) -> list[str]:
    return [f"{path.relative_to(ROOT)}: {what}" for what in found]


def test_no_request_below_the_views() -> None:
    site = ROOT / "compare"
    found = [
        line
        for path in sources("compare")
        if path.relative_to(site).parts[0].removesuffix(".py") not in MAY_SEE_A_REQUEST
        for line in located(path, requests_in(path.read_text()))
    ]
    assert not found, "hand values down, never the request:\n" + "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        "from django.http import HttpRequest",
        "from django import http",
        "import django.http",
        "from django.shortcuts import render",
        "def counts():\n    from django.http.request import HttpRequest",
        "def counts(request): ...",
        "def counts(*, request=None): ...",
        "class Facets:\n    def read(self):\n        return self.request.GET",
    ],
)
def test_the_wall_sees_a_request(source: str) -> None:
    assert list(requests_in(source))


@pytest.mark.parametrize(
    "source", ["from django.http import QueryDict", "def counts(query): ...", "import django.https"]
)
def test_the_wall_lets_values_through(source: str) -> None:
    assert not list(requests_in(source))


def test_rules_run_without_django() -> None:
    """Import every rule in a Python of its own: no Django may come along, not even by a detour."""
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in sources("products/rules")
    ]
    program = (
        f"import sys; [__import__(name) for name in {modules!r}]; "
        "print(*sorted(name for name in sys.modules if name.partition('.')[0] == 'django'))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert not run.stdout.split()


def pins(lock: Path) -> dict[str, str]:
    """Package and version of each line of a lock that names one."""
    lines = (line.split(";")[0].strip(" \\") for line in lock.read_text().splitlines())
    return dict(line.split("==") for line in lines if "==" in line and not line.startswith("#"))


def test_the_development_lock_holds_all_of_the_runtime_lock() -> None:
    """One environment serves both: `make run` takes one that `make test` has made."""
    runtime, development = pins(ROOT / "requirements.txt"), pins(ROOT / ".ci/requirements.txt")
    assert runtime
    assert runtime.items() <= development.items(), "make both again with make lock"
