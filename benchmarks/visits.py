"""Visits without a browser: they speak Streamlit's own messages over a websocket."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection
from websockets.typing import Subprotocol

STREAM = Subprotocol("streamlit")
PATIENCE = 20.0  # seconds after which an answer counts as an error
MOST_BYTES = 64 * 2**20  # of one message


class VisitError(RuntimeError):
    """The server did not do what it should have; the message says what."""


@dataclass(frozen=True)
class Sliders:
    """A group of live sliders on a page: what a message to it needs."""

    component: str
    fragment: str
    settings: tuple[dict[str, Any], ...]


@dataclass
class WebVisit:
    """One visit; `page` and `sliders` are what it looks at now."""

    connection: ClientConnection
    page: str = ""
    sliders: list[Sliders] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)
    bytes_received: int = 0
    _query: str = ""
    _page_hash: str = ""

    async def open(self, page: str) -> float:
        """Go to a page; the seconds until it is complete."""
        self.page, self.sliders, self.states = page, [], {}
        self._query = self._page_hash = ""
        return await self._run()

    async def move(self, sliders: Sliders, name: str, value: float) -> float:
        """Move a slider; the seconds until all that depends on it has come."""
        moved = {"number": time.time_ns() // 1_000_000, "values": {name: f"{value:.6g}"}}
        self.states[sliders.component] = json.dumps({"moved": {**moved, "settled": False}})
        return await self._run(sliders.fragment)

    async def _run(self, fragment: str = "") -> float:
        """Ask for a run, and take what comes until it is over."""
        message = BackMsg()
        client = message.rerun_script
        client.query_string, client.fragment_id = self._query, fragment
        if self._page_hash:
            client.page_script_hash = self._page_hash
        else:
            client.page_name = self.page
        for component, state in self.states.items():
            client.widget_states.widgets.add(id=component, json_value=state)
        began = time.perf_counter()
        await self.connection.send(message.SerializeToString())
        try:
            async with asyncio.timeout(PATIENCE):
                while not await self._take():
                    pass
        except TimeoutError as error:
            raise VisitError(f"no answer on {self.page} in {PATIENCE:.0f} s") from error
        return time.perf_counter() - began

    async def _take(self) -> bool:
        """Take one message; whether it ends the run that was asked for."""
        data = await self.connection.recv(decode=False)
        self.bytes_received += len(data)
        message = ForwardMsg()
        message.ParseFromString(data)
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.new_element.WhichOneof("type"):
            self._look_at(message)
        elif kind == "navigation":
            self.sliders = []  # the whole page is drawn anew
        elif kind == "new_session":
            self._page_hash = message.new_session.page_script_hash
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "script_finished":
            how = ForwardMsg.ScriptFinishedStatus.Name(message.script_finished)
            if how == "FINISHED_WITH_COMPILE_ERROR":
                raise VisitError(f"{self.page} did not run")
            return how != "FINISHED_EARLY_FOR_RERUN"
        return False

    def _look_at(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise VisitError(f"{self.page}: {element.exception.message[:200]}")
        if kind != "bidi_component":
            return
        settings = _settings_in(element.bidi_component.json)
        if settings:
            component = element.bidi_component.id
            self.sliders = [each for each in self.sliders if each.component != component]
            self.sliders.append(Sliders(component, message.delta.fragment_id, settings))


def _settings_in(text: str) -> tuple[dict[str, Any], ...]:
    """The settings of live sliders, where a component's data are those of live sliders."""
    try:
        data = json.loads(text)
    except ValueError:
        return ()
    settings = data.get("settings") if isinstance(data, dict) else None
    return tuple(settings) if isinstance(settings, list) else ()
