"""From a folder, an archive or a crawl to questions in the bank (批量导入), exactly once, stoppable at any time.

``plan`` says what is to be done with a page, ``workers`` do it in processes of their own, ``writer`` is the only one that writes,
``run`` puts them together, ``report`` shows what happens.
"""

from .run import Line, Summary, run_import
from .workers import WorkersError

__all__ = ["Line", "Summary", "WorkersError", "run_import"]
