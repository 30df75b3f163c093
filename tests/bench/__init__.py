"""``make bench``: each figure is a ratio of KIMdesk to a floor or a peer, measured in one run."""
