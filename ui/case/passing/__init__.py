"""A case on its way to another desk: whose it is, handing it over, having it covered."""
