"""The bundle: plan, pages, exhibits, the assembled and signed PDF, and its verification."""
