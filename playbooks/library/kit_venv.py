"""Ansible module: a virtual environment that holds exactly what a lock file names."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from pathlib import Path

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = """
module: kit_venv
short_description: Make a virtual environment from a lock file with hashes.
description:
  - Only wheels whose hash the lock names are installed, so no package runs code of its own during the installation.
  - A stamp, written last, makes an environment valid; an interrupted one is made anew.
  - The environment itself has no pip. The interpreter's own wheel of pip installs the packages from where it lies, so
    it need not be installed and compiled first.
options:
  lock: {description: Requirements file with a hash for each package., type: path, required: true}
  python: {description: The interpreter to use., type: path, required: true}
  path: {description: Where the environment goes. Not with O(shared)., type: path}
  shared:
    description: Directory of environments named by the lock's digest; releases with the same lock use the same one.
    type: path
  compile: {description: Compile the packages now instead of at first use., type: bool, default: true}
  alike:
    description: Pattern of other environments. One with the same stamp lends its packages by hard links, so that a
      release with the same lock needs neither time nor space nor a package index. Such an environment has no scripts.
    type: str
author: [The replication kit's contributors]
"""
RETURN = """
path: {description: The environment's directory., type: str, returned: always}
"""

_STAMP = "kit-stamp"
_LAST_LINES = 15
_WHEELS = """
import ensurepip, os, sysconfig
print(sysconfig.get_config_var("WHEEL_PKG_DIR") or os.path.join(os.path.dirname(ensurepip.__file__), "_bundled"))
"""
"""Where an interpreter keeps the wheel of pip that its `ensurepip` installs."""


def stamp_of(lock: Path, python: str) -> str:
    """What a valid environment's stamp says: the lock's digest and the interpreter."""
    return f"{hashlib.sha256(lock.read_bytes()).hexdigest()} {os.path.realpath(python)}"


def shared_name(stamp: str) -> str:
    """The name of a shared environment with this stamp."""
    return hashlib.sha256(stamp.encode()).hexdigest()[:12]


def is_valid(path: Path, stamp: str) -> bool:
    """Does *path* hold a complete environment with this stamp?"""
    written = path / _STAMP
    return os.access(path / "bin" / "python", os.X_OK) and written.is_file() and written.read_text() == stamp


def pip_of(module: AnsibleModule) -> Path | None:
    """The program pip in the wheel that belongs to the interpreter; None if it has no wheel."""
    code, out, _ = module.run_command([module.params["python"], "-c", _WHEELS])
    wheels = sorted(Path(out.strip()).glob("pip-*.whl")) if code == 0 and out.strip() else []
    return wheels[-1] / "pip" if wheels else None


def install_command(path: Path, lock: Path, pip: Path | None) -> list[str]:
    """The command that installs *lock* into the environment at *path* by this *pip*, or by the environment's own.

    It compiles nothing: that goes on all cores.

    Where the packages come from is pip's own matter: PIP_NO_INDEX and PIP_FIND_LINKS, or pip.conf, name a directory.
    """
    command = [str(path / "bin" / "python"), *([str(pip)] if pip else ["-m", "pip"]), "install"]
    command += ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    command += ["--require-hashes", "--only-binary", ":all:", "--no-deps", "--no-compile"]
    return [*command, "-r", str(lock)]


def lender(pattern: str | None, path: Path, stamp: str) -> Path | None:
    """An environment with this stamp among those of *pattern*."""
    found = sorted(Path("/").glob(pattern.lstrip("/"))) if pattern else []
    return next((other for other in found if other != path and is_valid(other, stamp)), None)


def borrow(path: Path, other: Path) -> None:
    """Fill the empty environment at *path* with the packages of *other*: own folders, the same files."""
    for packages in other.glob("lib/python*/site-packages"):
        target = path / packages.relative_to(other)
        shutil.copytree(packages, target, copy_function=os.link, symlinks=True, dirs_exist_ok=True)


def make(module: AnsibleModule, path: Path, stamp: str) -> None:
    """Make the environment at *path* from nothing."""
    lock = Path(module.params["lock"])
    shutil.rmtree(path, ignore_errors=True)
    other = lender(module.params["alike"], path, stamp)
    if other and not module.run_command([module.params["python"], "-m", "venv", "--without-pip", str(path)])[0]:
        borrow(path, other)
        (path / _STAMP).write_text(stamp)
        return
    pip = pip_of(module)
    environment = [module.params["python"], "-m", "venv", *(["--without-pip"] if pip else []), str(path)]
    for command in (environment, install_command(path, lock, pip)):
        code, out, err = module.run_command(command)
        if code:
            tail = "\n".join((err or out).strip().splitlines()[-_LAST_LINES:])
            module.fail_json(msg=f"The packages of {lock.name} could not be installed into {path}.", stderr=tail)
    if module.params["compile"]:  # a file that is no Python for this version stays as it is, as pip leaves it
        module.run_command([str(path / "bin" / "python"), "-m", "compileall", "-q", "-j", "0", str(path / "lib")])
    (path / _STAMP).write_text(stamp)


def main() -> None:
    """Run the module."""
    module = AnsibleModule(
        argument_spec={
            "lock": {"type": "path", "required": True},
            "python": {"type": "path", "required": True},
            "path": {"type": "path"},
            "shared": {"type": "path"},
            "compile": {"type": "bool", "default": True},
            "alike": {"type": "str"},
        },
        mutually_exclusive=[("path", "shared")],
        required_one_of=[("path", "shared")],
        supports_check_mode=True,
    )
    lock = Path(module.params["lock"])
    if not lock.is_file():
        if module.check_mode:  # the release that brings the lock is only foreseen
            module.exit_json(changed=True, path=module.params["path"] or module.params["shared"])
        module.fail_json(msg=f"There is no lock file {lock}.")
    stamp = stamp_of(lock, module.params["python"])
    path = Path(module.params["path"] or Path(module.params["shared"], shared_name(stamp)))
    if is_valid(path, stamp) or module.check_mode:
        module.exit_json(changed=not is_valid(path, stamp), path=str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(path.name + ".lock").open("w") as guard:  # another region's run may be making the same one
        fcntl.flock(guard, fcntl.LOCK_EX)
        new = not is_valid(path, stamp)
        if new:
            make(module, path, stamp)
    module.exit_json(changed=new, path=str(path))


if __name__ == "__main__":
    main()
