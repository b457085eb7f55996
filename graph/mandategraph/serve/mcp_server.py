"""The Model Context Protocol, through its official SDK: the tools of ``tools`` on standard input and output."""

from __future__ import annotations

import json
from typing import Any

import anyio
from mcp import types
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server

from mandategraph import __version__
from mandategraph.serve.problems import Refusal
from mandategraph.serve.session import Session
from mandategraph.serve.tools import OUTCOME, Tool, Toolbox
from mandategraph.system.errors import MandategraphError

_INSTRUCTIONS = (
    "mandategraph knows who was asked to do what, by which decision, for which meeting, in the making of the post-2020 "
    "Global Biodiversity Framework. Every answer cites its sources (document, place, line); cite them on. 'no', "
    "'not-stated' and 'not-covered' are three different answers. When 'extent' says truncated, ask for the next page. "
    "Codes are taken as people write them (WG2020-3, WG8(j)-11); use resolve when unsure."
)
_READING = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def run(session: Session) -> None:
    """Serve until standard input ends."""
    server = made(Toolbox(session))

    async def talk() -> None:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(talk)


def made(tools: Toolbox) -> Server[Any]:
    """The server over these tools, not yet connected to anything."""
    listed = [_described(tool) for tool in tools.tools.values()]

    async def on_list(context: ServerRequestContext[Any], given: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=listed)

    async def on_call(context: ServerRequestContext[Any], given: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            outcome = tools.call(given.name, given.arguments or {})
        except (MandategraphError, Refusal) as error:
            words = error.words() if isinstance(error, Refusal) else str(error)
            return types.CallToolResult(content=[types.TextContent(text=words)], is_error=True)
        text = json.dumps(outcome, ensure_ascii=False, indent=1)
        return types.CallToolResult(content=[types.TextContent(text=text)], structured_content=outcome)

    return Server(
        "mandategraph",
        version=__version__,
        title="mandategraph",
        instructions=_INSTRUCTIONS,
        on_list_tools=on_list,
        on_call_tool=on_call,
    )


def _described(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.arguments,
        output_schema=OUTCOME,
        annotations=_READING,
    )
