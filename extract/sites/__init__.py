"""The chrome of sites (站点杂质): one small data file a site or family of sites, found by walking this folder.

A file defines ``SITE``. ``hosts`` empty means: these lines are chrome wherever they come from.
"""

from __future__ import annotations

import importlib
import pkgutil

from .site import Site

SITES: tuple[Site, ...] = tuple(
    importlib.import_module(f"{__name__}.{module.name}").SITE for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name) if module.name != "site"
)

__all__ = ["SITES", "Site"]
