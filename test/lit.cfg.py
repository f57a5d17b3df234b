# The test suite. `lit <build>/test` runs the fast tier, `lit --param full=1` everything.
import os

import lit.formats

config.name = "Weft"
config.test_format = lit.formats.ShTest(execute_external=True)
config.suffixes = [".mlir", ".test", ".sh-test"]
config.test_source_root = os.path.join(config.source_dir, "test")
config.test_exec_root = os.path.join(config.build_dir, "test")
config.excludes = ["Inputs", "data"]

path = [os.path.join(config.build_dir, "bin"), config.llvm_tools_dir, config.environment.get("PATH", "")]
config.environment["PATH"] = os.pathsep.join(path)
config.environment["LC_ALL"] = "C"
config.substitutions.append(("%weft_source", config.source_dir))
config.substitutions.append(("%weft_build", config.build_dir))

# Tests that take minutes carry `REQUIRES: full`.
if lit_config.params.get("full", "0") != "0":
    config.available_features.add("full")

# Code for GPUs is tested wherever it is built: that needs the toolkit, and no GPU.
if config.has_cuda:
    config.available_features.add("cuda")

# A bundle is run in a chroot, which only root may enter.
if os.geteuid() == 0:
    config.available_features.add("root")
