"""Papers that go beside a bundle, to be worked on: index, chronology, list of issues, schedule and statement, as Word or as a table.

They are no evidence: anybody can change them. What they say stands in the bundle, with the page that they name. It may import the bundle's pages
and plan.
"""
