"""What the law says: periods, rules on deadlines, and how a last day follows from what happened."""
