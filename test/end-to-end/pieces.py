"""What can be changed in a project: state updaters, thresholders, resetters.

    pieces, others = pieces_of(name, folder)
    for piece in pieces:
        piece.text, piece.body       # a file, and what of it is executed
        piece.read(changed_text)     # the same of a changed text

Each generator has its own class, which makes one tree of all that a call
executes (programs.py): functions of C++, kernels with their launch, what is
handed to the GSL, the strings of GeNN.
"""
import json
import os
import re

import bodies
import cpp
import genn
import steps

FUNCTION = re.compile(r'^void (_run_\w+)\(\)\s*(?=\{)', re.MULTILINE)
FILE = re.compile(r'(?:\w+_)?((?:spatial)?stateupdater|thresholder|resetter)'
                  r'_codeobject(?:_\d+)?\.(?:cpp|cu)')


def run_of(main, function):
    """The number of the first run that a function is added to."""
    run = 0
    with open(main) as stream:
        for line in stream:
            if re.search(rf'\b{function}\b\)', line):
                return run
            run += bool(re.search(r'\.run\(', line))
    return None


def first_loop_only(body, text):
    """A cable solver without the linear system, which is not read
    (docs/WhyItIsHard.md)."""
    k = next((k for k, part in enumerate(body.parts)
              if part.kind in ('for', 'block')), None)
    if k is not None:
        del body.parts[k + 1:]
        body = body.parts[k]
    if body.kind == 'for':
        body = body.parts[3]
    body.parts = [part for part in body.parts if '_v_previous['
                  not in text[part.start:part.end]]


class Piece:
    """A function of a project, and what is said of its group."""

    def __init__(self, project, folder, file, group, role):
        self.project, self.folder, self.file = project, folder, file
        self.group, self.role = group['name'], role
        self.size = group['N']
        with open(os.path.join(folder, 'project', file)) as stream:
            self.text = stream.read()
        function = FUNCTION.search(self.text)
        self.start = function.start()
        self.body = self.read(self.text)
        self.palette = cpp.numbers_in(self.body)
        space = re.search(r'_array_\w+__(\w+?)space\b',
                          self.text[self.start:])
        self.event = space[1] if space else 'spike'
        self.run = run_of(self.main(), function[1])

    def main(self):
        extension = os.path.splitext(self.file)[1]
        return os.path.join(self.folder, 'project', f'main{extension}')

    def memory(self):
        return bodies.Memory(self.palette, min(bodies.ELEMENTS, self.size))

    def names(self):
        """{array: variable}"""
        return steps.variables_of(self.body)

    def options(self):
        """What an execution has to know."""
        return {'parameters': cpp.parameters_of(
            self.text[:self.start]), 'size': self.size}

    def key(self):
        """The same for pieces that say the same."""
        return self.text[self.start:]

    def read(self, text):
        body = cpp.parse(text, FUNCTION.search(text).end())
        if self.role == 'spatialstateupdater':
            first_loop_only(body, text)
        return body


class Gsl(Piece):
    """The right-hand sides are a function, beside the one that is called."""
    FUNCTION = re.compile(r'^[ \t]*int (\w+)\(([^)]*)\)\s*(?=\{)',
                          re.MULTILINE)
    STRUCTURE = re.compile(r'struct _dataholder\s*\{([^}]*)\}')
    FIELD = re.compile(r'(\w+)\s*(\*?)[\w\s]*\b(\w+);')
    ARRAY = re.compile(r'\b_array_(\w+)\b')
    CONSTANTS = re.compile(r'// CONSTANTS\n(.*?)(?=^[ \t]*int _GSL_func)',
                           re.MULTILINE | re.DOTALL)

    def key(self):
        return self.text[self.STRUCTURE.search(self.text).start():]

    def names(self):
        """By what arrays are called: locals have the values of GSL's vector."""
        names = {}
        for name in self.ARRAY.findall(self.text, self.start):
            for owner in (self.group, 'defaultclock'):
                if name.startswith(owner + '_'):
                    names[f'_array_{name}'] = name[len(owner) + 1:]
        return names

    def read(self, text):
        structure = self.STRUCTURE.search(text)
        holder = cpp.Node('structure', *structure.span(), text='_dataholder')
        holder.fields = {
            name: 'pointer' if star else cpp.TYPES[kind]
            for kind, star, name in self.FIELD.findall(structure[1])}
        functions = []
        for found in self.FUNCTION.finditer(text, structure.end()):
            function = cpp.Node('function', *found.span(), text=found[1], parts=[
                cpp.parse(text, found.end())])
            function.parameters = cpp.parameters(found[2])
            functions.append(function)
        used = {node.text for each in functions for node in each.walk()}
        constants = self.CONSTANTS.search(text, structure.end())
        shared = []
        if constants:  # with names of its own since Brian2 2.5
            shared = [each for each in cpp.Parser(
                text, constants.start(1), constants.end(1)).statements()
                if each.kind == 'declare' and each.parts[0].text in used]
        called = FUNCTION.search(text).end()
        return cpp.Node('block', structure.start(), called, [
            holder, *shared, *functions, cpp.parse(text, called)])


