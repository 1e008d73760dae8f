"""Plans and profiles of bundles, as values and as JSON files.

Within `domain` it may import `thread`, `settings`, `people`, `record`, `text`, `time` and `scheduling`.
"""
