"""Copies CloudFormation templates without what the emulator cannot make, and without what refers to it.

Usage: without.py TEMPLATE COPY WHAT...

TEMPLATE nests the templates of the folder templates next to it; COPY is written in the same way. WHAT is one of

  AWS::Glue::Workflow                                    resources of a type
  AWS::CloudWatch::Alarm.Metrics                         those of them that have a property
  AWS::RDS::DBInstance/MasterUserSecret.SecretArn        an attribute: its name replaces its value

Prints what was left out, with tabs between: the resources and attributes themselves, and then, without WHAT, the properties and
outputs that referred to a resource.

  <file> <place> <WHAT>
"""

import re
import sys
from pathlib import Path

import intrinsics

VARIABLE = re.compile(r"\$\{([^}.!]+)")
NOTHING = object()


def referred(node):
    """What the functions below a node name: resources, parameters and conditions."""
    if isinstance(node, intrinsics.Call):
        if node.function == "Sub":
            text, *values = node.arguments if isinstance(node.arguments, list) else [node.arguments]
            yield from VARIABLE.findall(text)
            yield from referred(values)
        elif isinstance(node.arguments, str):
            yield node.arguments.split(".")[0]
        else:
            yield from referred(node.arguments)
    elif isinstance(node, (dict, list)):
        for value in node.values() if isinstance(node, dict) else node:
            yield from referred(value)


class Cut:
    """A template that is cut. A function goes whole, as half a !Sub says something else."""

    def __init__(self, file, template, unmade):
        self.file = file
        self.template = template
        self.unmade = unmade
        self.kinds = {name: resource["Type"] for name, resource in template["Resources"].items()}
        self.gone = set()

    def make(self):
        resources = self.template["Resources"]
        for name, resource in list(resources.items()):
            kinds = [resource["Type"], *(f"{resource['Type']}.{key}" for key in resource.get("Properties", {}))]
            for kind in self.unmade.intersection(kinds):
                self.gone.add(name)
                self.tell(name, kind)
                del resources[name]
                break
        self.template["Resources"] = self.rest(resources, "Resources")
        outputs = self.template.get("Outputs", {})
        self.template["Outputs"] = {
            name: self.rest(output, f"Outputs.{name}")
            for name, output in outputs.items()
            if not self.is_gone(output) or self.tell(f"Outputs.{name}")
        }
        return self.template

    def rest(self, node, place):
        if isinstance(node, intrinsics.Call):
            if self.is_gone(node):
                return self.tell(place) or NOTHING
            return self.attribute(node, place) or intrinsics.Call(node.function, self.rest(node.arguments, place))
        if isinstance(node, dict):
            rest = {key: self.rest(value, f"{place}.{key}") for key, value in node.items()}
            return {key: value for key, value in rest.items() if value is not NOTHING}
        if isinstance(node, list):
            return [value for value in (self.rest(value, place) for value in node) if value is not NOTHING]
        if place.endswith(".DependsOn") and node in self.gone:
            return self.tell(place) or NOTHING
        return node

    def attribute(self, call, place):
        if call.function == "GetAtt":
            resource, attribute = call.arguments.split(".", 1)
            kind = f"{self.kinds[resource]}/{attribute}"
            if kind in self.unmade:
                self.tell(place, kind)
                return attribute
        return None

    def is_gone(self, node):
        return not self.gone.isdisjoint(referred(node))

    def tell(self, *columns):
        print(self.file, *columns, sep="\t")


def main(template, copy, *unmade):
    template, copy = Path(template), Path(copy)
    (copy.parent / "templates").mkdir(parents=True)
    for path in [template, *sorted(template.parent.glob("templates/*.yaml"))]:
        cut = Cut(path.name, intrinsics.read(path), set(unmade))
        intrinsics.write(cut.make(), copy.parent / path.relative_to(template.parent))


main(*sys.argv[1:])