class Cuda(Piece):
    """What is called launches kernels, one or several."""
    LAUNCH = re.compile(r'(\w+)<<<[^;>]*>>>\s*\(([^;]*)\);')

    def key(self):
        return self.text[self.text.index('__global__'):]

    def read(self, text):
        start = FUNCTION.search(text).end()
        launches = self.LAUNCH.finditer(text, start)
        kernels = [self.kernel(text, launch) for launch in launches]
        if not kernels:
            raise cpp.Invalid('no launch')
        if self.role == 'spatialstateupdater':
            first_loop_only(kernels[0].parts[-1], text)
            del kernels[1:]
        return cpp.Node('block', start, start, kernels)

    def kernel(self, text, launch):
        head = re.compile(r'__global__ void\s+(?:__launch_bounds__\(\w+\)\s+)?'
                          rf'{launch[1]}\(([^)]*)\)\s*(?=\{{)').search(text)
        if head is None:
            raise cpp.Invalid(f'no kernel {launch[1]}')
        parameters = cpp.parameters(head[1])
        arguments = cpp.pieces(launch[2], launch.start(2))
        if len(parameters) != len(arguments):
            raise cpp.Invalid(f'{len(arguments)} arguments')
        node = cpp.Node('kernel', head.start(), head.end())
        for (name, kind, is_pointer), (start, argument) in zip(parameters,
                                                               arguments):
            is_pointer |= name.startswith('_value_')
            array = re.search(r'(?:\b|dev)((?:_dynamic)?_array_\w+)', argument)
            value = cpp.Node('name', start, start + len(argument),
                             text=array[1] if array else f'_array_{argument}')
            if not is_pointer:
                value.kind = 'size'
            part = cpp.Node('declarator', value.start, value.end, [value],
                            name, 'pointer' if is_pointer else kind)
            part.const = False
            node.parts.append(cpp.Node('declare', value.start, value.end,
                                       [part], type=kind))
        node.parts.append(cpp.parse(text, head.end()))
        return node


class Genn(Piece):
    """A population of a model file."""

    def __init__(self, project, folder, file, group):
        self.project, self.folder, self.file = project, folder, file
        self.group, self.role, self.event = group['name'], 'population', 'spike'
        self.size, self.run = group['N'], 0
        with open(os.path.join(folder, 'project', file)) as stream:
            self.text = stream.read()
        self.body = self.read(self.text)
        self.palette = cpp.numbers_in(self.body)

    def names(self):
        return steps.variables_of(self.body.parts[0].step)

    def options(self):
        return {'parameters': cpp.parameters_of(
            self.body.parts[0].model.support), 'of_truths': ('int_',)}

    def key(self):
        model = self.body.parts[0].model
        return ' '.join([self.text[node.start:node.end] for node in (
            *model.parameters.values(), model.sim, model.condition,
            model.reset)] + [str(model.variables), str(model.shared)])

    def read(self, text):
        node = genn.population(genn.model_of(text, self.group), self.group)
        return cpp.Node('block', node.start, node.end, [node])


def kind_of(text):
    """The class for a file."""
    return (Cuda if '__global__' in text else
            Gsl if 'struct _dataholder' in text else Piece)


def pieces_of(project, folder):
    """(pieces, files that are not understood) of a project."""
    with open(os.path.join(folder, 'truth.json')) as stream:
        truth = json.load(stream)
    groups = {group['name']: group for run in truth['runs']
              for group in run['groups'] + run.get('spatialneurons', [])}
    pieces, others = [], []
    codes = os.path.join(folder, 'project', 'code_objects')
    for file in sorted(os.listdir(codes) if os.path.isdir(codes) else []):
        owner = max((group for group in groups
                     if file.startswith(group + '_')), key=len, default=None)
        if owner is None:
            continue
        match = FILE.fullmatch(file, len(owner) + 1)
        if match is None:
            continue
        with open(os.path.join(codes, file)) as stream:
            kind = kind_of(stream.read())
        try:
            pieces.append(kind(project, folder,
                               os.path.join('code_objects', file),
                               groups[owner], match[1]))
        except (cpp.Invalid, AttributeError) as error:
            others.append((project, file, str(error)))
    return pieces + populations_of(project, folder, groups, others), others


def populations_of(project, folder, groups, others):
    """The pieces of Brian2GeNN's model file; what is not understood goes to
    `others`."""
    pieces = []
    for file in sorted(os.listdir(os.path.join(folder, 'project'))):
        if not file.endswith('_model.cpp'):
            continue
        for group in groups.values():
            try:
                pieces.append(Genn(project, folder, file, group))
            except cpp.Invalid as error:
                others.append((project, f'{file} {group["name"]}', str(error)))
    return pieces
