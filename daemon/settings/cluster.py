"""Settings of the cluster: whether other machines may join, and how they reach this one."""

from typing import Annotated

from pydantic import AfterValidator, Field

from actors.runtime.ports import HIGHEST, LENGTH
from daemon.certificates.names import is_name
from daemon.settings.place import PlaceSection


def _check_address(address: str) -> str:
    if address and not is_name(address):
        raise ValueError("must be an address or a host name of this machine, for example 192.168.1.5")
    return address


class ClusterSection(PlaceSection):
    """Whether other machines may join, and how they reach this one."""

    cluster: bool = Field(False, description="Other machines may join, to read pages; `run --cluster` does the same.")
    cluster_address: Annotated[str, AfterValidator(_check_address)] = Field(
        "", description="How they reach this machine; when empty the host of `listen`, or the address that the network knows it by."
    )
    cluster_port: int = Field(
        8441,
        ge=1_024,
        le=HIGHEST - LENGTH,
        description=f"The first of {LENGTH} ports at which the machines of a cluster speak.",
    )
