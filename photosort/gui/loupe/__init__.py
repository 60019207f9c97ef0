"""One photo at a time, large: on near-black, with its neighbours at hand. Originals are only shown."""
