"""Compile modules of LLVM IR to functions that Python calls, with the machine code kept on disk.

Importing this module imports llvmlite.
"""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import llvmlite
from llvmlite import binding, ir

from sigmoid_parity import functions
from sigmoid_parity.port import threads
from sigmoid_parity.port.backends import externals, storage

_FAST_CALL: Final = 0x80  # Python's METH_FASTCALL.
_OPTIMISES: Final = 3
_FOLDER: Final = Path(__file__).parent

Deciders = tuple[Callable[[float], float], ...]


class _Method(ctypes.Structure):
    """Python's ``PyMethodDef``."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("function", ctypes.c_void_p),
        ("flags", ctypes.c_int),
        ("documentation", ctypes.c_char_p),
    )


def _keep(*objects: object) -> None:
    """Never free objects: nobody knows who calls the code last, and Python copies no description of a function."""
    for one in objects:
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(one))


class Library:
    """Machine code in this process, for good."""

    def __init__(self, code: bytes, deciders: Deciders = ()) -> None:
        """Load an object file.

        :param code: as `_compiled` makes it.
        :param deciders: see `load`.
        """
        engine = binding.create_mcjit_compiler(binding.parse_assembly(""), _machine())
        engine.add_object_file(binding.ObjectFileRef.from_data(code))
        engine.finalize_object()
        _keep(engine, deciders)
        self._engine = engine
        externals.fill(engine.get_global_value_address(externals.TABLE), deciders)

    def function(self, name: str, otherwise: Callable[..., Any]) -> Callable[..., Any]:
        """Make a function of Python; see `calls`.

        :param name: of the C function.
        :param otherwise: what is called with the same arguments where they are not of the common kind.
        """
        method = _Method(name.encode(), self._engine.get_function_address(name), _FAST_CALL, None)
        _keep(method)
        new = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.c_void_p, ctypes.py_object, ctypes.c_void_p)(
            ("PyCFunction_NewEx", ctypes.pythonapi)
        )
        made: Callable[..., Any] = new(ctypes.addressof(method), otherwise, None)
        return made


def load(name: str, build: Callable[[Any], None], folder: Path = _FOLDER, deciders: Deciders = ()) -> Library:
    """Load the code of a backend, compiled before or now.

    :param name: the backend's.
    :param build: fills a module.
    :param folder: the sources that it does this by, besides those here.
    :param deciders: functions of one double, in Python, that the code calls, if it does.
    """
    key = _key(name, folder)
    code = storage.read(name, key)
    if code is None:
        code = _compiled(build)
        storage.write(name, key, code)
    return Library(code, deciders)


def need_fused_operations() -> None:
    """Refuse a processor without them: each would be a call of a function.

    :raises RuntimeError: it has none.
    """
    if not binding.get_host_cpu_features().get("fma", True):  # Only x86 has processors with and without.
        raise RuntimeError("the processor has no fused multiply-add")


def features() -> str:
    """Return the features of this processor, as LLVM writes them."""
    return str(binding.get_host_cpu_features().flatten())


@cache
def _machine() -> Any:
    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    cpu = binding.get_host_cpu_name()
    target = binding.Target.from_triple(binding.get_process_triple())
    return target.create_target_machine(cpu=cpu, features=features(), opt=_OPTIMISES, jit=True)


def _compiled(build: Callable[[Any], None]) -> bytes:
    machine, module = _machine(), ir.Module()
    module.triple, module.data_layout = machine.triple, str(machine.target_data)
    externals.declare(module)
    build(module)
    parsed = binding.parse_assembly(str(module))
    parsed.verify()
    tuning = binding.create_pipeline_tuning_options(speed_level=_OPTIMISES)
    passes = binding.create_pass_builder(machine, tuning)
    passes.getModulePassManager().run(parsed, passes)
    return bytes(machine.emit_object(parsed))


def _key(name: str, folder: Path = _FOLDER) -> bytes:
    """Digest all that the code is made of and for."""
    machine, digest = _machine(), hashlib.sha256()
    digest.update(repr((name, llvmlite.__version__, object.__basicsize__, machine.triple)).encode())
    digest.update(repr((binding.get_host_cpu_name(), features())).encode())
    sources = sorted({*_FOLDER.glob("*.py"), *folder.glob("*.py")})
    for file in (Path(functions.__file__), Path(threads.__file__), *sources):
        digest.update(file.read_bytes())
    return digest.digest()
