"""The page Verweise: the referrals of all cases."""
