"""The passcode's gate, who sits at the server's own machine, and the address for joining."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from components.classroom.joining import (
    AddressError,
    is_for_this_machine_only,
    joining_address,
    named_address,
    qr_code,
    short_form,
)
from components.classroom.local import FORWARDING_HEADERS, is_at_this_machine
from components.classroom.passcode import (
    FREE_FOR_A_VISIT,
    FREE_FOR_THE_SERVER,
    LONGEST_FOR_A_VISIT,
    PasscodeError,
    PasscodeGate,
    write_wait,
)


class Clock:
    """A clock that a test sets."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def refused(gate: PasscodeGate, typed: str, visit: str) -> str:
    with pytest.raises(PasscodeError) as said:
        gate.check(typed, "right", visit)
    return str(said.value)


def test_the_right_passcode_is_accepted_and_no_other(clock: Clock) -> None:
    gate = PasscodeGate(clock)
    gate.check("right", "right", "a")
    for typed in ("", "Right", "right ", "righ", "r\ud800ght"):
        refused(PasscodeGate(clock), typed, "a")


def test_a_visit_that_guesses_waits_longer_and_longer(clock: Clock) -> None:
    gate = PasscodeGate(clock)
    for _ in range(FREE_FOR_A_VISIT - 1):
        assert refused(gate, "wrong", "a") == "That is not the passcode. Try again."
    waits = []
    for _ in range(12):
        assert "not the passcode. Wait" in refused(gate, "wrong", "a")
        start = clock.now
        while "Too many" in refused_or_wrong(gate, clock):
            clock.now += 1
        waits.append(clock.now - start)
        clock.now = start + waits[-1]
    assert waits[:4] == [2, 4, 8, 16]
    assert max(waits) == LONGEST_FOR_A_VISIT


def refused_or_wrong(gate: PasscodeGate, clock: Clock) -> str:
    """What the gate would say now, asked without leaving a trace when it is the visit's turn."""
    failures = gate._by_visit["a"]
    return "Too many" if failures.wait(clock.now) > 0 else "its turn"


def test_the_right_passcode_waits_too(clock: Clock) -> None:
    gate = PasscodeGate(clock)
    for _ in range(FREE_FOR_A_VISIT):
        refused(gate, "wrong", "a")
    assert (
        refused(gate, "right", "a") == "Too many wrong passcodes. Wait 2 seconds, then try again."
    )
    gate.check("right", "right", "someone else")
    clock.now += 2
    gate.check("right", "right", "a")


def test_opening_the_page_anew_does_not_help(clock: Clock) -> None:
    gate = PasscodeGate(clock)
    for number in range(FREE_FOR_THE_SERVER):
        assert "not the passcode" in refused(gate, "wrong", f"visit {number}")
    assert "Too many" in refused(gate, "right", "a new visit")
    clock.now += 2
    gate.check("right", "right", "a new visit")
    assert "not the passcode" in refused(gate, "wrong", "one more")
    clock.now += 2
    assert "Wait 2 seconds" in refused(gate, "right", "one more again")


def test_guesses_at_once_are_looked_at_one_after_the_other(clock: Clock) -> None:
    gate = PasscodeGate(clock)
    with ThreadPoolExecutor(50) as pool:
        said = list(pool.map(lambda n: refused(gate, f"guess {n}", f"visit {n}"), range(100)))
    assert sum("not the passcode" in each for each in said) == FREE_FOR_THE_SERVER


def test_wrong_passcodes_are_forgotten_in_time(clock: Clock) -> None:
    gate = PasscodeGate(clock)
    for _ in range(FREE_FOR_A_VISIT):
        refused(gate, "wrong", "a")
    clock.now += 1000
    assert refused(gate, "wrong", "a") == "That is not the passcode. Try again."


def test_waits_are_written_in_words() -> None:
    assert [write_wait(s) for s in (0.2, 2, 90, 91, 300)] == [
        "1 second",
        "2 seconds",
        "90 seconds",
        "2 minutes",
        "5 minutes",
    ]


@pytest.mark.parametrize("address", [None, "127.0.0.1", "::1", "127.0.0.53", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "LOCALHOST"])
def test_a_browser_on_the_server_is_at_this_machine(address: str | None, host: str) -> None:
    assert is_at_this_machine(address, {"Host": host, "Origin": f"http://{host}"})


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        (None, {}),  # no connection known
        ("192.168.1.7", {"Host": "localhost:8501"}),
        ("::ffff:192.168.1.7", {"Host": "localhost:8501"}),
        ("nonsense", {"Host": "localhost:8501"}),
        (None, {"Host": "workshop.example"}),
        (None, {"Host": "127.0.0.1.example"}),
        (None, {"Host": "localhost:8501", "Origin": "https://workshop.example"}),
        (None, {"Host": "localhost:8501", "Origin": "null"}),
        (None, {"host": "localhost:8501", "x-forwarded-for": "127.0.0.1"}),
        *((None, {"Host": "localhost:8501", name: ""}) for name in FORWARDING_HEADERS),
    ],
)
def test_anyone_else_is_not(address: str | None, headers: dict[str, str]) -> None:
    assert not is_at_this_machine(address, headers)


def test_the_joining_address_is_the_app_without_page_and_settings() -> None:
    assert joining_address("http://10.0.0.5:8501/welcome?x=1#y") == "http://10.0.0.5:8501/"
    assert joining_address("https://a.example/app/welcome") == "https://a.example/app/"
    assert joining_address("https://me:secret@a.example/") == "https://a.example/"
    assert joining_address("http://a.example") == "http://a.example/"
    for url in ("javascript:alert(1)", "", "http://", "http://a:port/", "http://[::1"):
        assert joining_address(url) is None


def test_an_address_of_this_machine_is_not_for_others() -> None:
    assert is_for_this_machine_only("http://localhost:8501/")
    assert is_for_this_machine_only("http://[::1]:8501/")
    assert not is_for_this_machine_only("http://10.0.0.5:8501/")


def test_the_qr_code_is_escaped_and_has_its_size() -> None:
    picture = qr_code('http://a.example/"><script>')
    assert picture.startswith('<img src="data:image/svg+xml')
    assert picture.count("<") == 1
    assert 'alt="QR code of http://a.example/&quot;&gt;&lt;script&gt;"' in picture
    assert "width:300px" in picture


@pytest.mark.parametrize(
    ("address", "short"),
    [
        ("http://host:8501/", "host:8501"),
        ("http://host/app/", "host/app"),
        ("https://example.org/", "https://example.org"),
    ],
)
def test_the_short_form_is_what_a_person_types(address: str, short: str) -> None:
    assert short_form(address) == short


@pytest.mark.parametrize(
    ("named", "address"),
    [
        ("", None),
        ("https://example.org/dl", "https://example.org/dl"),
        ("room.example.org", "http://room.example.org"),
    ],
)
def test_a_short_link_of_ones_own(
    named: str, address: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKSHOP_ADDRESS", named)
    assert named_address() == address


@pytest.mark.parametrize(
    "named", ["javascript:alert(1)", "ftp://host", "http://", "http://a b", 'http://x/"><script>']
)
def test_a_short_link_that_is_none_is_a_sentence(
    named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKSHOP_ADDRESS", named)
    with pytest.raises(AddressError, match="WORKSHOP_ADDRESS"):
        named_address()
