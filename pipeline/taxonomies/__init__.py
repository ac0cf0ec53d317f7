"""Public taxonomies (ROME, ESCO), loaded from the user's own downloads, and the links to their concepts.

``downloads`` opens what was downloaded, ``rome`` and ``esco`` read it into :class:`~pipeline.taxonomies.concepts.Taxonomy`,
``compiling`` makes an index of it, ``library`` keeps the compiled files, ``index`` searches one, ``linking`` decides.
:mod:`pipeline.extractors.links` writes what was found. ``docs/taxonomies.md`` tells how good it is.
"""
