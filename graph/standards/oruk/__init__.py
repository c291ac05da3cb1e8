"""Open Referral UK (HSDS-UK 3.0): which field is which term, for the way in and the way out."""
