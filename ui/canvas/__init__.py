"""What hand-painted pictures share: stretches of time, flags, hatches, how they are walked by keyboard."""
