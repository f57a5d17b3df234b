"""Every kernel of a text in one program, so that a GPU's results can be held against the CPU's.

Each argument of each kernel is a state of its own, with initial values that are functions of its key: executables for both
targets begin with the same numbers, run the kernels once, and write all states as a checkpoint.
"""

import re

KERNEL = re.compile(r"tile\.kernel @(\S+?)\((.*?)\) grid\((\d+)\) outputs\((\d+)\)(.*?) \{$", re.M)


def arguments(text):
    return re.findall(r"%\w+: (memref<(?:[^<>]|<[^<>]*>)*>)", text)


def span(memref):
    """Element type, extents and strides; the number of elements from the first to the last."""
    inner = memref[len("memref<"):-1].split(", strided<")
    *extents, element = inner[0].split("x")
    extents = [int(extent) for extent in extents]
    if len(inner) == 1:
        count = 1
        for extent in extents:
            count *= extent
        return element, count
    strides = [int(stride) for stride in re.findall(r"-?\d+", inner[1])]
    return element, 1 + sum((extent - 1) * stride for extent, stride in zip(extents, strides))


def initial(element, memref, positive):
    """Numbers of both signs, or near 1 where roots are taken; rows of any table; the number of a step."""
    if element == "i32":
        return "init(zeros)"
    if element == "f64" and memref == "memref<f64>":
        return "init(ones)"
    return "init(constant, 0.5)" if positive else "init(normal, 1.0)"


def check_program(tile_text):
    """The text of the program, from what `weftc --emit=tile` prints; and the number of its kernels."""
    kernels, body, depth = [], [], 0
    for line in tile_text.splitlines():
        if line.strip().startswith("tile.kernel"):
            depth = 1
        elif line.strip().startswith("exec.module"):
            break
        if depth:
            body.append(line)
            depth = 0 if line == "  }" else 1
    kernel_text = "\n".join(body)
    states, launches = [], []
    found = list(KERNEL.finditer(kernel_text))
    for number, kernel in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(kernel_text)
        code = kernel_text[kernel.end():end]
        positive = re.search(r"math\.(sqrt|rsqrt|log)", code) is not None
        types, outputs = arguments(kernel.group(2)), int(kernel.group(4))
        operands = []
        for i, memref in enumerate(types):
            element, count = span(memref)
            if i == len(types) - outputs and "in_place_required" in kernel.group(5):
                operands.append(operands[0])
                continue
            name = f"k{number}.{kernel.group(1)}.{i}"
            states.append(f'    exec.state @{name} : memref<{count}x{element}> role(parameter) of "{name}" '
                          f"{initial(element, memref, positive)} key {1000 * number + i}")
            launches.append(f"      %k{number}s{i} = exec.state_ref @{name} : memref<{count}x{element}>")
            launches.append(f"      %k{number}a{i} = exec.view %k{number}s{i} offset(0) : memref<{count}x{element}> to {memref}")
            operands.append(f"%k{number}a{i}")
        launches.append(f"      exec.launch @{kernel.group(1)}({', '.join(operands)}) {{phase = \"forward\", scope = \"{kernel.group(1)}\"}} : "
                        + ", ".join(types))
    metrics = [("sum", "loss_sum"), ("weight", "loss_weight"), ("norm", "gradient_norm")]
    states += [f"    exec.state @{name} : memref<f32> role({role}) init(ones)" for name, role in metrics]
    inits = [f"      exec.initialize @{name}" for name in re.findall(r"exec\.state @(\S+)", "\n".join(states))]
    head = tile_text[:tile_text.index("module")]
    return (head + "module {\n" + kernel_text + "\n  exec.module @kernels {\n" + "\n".join(states)
            + "\n    exec.program @init {\n" + "\n".join(inits) + "\n    }\n    exec.program @micro_step {\n"
            + "\n".join(launches) + "\n    }\n    exec.program @apply {\n    }\n"
            + '    exec.entry train "loss" of "loss" programs [@micro_step, @apply] inputs [] metrics [@sum, @weight, @norm] '
              "{sequences = 1 : i64, tokens = 1 : i64, flops = 1.0 : f64}\n  }\n}\n"), len(found)
