"""Programs for whoever works on the project: house rules, benchmarks, pictures, strings, the map. No part of the product."""
