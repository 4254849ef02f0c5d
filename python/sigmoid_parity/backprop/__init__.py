"""Back-propagation: pair, layer, network, ordered product, and training in lockstep."""
