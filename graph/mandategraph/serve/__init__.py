"""The graph over HTTP and over MCP, for reading only.

One process speaks HTTP and touches no data; what must be asked of the store goes as a job to one of several worker
processes, each with the store opened for reading. A job that takes too long, takes too much memory or breaks the engine
ends with its process, which is replaced; no other job notices. A reply comes back whole, so that its first line can
already tell whether the answer is complete.

A request goes down this list, and its reply comes back up:

- ``server``: takes the port; drops connections that keep it waiting
- ``request_limits``: refuses what is too long, too large or too slow; adds the headers of safety
- ``app``: which address is answered by what: ``endpoint`` (``/sparql``; reads requests by ``protocol``, has a
  ``sparql_page``), ``api`` (all else), ``static`` (files)
- ``dispatcher``: makes a job of it, unless the asker has the reply already; ``http_responses`` and ``problems`` write responses
- ``pool``, ``ipc``, ``worker``: the job to another process and its reply back, within the ``settings`` (limits)
- ``jobs``: does it in a ``session`` (the store of the moment, within bounds; ``refuse_service`` refuses SERVICE):
  ``resources``, ``catalogue``, ``openapi``, ``render_answer``; in the format of ``negotiation``, or on ``pages`` for people
  (``query_page``: one stored query)

``tools`` and ``mcp_server`` offer the same to language models; ``schemas`` describes the parameters of stored queries
for them and for OpenAPI alike.
"""
