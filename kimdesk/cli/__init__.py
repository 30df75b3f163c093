"""``kimdeskctl``: the same work as the windows, without them. It holds no rules of its own."""
