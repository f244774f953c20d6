"""A click comes to the server once.

Between a click and the message that says so, Streamlit's browser code waits for a moment. A tick
of a fragment (`run_every`) that goes out within it carries the click as well, and the server takes
both for clicks: "Step" steps twice, and what switches something on has it off again. The busier
the browser, the longer the moment. The click's own message always follows, so what a tick says of
clicks is dropped as it comes in.
"""

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession

CLICKS = {"trigger_value", "string_trigger_value", "json_trigger_value", "chat_input_value"}


def drop_carried_clicks() -> None:
    """Let no session of this server take a click from a tick. To be called once."""
    take = AppSession.request_rerun

    def request_rerun(self: AppSession, client_state: ClientState | None) -> None:
        if client_state is not None and client_state.is_auto_rerun:
            widgets = client_state.widget_states.widgets
            kept = [each for each in widgets if each.WhichOneof("value") not in CLICKS]
            del widgets[:]
            widgets.extend(kept)
        take(self, client_state)

    AppSession.request_rerun = request_rerun  # type: ignore[method-assign]
