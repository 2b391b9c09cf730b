"""What the pages of the site show (网站): plain functions from the bank to values, and the table of routes and filters.

Templates in ``datasette_config`` only lay out what these functions return; the plugin there only names them to Datasette.
"""

from .pages import ROUTES, counts_of, template_vars
from .text import FILTERS

__all__ = ["FILTERS", "ROUTES", "counts_of", "template_vars"]
