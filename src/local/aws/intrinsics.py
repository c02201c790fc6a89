"""CloudFormation's YAML, with its functions in short form (!Ref, !GetAtt, !Sub ...) read as calls, and written back."""

import yaml


class Call:
    """A function of CloudFormation and its arguments."""

    def __init__(self, function, arguments):
        self.function = function
        self.arguments = arguments


class Loader(yaml.SafeLoader):
    """Reads !Sub and its kind as calls."""

    def construct_call(self, function, node):
        if isinstance(node, yaml.ScalarNode):
            return Call(function, self.construct_scalar(node))
        if isinstance(node, yaml.SequenceNode):
            return Call(function, self.construct_sequence(node, deep=True))
        return Call(function, self.construct_mapping(node, deep=True))


class Dumper(yaml.SafeDumper):
    """Writes calls as they were read, and repeats instead of pointing back, which CloudFormation does not take."""

    def ignore_aliases(self, data):
        return True

    def represent_call(self, call):
        tag = "!" + call.function
        if isinstance(call.arguments, str):
            return self.represent_scalar(tag, call.arguments)
        if isinstance(call.arguments, list):
            return self.represent_sequence(tag, call.arguments)
        return self.represent_mapping(tag, call.arguments)


Loader.add_multi_constructor("!", Loader.construct_call)
Dumper.add_representer(Call, Dumper.represent_call)


def read(path):
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, Loader)


def write(template, path):
    with open(path, "w", encoding="utf-8") as file:
        yaml.dump(template, file, Dumper, sort_keys=False, width=1000)
