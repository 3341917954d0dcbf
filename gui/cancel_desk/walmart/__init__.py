"""The only door to the network: token, orders, cancel, error bodies, pace."""
