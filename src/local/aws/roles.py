"""Makes roles of CloudFormation templates on the emulator: each with the policies of its template, and nothing else.

Usage: roles.py FOLDER NAME=VALUE... TEMPLATE:ROLE...

FOLDER has the templates. The values are parameters of any of them; others have their defaults. Prints a line for
each role, with the keys of a session that has assumed it, and lines of its rights, with columns separated by tabs:

  role <template:role> <access key> <secret key> <session token>
  action <template:role> <statement> <action>
  resource <template:role> <statement> <resource>
"""

import json
import os
import sys

import botocore.session
import intrinsics

ACCOUNT = "000000000000"

# The values of !Ref for a resource.
NAMES = {
    "AWS::Glue::Connection": ["ConnectionInput", "Name"],
    "AWS::Glue::Database": ["DatabaseInput", "Name"],
    "AWS::Logs::LogGroup": ["LogGroupName"],
    "AWS::Logs::LogStream": ["LogStreamName"],
}

# On AWS a service assumes the role, here the test does.
TRUST = json.dumps(
    {"Statement": [{"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "sts:AssumeRole"}]}
)

NO_VALUE = object()


class Template:
    def __init__(self, path, values):
        self.content = intrinsics.read(path)
        self.values = values
        self.pseudo = {
            "AWS::AccountId": ACCOUNT,
            "AWS::NoValue": NO_VALUE,
            "AWS::Partition": "aws",
            "AWS::Region": os.environ["AWS_REGION"],
            "AWS::URLSuffix": "amazonaws.com",
        }

    def properties(self, resource):
        return self.content["Resources"][resource]["Properties"]

    def policies(self, role):
        properties = self.properties(role)
        for policy in properties.get("Policies", []):
            yield self.resolve(policy["PolicyDocument"])
        for policy in self.resolve(properties.get("ManagedPolicyArns", [])):
            yield self.resolve(self.properties(policy)["PolicyDocument"])

    def resolve(self, node):
        if isinstance(node, intrinsics.Call):
            return getattr(self, node.function)(node.arguments)
        if isinstance(node, dict):
            resolved = {key: self.resolve(value) for key, value in node.items()}
            return {key: value for key, value in resolved.items() if value is not NO_VALUE}
        if isinstance(node, list):
            return [value for value in map(self.resolve, node) if value is not NO_VALUE]
        return node

    def Ref(self, name):
        if name in self.pseudo:
            return self.pseudo[name]
        if name in self.values:
            return self.values[name]
        if name in self.content["Parameters"]:
            return self.content["Parameters"][name]["Default"]
        resource = self.content["Resources"][name]
        if resource["Type"] == "AWS::IAM::ManagedPolicy":
            return name
        value = resource["Properties"]
        for key in NAMES[resource["Type"]]:
            value = value[key]
        return self.resolve(value)

    def Sub(self, text):
        parts = text.split("${")
        return parts[0] + "".join(
            str(self.Ref(name)) + rest for name, _, rest in (part.partition("}") for part in parts[1:])
        )

    def If(self, arguments):
        condition, then, otherwise = arguments
        return self.resolve(then if self.resolve(self.content["Conditions"][condition]) else otherwise)

    def Not(self, arguments):
        return not self.resolve(arguments[0])

    def Equals(self, arguments):
        first, second = arguments
        return self.resolve(first) == self.resolve(second)


def listed(value):
    return value if isinstance(value, list) else [value]


def print_allowed(title, statement):
    for column in ("Action", "Resource"):
        for value in listed(statement[column]):
            print(column.lower(), title, statement["Sid"], value, sep="\t")


def main(folder, *arguments):
    values = dict(argument.split("=", 1) for argument in arguments if "=" in argument)
    session = botocore.session.get_session()
    iam, sts = (session.create_client(service) for service in ("iam", "sts"))
    for title in (argument for argument in arguments if "=" not in argument):
        file, role = title.split(":")
        name = f"{file}-{role}"
        arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
        for number, policy in enumerate(Template(os.path.join(folder, file + ".yaml"), values).policies(role)):
            iam.put_role_policy(RoleName=name, PolicyName=f"policy-{number}", PolicyDocument=json.dumps(policy))
            for statement in policy["Statement"]:
                print_allowed(title, statement)
        keys = sts.assume_role(RoleArn=arn, RoleSessionName="stage")["Credentials"]
        print("role", title, keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], sep="\t")


main(*sys.argv[1:])
