"""Make the environment: .venv, the locked packages, the project itself, the compiled messages.

Runs with the machine's Python, so it uses the standard library alone and a syntax that old versions can read:
too old a Python must end in a sentence. Each step leaves a stamp with the hash of what it was made from; a
step whose stamp still fits is skipped, so a second run takes a second.
"""

import hashlib
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(HERE, ".venv")
SOURCE = os.path.join(HERE, "src")
OLDEST = (3, 11)


def say(text):
    print("setup: " + text, flush=True)


def stop(text):
    sys.stderr.write("setup: " + text + "\n")
    sys.exit(1)


def use_new_enough_python():
    """Go on in a Python that is new enough, or end with what to do."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(20, OLDEST[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)
        if found and subprocess.call([found, "-c", "import venv"], stderr=subprocess.DEVNULL) == 0:
            os.execv(found, [found] + sys.argv)
    stop(
        "Python %d.%d is too old; Một Cửa needs 3.%d or newer. "
        "Install it, or name it: make setup PYTHON=/path/to/python3"
        % (sys.version_info[0], sys.version_info[1], OLDEST[1])
    )


def python_in_venv():
    return os.path.join(VENV, "bin", "python")


def run(arguments, why):
    """Run a program quietly; on failure show all it said and stop."""
    done = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=HERE)
    if done.returncode:
        sys.stderr.write(done.stdout.decode("utf-8", "replace"))
        stop(why)


def hash_of(*paths):
    digest = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def stamped(name, value):
    try:
        with open(os.path.join(VENV, "stamp-" + name)) as file:
            return file.read() == value
    except OSError:
        return False


def stamp(name, value):
    with open(os.path.join(VENV, "stamp-" + name), "w") as file:
        file.write(value)


def make_venv():
    if os.path.exists(python_in_venv()):
        if subprocess.call([python_in_venv(), "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]) == 0:
            return
        say("the Python of .venv is gone or too old; making it anew")
        shutil.rmtree(VENV)
    say("making .venv with Python %d.%d.%d" % sys.version_info[:3])
    if subprocess.call([sys.executable, "-c", "import ensurepip"], stderr=subprocess.DEVNULL) != 0:
        subprocess.call([sys.executable, os.path.join(HERE, "scripts", "system_packages.py"), "python3-venv"])
    run(
        [sys.executable, "-m", "venv", VENV],
        "could not make .venv. On Debian and Ubuntu: apt install python3-venv, then try again.",
    )


def install(name):
    lock = os.path.join(HERE, "requirements", name + ".lock")
    wanted = hash_of(lock)
    if stamped(name, wanted):
        return
    python = python_in_venv()
    if subprocess.call([python, "-c", "import pip"], stderr=subprocess.DEVNULL) != 0:
        run([python, "-m", "ensurepip", "--default-pip"], "this Python has no pip and cannot make one.")
    say("installing requirements/%s.lock" % name)
    run(
        [
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "--no-deps",  # the lock names every one of them
            "--no-compile",  # see compile_packages
            "-r",
            lock,
        ],
        "the packages could not be installed. Is the package index reachable? Then run the same again.",
    )
    compile_packages()
    stamp(name, wanted)


def compile_packages():
    """On all processors; what a package ships for another Python is left as it is, as pip leaves it."""
    subprocess.call([python_in_venv(), "-m", "compileall", "-q", "-q", "-j", "0", packages_folder()])


def packages_folder():
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return subprocess.check_output([python_in_venv(), "-c", code]).decode().strip()


def link_project():
    """Put src/ on the path of .venv and write the `motcua` command: no build step that could go stale."""
    wanted = hash_of(os.path.abspath(__file__)) + SOURCE
    if stamped("project", wanted):
        return
    with open(os.path.join(packages_folder(), "motcua_checkout.pth"), "w") as file:
        file.write(SOURCE + "\n")
    command = os.path.join(VENV, "bin", "motcua")
    with open(command, "w") as file:
        file.write(
            "#!%s\nimport sys\n\nfrom motcua.config.cli import main\n\nsys.exit(main())\n" % python_in_venv()
        )
    os.chmod(command, 0o755)
    stamp("project", wanted)


def compile_messages():
    for folder, _, names in os.walk(SOURCE):
        for name in names:
            if name.endswith(".po"):
                text, compiled = os.path.join(folder, name), os.path.join(folder, name[:-3] + ".mo")
                if not os.path.exists(compiled) or os.path.getmtime(compiled) < os.path.getmtime(text):
                    run(
                        [python_in_venv(), "-m", "motcua.config.messages", "compile"],
                        "the messages could not be compiled.",
                    )
                    return


def main(arguments):
    use_new_enough_python()
    make_venv()
    install("postgres")
    if "--tools" in arguments:
        install("dev")
    if "--embeddings" in arguments:
        install("embeddings")
    link_project()
    compile_messages()


if __name__ == "__main__":
    main(sys.argv[1:])
