"""A page's connection to the server, with the faults of a bad network or an unlucky moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, WebSocketRoute
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.browser.conftest import settle


class Connection:
    """What the browser and the server say to each other. The page is loaded anew for it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._is_held = self._is_ticking = False
        self._late: list[str | bytes] = []
        self._browsers: list[WebSocketRoute] = []
        self.asked = 0  # messages that the browser has sent
        page.route_web_socket("**/_stcore/stream", self._pass_on)
        page.reload()
        page.get_by_text("After this page you can").wait_for()
        settle(page)

    def _pass_on(self, browser: WebSocketRoute) -> None:
        def answer(message: str | bytes) -> None:
            if self._is_held:
                self._late.append(message)
            else:
                browser.send(message)

        def ask(message: str | bytes) -> None:
            self.asked += 1
            if self._is_ticking:
                server.send(_as_tick(message))
            server.send(message)

        self._browsers.append(browser)
        server = browser.connect_to_server()
        server.on_message(answer)
        browser.on_message(ask)

    def asked_since(self, asked: int) -> bool:
        """Whether the browser has sent more than `asked` messages."""
        self._page.wait_for_timeout(10)  # messages are counted while Playwright waits
        return self.asked > asked

    @contextmanager
    def held(self, milliseconds: float) -> Iterator[None]:
        """What the server answers to what is done in here comes this late."""
        self._is_held = True
        yield
        self._page.wait_for_timeout(milliseconds)
        self._is_held = False
        for message in self._late:
            self._browsers[-1].send(message)
        self._late.clear()

    @contextmanager
    def ticking(self) -> Iterator[None]:
        """A tick goes out just before each message, with all that this one says."""
        self._is_ticking = True
        yield
        self._is_ticking = False


def _as_tick(message: str | bytes) -> bytes:
    assert isinstance(message, bytes)
    tick = BackMsg.FromString(message)
    tick.rerun_script.is_auto_rerun = True
    return tick.SerializeToString()
