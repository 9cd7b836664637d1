"""The command `scriba`."""

import os

# gRPC says on stderr what a person is told in words. It looks for this when it is imported.
os.environ.setdefault("GRPC_VERBOSITY", "NONE")
