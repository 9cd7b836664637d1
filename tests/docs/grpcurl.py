"""Reads a written call of grpcurl as that program does: the contract by reflection, messages as JSON."""

import json
import shlex
from typing import Any

import grpc
from google.protobuf import json_format
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase


def grpcurl(line: str) -> dict[str, Any]:
    """Carry a command line out, and give the answer; flags that this does not know are a mistake of the page."""
    program, *words = shlex.split(line)
    flags = {words[at]: words[at + 1] for at in range(len(words) - 1) if words[at] in ("-H", "-d")}
    assert (program, words[0], len(words)) == ("grpcurl", "-plaintext", 3 + 2 * len(flags)), line
    address, path = words[-2:]
    name, _, value = flags["-H"].partition(": ")
    with grpc.insecure_channel(address) as channel:
        service, _, method_name = path.partition("/")
        found = DescriptorPool(ProtoReflectionDescriptorDatabase(channel)).FindServiceByName(service)
        method = found.methods_by_name[method_name]
        asked, answered = GetMessageClass(method.input_type), GetMessageClass(method.output_type)
        request = json_format.Parse(flags["-d"], asked())
        call = channel.unary_unary(f"/{path}", request_serializer=asked.SerializeToString, response_deserializer=answered.FromString)
        answer = call(request, metadata=((name, value),), timeout=30)
        told: dict[str, Any] = json.loads(json_format.MessageToJson(answer))
        return told
