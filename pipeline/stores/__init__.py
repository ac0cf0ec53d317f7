"""Where tables are written so that a reader sees the old ones or the new ones, never a mixture.

:func:`open_store` gives the :class:`Store` of a path or URL: a folder (:mod:`pipeline.stores.local`) or an object store
(:mod:`pipeline.stores.objects`).
"""

from __future__ import annotations

from pipeline import places
from pipeline.stores.local import LocalStore
from pipeline.stores.objects import ObjectStore
from pipeline.stores.store import Bucket, State, Store

__all__ = ("Bucket", "State", "Store", "open_store")


def open_store(root: str) -> Store:
    """The store at a path or URL."""
    return ObjectStore(root) if places.is_url(root) else LocalStore(root)
