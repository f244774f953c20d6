"""A trace in, a chart or a drawing out: Altair and SVG in one theme."""
