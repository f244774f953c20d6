"""The way in: page config, navigation by topic, and what every page has around it."""

from pathlib import Path

import streamlit as st

from components import server
from components.lesson import navigation, record
from components.room import bar, place

ASSETS = Path(__file__).parent / "assets"

st.set_page_config(
    page_icon=str(ASSETS / "mark.svg"),
    layout="wide",
    menu_items={"About": "**Introduction to Deep Learning**: a workshop as pages to play with."},
)
server.prepare()
st.logo(ASSETS / "mark.svg", size="medium")
st.html(ASSETS / "style.css")
page = navigation.navigation()
navigation.mark_entered()
slug = navigation.slug_of(page)
bar.open_page(slug)
page.run()
bar.close_page(slug)
record.note_page(slug, place.here(slug).query)
