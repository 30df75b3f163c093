"""``make bench``: each figure is a ratio of KIMdesk to a floor or a peer, measured side by side in one run."""
