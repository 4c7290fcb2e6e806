"""The Brian2 devices that generate code, each ready to write a project here.

`generate.py` asks for one by its name and hooks into what it gets; what holds
for one device only is here.  Neither GeNN nor CUDA nor a GPU is needed:
nothing is compiled, and what the generators look for on the machine they are
told instead, so that every machine gets the same files.
"""
import importlib
import itertools
import os
import tempfile

import brian2
import numpy as np
from brian2.core.base import BrianObject
from brian2.core.network import Network
import brian2.devices.cpp_standalone  # noqa: F401
from brian2.devices.device import all_devices

from generators import PACKAGES

#: What Brian2CUDA would ask nvcc and the driver for.
CUDA = {'detect_gpus': False, 'detect_cuda': False, 'gpu_id': 0,
        'compute_capability': 7.5, 'cuda_path': '/usr/local/cuda',
        'cuda_runtime_version': 11.2}


def load(name):
    """The device of this name, which the script's `set_device` will get."""
    if name in PACKAGES:
        importlib.import_module(PACKAGES[name])
    if name == 'genn':
        os.environ['GENN_PATH'] = tempfile.gettempdir()
    elif name == 'cuda_standalone':
        for key, value in CUDA.items():
            preference = 'devices.cuda_standalone.cuda_backend.' + key
            brian2.prefs[preference] = value
    return all_devices[name]


def refuses(error):
    """Whether that is how a device says that it cannot do something."""
    return (isinstance(error, NotImplementedError)
            or 'No implementation available' in str(error))


def allow_build_after_run(device):
    """Brian2GeNN builds within `run()`; after it, it refuses every project
    that holds code for initial values."""
    if hasattr(device, 'run_statement_used'):
        device.run_statement_used = False


def code_object_class(device):
    """Of the neurons' code: functions are named by the implementation that
    is registered for it."""
    if device is all_devices.get('genn'):
        from brian2genn.codeobject import GeNNCodeObject
        return GeNNCodeObject
    return device.code_object_class()


def describe(name):
    """What the truth says about the device: its version if it has one apart
    from Brian2's, and the type of all that is not declared otherwise."""
    described = {'device': name, 'precision': np.dtype(
        brian2.prefs.core.default_float_dtype).name}
    if name in PACKAGES:
        package = importlib.import_module(PACKAGES[name])
        described[PACKAGES[name]] = package.__version__
    return described


def hash_by_creation():
    """Brian2 writes code in the order of sets of these, which is by address;
    so that every generation gives the same bytes, they are numbered."""
    numbers = itertools.count()

    def number(self):
        if '_number' not in self.__dict__:
            self.__dict__['_number'] = next(numbers)
        return self.__dict__['_number']

    # Brian2GeNN walks over a set of all objects
    for cls in (brian2.Clock, Network, BrianObject, brian2.Synapses):
        cls.__hash__ = number
