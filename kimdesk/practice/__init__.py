"""The practice town: invented families with whole cases, for learning, screenshots and measurements."""
