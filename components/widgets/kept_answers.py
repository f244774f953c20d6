"""What a browser asks the server for is answered, also where a run begins just then.

A run that begins empties the queue of messages to the browser: what the run before has drawn is
out of date. With it Streamlit (1.67, `ForwardMsgQueue.clear`) throws away the answer to what the
browser has asked meanwhile: where to send the files that were chosen, or where the file lies that
was made for a download. Nothing says so, and the browser waits for ever: the files are lost.
"""

from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

ANSWERS = {"file_urls_response", "backend_operation_response"}


def keep_answers() -> None:
    """Let no run of this server throw an answer away. To be called once."""
    clear = ForwardMsgQueue.clear

    def clear_but_for_answers(
        self: ForwardMsgQueue,
        retain_lifecycle_msgs: bool = False,
        fragment_ids_this_run: list[str] | None = None,
    ) -> None:
        answers = [each for each in self._queue if each.WhichOneof("type") in ANSWERS]
        clear(self, retain_lifecycle_msgs, fragment_ids_this_run)
        begins_a_run = retain_lifecycle_msgs  # otherwise all of it is on its way to the browser
        if begins_a_run:
            for answer in answers:
                if answer not in self._queue:
                    self.enqueue(answer)

    ForwardMsgQueue.clear = clear_but_for_answers  # type: ignore[method-assign]
