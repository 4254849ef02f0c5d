"""Compile the pipelined loop alone, by llvmlite."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any

import numpy as np
from llvmlite import binding, ir

from sigmoid_parity.port.backends import pipeline

WIDE = pipeline.shape("+avx2,+avx512f")
NARROW = pipeline.shape("+avx2")


def module(shape: pipeline.Shape, careful: bool) -> ir.Module:
    """Build a module with one function, ``run(source, target, start, stop)``."""
    built, pointer, size = ir.Module(), ir.FloatType().as_pointer(), ir.IntType(64)
    function = ir.Function(built, ir.FunctionType(ir.IntType(1), [pointer, pointer, size, size]), "run")
    builder = ir.IRBuilder(function.append_basic_block("entry"))
    builder.ret(pipeline.activation(shape, careful, builder, *function.args))
    return built


class Compiled:
    """The loop as machine code for this processor."""

    def __init__(self, shape: pipeline.Shape, careful: bool) -> None:
        binding.initialize_native_target()
        binding.initialize_native_asmprinter()
        features = binding.get_host_cpu_features().flatten()
        machine = _machine(binding.get_process_triple(), binding.get_host_cpu_name(), features)
        self._engine = binding.create_mcjit_compiler(_optimised(module(shape, careful), machine), machine)
        self._engine.finalize_object()
        kind = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64)
        self._run = kind(self._engine.get_function_address("run"))

    def __call__(self, source: np.ndarray[Any, Any], start: int = 0) -> tuple[np.ndarray[Any, Any], bool]:
        """Compute a float32 array from an element on; what is not computed is NaN."""
        target = np.full_like(source, np.nan)
        left = self._run(source.ctypes.data, target.ctypes.data, start, source.size)
        return target, left


compiled = cache(Compiled)


def assembly(shape: pipeline.Shape, careful: bool, cpu: str) -> str:
    """Return the machine code for a processor of x86-64, on any machine."""
    binding.initialize_all_targets()
    binding.initialize_all_asmprinters()
    machine = _machine("x86_64-unknown-linux-gnu", cpu, "")
    text: str = machine.emit_assembly(_optimised(module(shape, careful), machine))
    return text


def _machine(triple: str, cpu: str, features: str) -> Any:
    return binding.Target.from_triple(triple).create_target_machine(cpu=cpu, features=features, opt=3)


def _optimised(built: ir.Module, machine: Any) -> Any:
    parsed = binding.parse_assembly(str(built))
    parsed.verify()
    passes = binding.create_pass_builder(machine, binding.create_pipeline_tuning_options(speed_level=3))
    passes.getModulePassManager().run(parsed, passes)
    return parsed
