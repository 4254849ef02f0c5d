"""What compiled code needs of this process: the platform's exp, and some of Python's and NumPy's C functions.

The code has no undefined symbol: it finds all this in a table of addresses, which is filled when it is loaded. So no
linker decides which exp it is.
"""

from __future__ import annotations

import ctypes
import math
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final

import numpy as np
from llvmlite import ir

POINTER: Final = ir.IntType(8).as_pointer()
SIZE: Final = ir.IntType(8 * ctypes.sizeof(ctypes.c_ssize_t))
DOUBLE: Final = ir.DoubleType()
_INT: Final = ir.IntType(8 * ctypes.sizeof(ctypes.c_int))
_OBJECT: Final = POINTER

TABLE: Final = "externals"
"""The table's name in the code."""

_NEW_LIKE_ARRAY: Final = 277  # Its place in NumPy's table of C functions, which is part of NumPy's binary interface.

_TYPES: Final[Mapping[str, ir.Type]] = {
    "exp": ir.FunctionType(DOUBLE, [DOUBLE]),
    "move": ir.FunctionType(POINTER, [POINTER, POINTER, SIZE]),
    "PyArray_NewLikeArray": ir.FunctionType(_OBJECT, [_OBJECT, _INT, POINTER, _INT]),
    "Py_IncRef": ir.FunctionType(ir.VoidType(), [_OBJECT]),
    "PyEval_SaveThread": ir.FunctionType(POINTER, []),
    "PyEval_RestoreThread": ir.FunctionType(ir.VoidType(), [POINTER]),
    "PyGILState_Ensure": ir.FunctionType(_INT, []),
    "PyGILState_Release": ir.FunctionType(ir.VoidType(), [_INT]),
    "PyErr_Occurred": ir.FunctionType(_OBJECT, []),
    "Py_DecRef": ir.FunctionType(ir.VoidType(), [_OBJECT]),
    "PyTuple_GetItem": ir.FunctionType(_OBJECT, [_OBJECT, SIZE]),
    "PyObject_CallFunction": ir.FunctionType(_OBJECT, [_OBJECT, POINTER], var_arg=True),
    "PyFloat_AsDouble": ir.FunctionType(DOUBLE, [_OBJECT]),
    "PyObject_Vectorcall": ir.FunctionType(_OBJECT, [_OBJECT, _OBJECT.as_pointer(), SIZE, _OBJECT]),
    "array_type": ir.IntType(8),
    "float64": ir.IntType(8),
    "float32": ir.IntType(8),
    "none": ir.IntType(8),
    "deciders": ir.IntType(8),
}
_ARRAY: Final = ir.ArrayType(POINTER, len(_TYPES))


def declare(module: Any) -> None:
    """Declare the table in a module."""
    ir.GlobalVariable(module, _ARRAY, TABLE).initializer = ir.Constant(_ARRAY, None)


def load(builder: Any, name: str) -> Any:
    """Emit the load of an address, typed."""
    place = [ir.Constant(ir.IntType(32), index) for index in (0, list(_TYPES).index(name))]
    pointer = builder.load(builder.gep(builder.module.globals[TABLE], place))
    return builder.bitcast(pointer, _TYPES[name].as_pointer())


def fill(address: int, deciders: object) -> None:
    """Fill the table at an address.

    :param deciders: functions that the code calls; never freed.
    """
    table = (ctypes.c_void_p * len(_TYPES)).from_address(address)
    for index, name in enumerate(_TYPES):
        table[index] = id(deciders) if name == "deciders" else _find(name)


def _find(name: str) -> int:
    return _ADDRESSES[name]() if name in _ADDRESSES else _address(getattr(ctypes.pythonapi, name))


def _exp() -> int:
    """Return the address of the exp that `math.exp` calls."""
    if sys.platform == "win32":
        library = ctypes.CDLL("ucrtbase")
    else:  # A library's names are also those of what it is linked with.
        library = ctypes.CDLL(getattr(math, "__file__", None))
    return _address(library.exp)


def _new_like() -> int:
    try:
        module = import_module("numpy._core._multiarray_umath")
    except ImportError:  # NumPy 1
        module = import_module("numpy.core._multiarray_umath")
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    functions = pointer(module._ARRAY_API, None)
    table = (ctypes.c_size_t * (_NEW_LIKE_ARRAY + 1)).from_address(functions)
    return table[_NEW_LIKE_ARRAY]


def _address(function: Any) -> int:
    return int(ctypes.cast(function, ctypes.c_void_p).value or 0)


_ADDRESSES: Final[Mapping[str, Callable[[], int]]] = {
    "exp": _exp,
    "move": lambda: _address(ctypes.memmove),
    "PyArray_NewLikeArray": _new_like,
    "array_type": lambda: id(np.ndarray),
    "float64": lambda: id(np.dtype(np.float64)),
    "float32": lambda: id(np.dtype(np.float32)),
    "none": lambda: id(None),
}
"""Of what is no function of Python's own."""
