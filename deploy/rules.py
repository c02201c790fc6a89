"""Checks the templates against rules that cfn-lint does not have; prints each violation and exits with code 1 if there is one.

Parameters have a description, and a default or the output they come from. Policies allow no action with a "*", and every
resource only where AWS has no ARN to name. Firehose's expressions find the folder that the merge reads.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from cfnlint.decode.cfn_yaml import load

HERE = Path(__file__).parent
NESTED = HERE / "templates"
COMES_FROM = re.compile(r"Output (\w+) of (\w+\.yaml)\.")

# The service authorization reference names no resource for these.
WITHOUT_ARN = {
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeRouteTables",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcAttribute",
    "ec2:DescribeVpcEndpoints",
    "ecr:GetAuthorizationToken",
}

# A time at which month and minute, and the two ways to count hours, differ.
EVENT = '{"table":"sales","event_timestamp":1795453500,"op":"d","key":{"id":42}}'
PARTITIONS = {"table": "sales", "year": "2026", "month": "11", "day": "23", "hour": "17"}


def listed(value):
    return value if isinstance(value, list) else [value]


def parameter_breaches(template, nested):
    for name, parameter in template["Parameters"].items():
        description = parameter.get("Description", "")
        source = COMES_FROM.fullmatch(description)
        if not description:
            yield f"{name} has no description"
        elif source and nested:
            if source[1] not in load(str(NESTED / source[2]))["Outputs"]:
                yield f"{name} is to come from an output that is not there: {description}"
        elif "Default" not in parameter:
            yield f"{name} has no default, and does not say which output it comes from"


def statements(node):
    """All statements of policies below a node, also those inside conditions."""
    if isinstance(node, dict):
        if "Effect" in node and "Action" in node:
            yield node
        for value in node.values():
            yield from statements(value)
    elif isinstance(node, list):
        for value in node:
            yield from statements(value)


def policy_breaches(name, resource):
    for statement in statements(resource["Properties"]):
        if statement["Effect"] != "Allow":
            continue
        actions = listed(statement["Action"])
        for action in actions:
            if "*" in action:
                yield f"{name} allows an action with a *: {action}"
        # In a key's policy "*" is the key itself.
        if resource["Type"] != "AWS::KMS::Key" and "*" in listed(statement.get("Resource", [])):
            for action in sorted(set(actions) - WITHOUT_ARN):
                yield f"{name} allows {action} on every resource"


def partition_breaches(resource):
    destination = resource["Properties"]["ExtendedS3DestinationConfiguration"]
    queries = [
        parameter["ParameterValue"]
        for processor in destination["ProcessingConfiguration"]["Processors"]
        for parameter in processor["Parameters"]
        if parameter["ParameterName"] == "MetadataExtractionQuery"
    ]
    keys = re.findall(r"!\{partitionKeyFromQuery:(\w+)\}", destination["Prefix"])
    if keys != list(PARTITIONS):
        yield f"Firehose's prefix is not the merge's folder: {destination['Prefix']}"
    if not shutil.which("jq") or subprocess.check_output(["jq", "--version"], text=True).strip() != "jq-1.6":
        print("rules: left out: Firehose's expressions, as jq 1.6 is not installed")
        return
    for query in queries:
        found = json.loads(subprocess.run(["jq", query], input=EVENT, capture_output=True, check=True, text=True).stdout)
        if found != PARTITIONS:
            yield f"Firehose's expressions find another folder: {found}"


def breaches(template, nested):
    yield from parameter_breaches(template, nested)
    for name, resource in template["Resources"].items():
        yield from policy_breaches(name, resource)
        if resource["Type"] == "AWS::KinesisFirehose::DeliveryStream":
            yield from partition_breaches(resource)


def main():
    found = 0
    for path in [HERE / "firn.yaml", *sorted(NESTED.glob("*.yaml"))]:
        for breach in breaches(load(str(path)), path.parent == NESTED):
            print(f"{path.relative_to(HERE)}: {breach}")
            found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
