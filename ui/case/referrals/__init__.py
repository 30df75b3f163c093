"""Referrals of a case: the list, one referral with its checklist and consent, a new one."""
