"""How others join: the address to type, and its QR code."""

import streamlit as st

from components.classroom.joining import (
    AddressError,
    is_for_this_machine_only,
    joining_address,
    named_address,
    qr_code,
    short_form,
)


def show_joining(width: int = 300) -> None:
    """The address to type, and its QR code, `width` pixels wide."""
    url = st.context.url
    try:
        address = named_address() or joining_address(url if isinstance(url, str) else "")
    except AddressError as error:
        st.warning(str(error))
        return
    if address is None:
        st.markdown("The browser did not say at which address this page is.")
        return
    if is_for_this_machine_only(address):
        st.warning(
            f"`{address}` works on this machine only. Open the app at the address that the "
            "others use, or name it in `WORKSHOP_ADDRESS`; this shows its code then."
        )
        return
    st.markdown(f"**[{short_form(address)}]({address})**")
    st.html(qr_code(address, width))
