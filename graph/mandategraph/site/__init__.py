"""The site: what the store knows as pages for people who would rather look, in each language, without a server.

One way, from left to right; nothing below asks the store again once ``load`` is done:

- ``load``: asks the store (profiles of all things, the network of meetings, all answers) -> ``Content``
- ``lanes``, ``timeline_marks``, ``swimlanes``: when each meeting is and what feeds what -> places and lines of the map
- ``timeline``, ``dossiers``, ``coverage``, ``reservations``, ``schema_org``, ``search_index``: ``Content`` -> what each
  kind of page shows
- ``pages``: which pages there are, and what each is given; ``render`` turns that into HTML by ``templates/``
- ``publish``: puts all files into a folder, or none

``addresses`` says where the page of a thing is, ``words`` how the pages speak.
"""

from mandategraph.site.build import SiteSummary, build_site

__all__ = ["SiteSummary", "build_site"]
