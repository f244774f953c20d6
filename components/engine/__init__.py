"""How a page gets work done by the models: jobs, progress, and the Dask client."""
