"""The tools of MCP, asked by the official SDK's own client over standard input and output."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from mandategraph.query.catalogue import Catalogue

mcp = pytest.importorskip("mcp", reason="the package mcp is not installed")

pytestmark = pytest.mark.server

FEEDERS = "meetings-that-feed-a-meeting"


@pytest.fixture(scope="module")
def heard(shipped_folder: Path) -> dict[str, Any]:
    """One conversation with a real process: what each question was answered with."""
    calls: dict[str, tuple[str, dict[str, Any]]] = {
        "feeders": (FEEDERS, {"meeting": "WG2020-3"}),
        "may": (FEEDERS, {"meeting": "wg2020-03", "modality": ["may"]}),
        "paged": (FEEDERS, {"meeting": "WG2020-3", "page_size": 4}),
        "second page": (FEEDERS, {"meeting": "WG2020-3", "page_size": 4, "page": 2}),
        "not stated": (FEEDERS, {"meeting": "WG2020-1"}),
        "held": ("passed-on-in-practice", {"meeting": "WG2020-3"}),
        "held, as known before": ("passed-on-in-practice", {"meeting": "WG2020-3", "as_of": "2019-08-30"}),
        "before all": (FEEDERS, {"meeting": "WG2020-3", "as_of": "2018-01-01"}),
        "nought": ("doubtful-statements", {"below": 0}),
        "null": (FEEDERS, {"meeting": "SBI-3", "modality": None, "page": None, "as_of": None}),
        "other vocabulary": (FEEDERS, {"meeting": "SBI-3", "modality": ["open-ended"]}),
        "no day": (FEEDERS, {"meeting": "SBI-3", "as_of": "2019-02-30"}),
        "list for a text": ("ask", {"text": ["which meetings feed SBI-3"]}),
        "object": (FEEDERS, {"meeting": {"code": "SBI-3"}}),
        "unknown meeting": (FEEDERS, {"meeting": "WG2020-33"}),
        "no meeting": (FEEDERS, {}),
        "unknown argument": (FEEDERS, {"meeting": "SBI-3", "meting": "x"}),
        "bad page": (FEEDERS, {"meeting": "SBI-3", "page": 0}),
        "no such page": (FEEDERS, {"meeting": "SBI-3", "page": 99}),
        "unknown tool": ("meetings-that-feed-meeting", {}),
        "ask": ("ask", {"text": "哪些会议可能为WG2020-3提供投入"}),
        "resolve": ("resolve", {"text": "WG8(j)"}),
        "resolve nothing": ("resolve", {"text": "nonsense"}),
        "search": ("search", {"text": "序列信息"}),
        "show": ("show", {"thing": "SBI-3"}),
        "show nothing": ("show", {"thing": "SBI-33"}),
    }

    async def talk(client: Any) -> dict[str, Any]:
        found: dict[str, Any] = {"tools": (await client.list_tools()).tools, "server": client}
        for name, (tool, given) in calls.items():
            found[name] = await client.call_tool(tool, given)
        return found

    return asyncio.run(_connected(shipped_folder, talk))


async def _connected(store: Path, talk: Callable[[Any], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
    argv = ["-m", "mandategraph", "--store", str(store), "mcp"]
    async with mcp.Client(mcp.StdioServerParameters(command=sys.executable, args=argv)) as client:
        return await talk(client)


def test_every_stored_question_is_a_read_only_tool_in_both_languages(heard: dict[str, Any]) -> None:
    tools = {tool.name: tool for tool in heard["tools"]}
    assert set(tools) == {*Catalogue().names(), "ask", "resolve", "search", "show"}
    for tool in tools.values():
        assert tool.annotations.read_only_hint is True and tool.annotations.destructive_hint is False
        assert tool.description.isascii() is False
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        assert tool.input_schema["additionalProperties"] is False


def test_parameters_are_typed_with_their_legal_values(heard: dict[str, Any]) -> None:
    schema = next(tool for tool in heard["tools"] if tool.name == FEEDERS).input_schema
    assert schema["required"] == ["meeting"] and schema["properties"]["meeting"]["type"] == "string"
    assert schema["properties"]["modality"]["items"]["enum"] == ["will", "unmarked", "expected", "may"]
    assert "承诺程度" in schema["properties"]["modality"]["description"]


def test_what_was_known_on_a_day_can_be_asked_for(heard: dict[str, Any]) -> None:
    # The plan of 30 August 2019 cannot tell what took place.
    statuses = [heard[name].structured_content["status"] for name in ("held", "held, as known before")]
    assert statuses == ["answered", "not-covered"]
    states = [heard[name].structured_content.get("as_of") for name in ("held", "held, as known before")]
    assert states == [None, "2019-08-30"]
    assert heard["before all"].is_error and "2019-08-30" in heard["before all"].content[0].text


def test_answers_are_structured_cite_their_sources_and_say_how_complete_they_are(heard: dict[str, Any]) -> None:
    result = heard["feeders"]
    told = result.structured_content
    assert result.is_error is False and json.loads(result.content[0].text) == told
    assert (told["status"], told["basis"], len(told["rows"])) == ("answered", "explicit", 6)
    assert told["extent"] == {"status": "complete", "rows": 6, "page": 1, "page_size": 100}
    assert "CBD/WG2020/REC/1/1, annex II, table 1, row 7, line 280" in told["sources"]
    assert len(told["sources"]) == len(set(told["sources"])) == 12
    assert {row["feeder"] for row in heard["may"].structured_content["rows"]} == {
        "SBI-3",
        "WG2020-REC-1-1.annex-2.table-1.row-8",
    }


def test_what_is_left_out_is_said(heard: dict[str, Any]) -> None:
    first, second = heard["paged"].structured_content, heard["second page"].structured_content
    assert (first["extent"]["status"], first["extent"]["rows"], len(first["rows"])) == ("truncated", 6, 4)
    assert len(second["rows"]) == 2 and not set(first["sources"]) & set(second["sources"])


def test_the_kinds_of_no_are_kept_apart_from_errors(heard: dict[str, Any]) -> None:
    assert heard["not stated"].structured_content["status"] == "not-stated"
    assert heard["not stated"].is_error is False and heard["not stated"].structured_content["rows"] == []
    assert heard["nought"].is_error is False and heard["nought"].structured_content["rows"] == []
    for name, words in {
        "unknown meeting": "Did you mean WG2020-3",
        "no meeting": "needs 'meeting'",
        "unknown argument": "takes no 'meting'",
        "bad page": "page must be",
        "no such page": "no page 99",
        "other vocabulary": "no term 'open-ended'",
        "no day": "parameter as_of: ",
        "list for a text": "'text' of ask is not a plain value",
        "object": "not a plain value",
        "unknown tool": f"Did you mean {FEEDERS}",
        "show nothing": "SBI-33",
    }.items():
        assert heard[name].is_error is True and words in heard[name].content[0].text, name
    assert heard["resolve nothing"].structured_content["status"] == "not-stated"


def test_null_is_as_good_as_not_given(heard: dict[str, Any]) -> None:
    told = heard["null"].structured_content
    assert told["params"]["modality"] == ["will", "unmarked", "expected", "may"]
    assert told["status"] == "answered"


def test_looking_things_up(heard: dict[str, Any]) -> None:
    assert heard["ask"].structured_content["id"] == FEEDERS or heard["ask"].structured_content["query"] == FEEDERS
    assert len(heard["ask"].structured_content["rows"]) == 2
    assert [row["thing"] for row in heard["resolve"].structured_content["rows"]] == ["WG8J"]
    assert heard["search"].structured_content["rows"]
    shown = heard["show"].structured_content
    assert shown["code"] == "SBI-3" and shown["status"] == "answered"
    assert any("line 286" in source for source in shown["sources"])


def test_structured_answers_fit_the_schema_that_the_tools_announce(heard: dict[str, Any]) -> None:
    schema = heard["tools"][0].output_schema
    for name in ("feeders", "not stated", "ask", "resolve", "search", "show"):
        jsonschema.validate(heard[name].structured_content, schema)


def test_without_the_package_it_says_what_to_install(shipped_folder: Path) -> None:
    code = (
        "import sys; sys.modules['mcp'] = None\n"
        "from mandategraph.cli import main\n"
        f"sys.exit(main(['--store', {str(shipped_folder)!r}, 'mcp']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "pip install 'mandategraph[mcp]'" in done.stderr
