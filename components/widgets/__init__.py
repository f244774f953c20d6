"""Our own Streamlit parts, each with its JavaScript and CSS beside it."""
