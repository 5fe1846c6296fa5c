"""Which version each rule of this code has."""

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import ModuleType

from products import rules


def modules() -> Iterator[ModuleType]:
    """Every module of rules that carries a version, by name."""
    for name in sorted(module.name for module in pkgutil.iter_modules(rules.__path__)):
        module = import_module(f"{rules.__name__}.{name}")
        if hasattr(module, "VERSION"):
            yield module


@cache
def current() -> dict[str, str]:
    """The version of each rule by the name of its module."""
    return {name_of(module): str(module.VERSION) for module in modules()}


def name_of(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]
