"""Write the vectors and the worked example of docs/spec/record-log.md anew: python -m tests.vectors"""

from tests.vectors.make import write_all

if __name__ == "__main__":
    write_all()
