"""What records say of cases: which ones they cover, which must not be destroyed, how each assessment stands. They import records and their kinds, and nothing above."""
