"""All that imports Keras. Runs in worker processes, never in the Streamlit process."""
