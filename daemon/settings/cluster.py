"""Settings of the cluster: whether other machines may join, and how they reach this one."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from actors.runtime.ports import HIGHEST, LENGTH
from daemon.certificates.names import is_name
from daemon.settings.place import PlaceSection


def _check_address(address: str) -> str:
    if address and not is_name(address):
        raise ValueError("must be an address or a host name of this machine, for example 192.168.1.5")
    return address


def _check_ray_address(text: str) -> str:
    host, _, port = text.rpartition(":")
    if text and not (host and is_name(host) and port.isdecimal() and 0 < int(port) <= HIGHEST):
        raise ValueError("must be HOST:PORT of a Ray, for example ray-head:6379")
    return text


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
    cluster_ray_address: Annotated[str, AfterValidator(_check_ray_address)] = Field(
        "", description="HOST:PORT of a Ray that others have started: its machines read pages. When empty, Scriba starts its own."
    )

    @model_validator(mode="after")
    def _check_one_ray(self) -> Self:
        if self.cluster and self.cluster_ray_address:
            raise ValueError("cluster and cluster_ray_address can't go together: machines join Scriba's own Ray, or the one that is there")
        return self
