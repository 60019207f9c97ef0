"""Fits and encodings that are shipped in `resources/`: run one with `python -m tools.fit.NAME` after what it depends on changed.

In this order, because each uses what the one before wrote: the starter itself (`starter`), `parts`,
`vocabulary`, `tag_directions`, `calibration`, `reasons`, `searches`, `cutoff`, `name_vocabulary`. A new `starter.safetensors` changes the
encoder's version, and every library is then indexed again.
"""
