"""Who a bundle is for and what goes into it: profiles, plans as a person keeps them, the plan worked out from records."""
