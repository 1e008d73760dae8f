"""`python -m evidence_app` is the same program as `evidence-trail`."""

from evidence_app.cli.main import run

if __name__ == "__main__":
    run()
