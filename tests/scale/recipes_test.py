"""Runs a recipe of docs/at-scale.md for real: its bytes are those of one run on one machine.

usage: recipes_test.py FLOWPROOF RECIPES slurm|parallel|streaming

`slurm` starts a controller, two node daemons and their authentication in a folder of its own. Without the
programs, or where they cannot run, it is skipped (exit code 77).
"""
import glob
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
PARTS = 6


def skip(why):
    print("skipped: " + why)
    sys.exit(SKIPPED)


def need(package, *programs):
    # The daemons of Debian live outside a user's PATH.
    os.environ["PATH"] += ":/usr/sbin"
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        skip("no %s (apt-get install %s)" % (", ".join(missing), package))


def run(*arguments, **more):
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=100, check=False, **more)
    assert done.returncode == 0, (arguments, done.returncode, done.stdout, done.stderr)
    return done.stdout


def write_records(path):
    with open(path, "w", encoding="utf-8") as out:
        for i in range(3000):
            out.write(json.dumps({"事项名称": "事项%d" % i, "实施编码": "1199%06d" % i, "事项类型": "行政许可",
                                  "法定办结时限": "20个工作日", "承诺办结时限": "%d个工作日" % (i % 30)},
                                 ensure_ascii=False) + "\n")
            if i % 100 == 7:
                out.write("<html>502</html>\n")


def half_done(expected, folder, part):
    """What a task leaves that was killed while it wrote."""
    lines = [line for i, line in enumerate(expected.splitlines(keepends=True)) if i % PARTS == part]
    text = b"".join(lines)
    with open(os.path.join(folder, "part-%d.ndjson.part" % part), "wb") as out:
        out.write(text[:len(text) // 2 + 11])


class Cluster:
    """A Slurm of two nodes on this machine; everything it writes is in one folder."""

    def __init__(self, folder):
        self.folder = folder
        self.daemons = []
        host = socket.gethostname().split(".")[0]
        control, first, second = self.free_ports(3)
        os.makedirs(self.at("munge"), mode=0o700)
        with open(self.at("munge/key"), "wb") as key:
            key.write(os.urandom(1024))
        os.chmod(self.at("munge/key"), 0o600)
        os.environ["SLURM_CONF"] = self.at("slurm.conf")
        with open(self.at("slurm.conf"), "w", encoding="utf-8") as conf:
            conf.write("\n".join([
                "ClusterName=recipe", "SlurmUser=root", "SlurmctldHost=%s(127.0.0.1)" % host,
                "SlurmctldPort=%d" % control, "AuthType=auth/munge", "CredType=cred/munge",
                "AuthInfo=socket=" + self.at("munge/socket"), "StateSaveLocation=" + self.at("state"),
                "SlurmdSpoolDir=" + self.at("spool-%n"), "SlurmctldPidFile=" + self.at("control.pid"),
                "SlurmdPidFile=" + self.at("%n.pid"), "SlurmctldLogFile=" + self.at("control.log"),
                "SlurmdLogFile=" + self.at("%n.log"), "ProctrackType=proctrack/pgid", "TaskPlugin=task/none",
                "JobAcctGatherType=jobacct_gather/none", "AccountingStorageType=accounting_storage/none",
                "MpiDefault=none", "SelectType=select/cons_tres", "SelectTypeParameters=CR_CPU", "ReturnToService=2",
                "SchedulerParameters=sched_interval=1,sched_min_interval=1000",
                "NodeName=n1 NodeHostname=%s NodeAddr=127.0.0.1 Port=%d CPUs=1 RealMemory=1000" % (host, first),
                "NodeName=n2 NodeHostname=%s NodeAddr=127.0.0.1 Port=%d CPUs=1 RealMemory=1000" % (host, second),
                "PartitionName=all Nodes=n1,n2 Default=YES State=UP", ""]))

    def at(self, name):
        return os.path.join(self.folder, name)

    @staticmethod
    def free_ports(count):
        sockets = [socket.socket() for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        ports = [one.getsockname()[1] for one in sockets]
        for one in sockets:
            one.close()
        return ports

    def start(self, *arguments):
        log = open(self.at("daemons.log"), "ab")  # pylint: disable=consider-using-with
        self.daemons.append(subprocess.Popen(arguments, stdout=log, stderr=log, start_new_session=True))

    def __enter__(self):
        self.start("munged", "--foreground", "--force", *("--%s=%s" % (option, self.at("munge/" + name)) for option, name in (
            ("key-file", "key"), ("socket", "socket"), ("pid-file", "pid"), ("log-file", "log"), ("seed-file", "seed"))))
        self.wait(lambda: os.path.exists(self.at("munge/socket")), "munged")
        self.start("slurmctld", "-D")
        for node in ("n1", "n2"):
            self.start("slurmd", "-D", "-N", node)
        self.wait(lambda: self.idle() == 2, "two idle nodes")
        return self

    @staticmethod
    def idle():
        done = subprocess.run(["sinfo", "-h", "-N", "-t", "idle"], capture_output=True, text=True, check=False, timeout=60)
        return len(done.stdout.split("\n")) - 1

    def wait(self, true, what):
        for _ in range(100):
            if true():
                return
            time.sleep(0.2)
        self.__exit__()
        with open(self.at("daemons.log"), encoding="utf-8", errors="replace") as log:
            skip("no %s here: %s" % (what, log.read()[-600:]))

    def __exit__(self, *_):
        for daemon in reversed(self.daemons):
            try:
                os.killpg(daemon.pid, signal.SIGTERM)
                daemon.wait(timeout=10)
            except ProcessLookupError:
                pass
            except subprocess.TimeoutExpired:
                os.killpg(daemon.pid, signal.SIGKILL)
                daemon.wait()
        # The controller's own child has a session of its own and ends with it; so do steps of jobs.


def slurm(recipes, at, expected):
    need("slurm-wlm munge", "munged", "slurmctld", "slurmd", "sbatch", "sinfo")
    if os.geteuid() != 0:
        skip("daemons of Slurm need root")
    os.mkdir(at("parts"))
    half_done(expected, at("parts"), 2)
    with tempfile.TemporaryDirectory(prefix="slurm") as folder, Cluster(folder):
        array = run("sbatch", "--parsable", "--array=0-%d" % (PARTS - 1), "--output=" + at("task-%a.log"),
                    str(recipes / "slurm-audit.sh"), at("in.jsonl"), at("parts")).strip()
        run("sbatch", "--wait", "--dependency=afterok:" + array, "--output=" + at("merge.log"), "--wrap",
            "flowproof merge %s/part-*.ndjson -o %s --fail-on never && echo $SLURMD_NODENAME" % (at("parts"), at("out")))
        # A task that Slurm starts again after it was done changes nothing.
        before = os.stat(at("parts/part-1.ndjson")).st_mtime_ns
        run("sbatch", "--wait", "--array=0-%d" % (PARTS - 1), "--output=/dev/null", str(recipes / "slurm-audit.sh"),
            at("in.jsonl"), at("parts"))
        assert os.stat(at("parts/part-1.ndjson")).st_mtime_ns == before


def parallel(recipes, at, expected):
    need("parallel", "parallel")
    os.mkdir(at("parts"))
    half_done(expected, at("parts"), 2)
    script = [str(recipes / "parallel-audit.sh"), at("in.jsonl"), at("parts"), str(PARTS), at("out"), "--will-cite"]
    run(*script)
    # Again after a failure: the job log knows what is done, the merge is made anew.
    os.remove(at("out"))
    run(*script)


def streaming(_, at, expected):
    """Hadoop and Spark cut the input and put the lines of each piece through the program."""
    run("split", "-n", "l/%d" % PARTS, at("in.jsonl"), at("piece-"))
    usable = lambda text: sorted(json.dumps({k: v for k, v in json.loads(line).items() if k not in ("record", "line", "key")
                                             or k == "key" and not v.startswith("line:")}, sort_keys=True)
                                 for line in text.splitlines())
    out = b""
    for piece in sorted(glob.glob(at("piece-*"))):
        with open(piece, "rb") as source:
            out += subprocess.run(["flowproof", "audit", "-", "-q", "--lang", "zh", "--fail-on", "never"], stdin=source,
                                  stdout=subprocess.PIPE, check=True, timeout=100).stdout
    assert usable(out) == usable(expected)
    # Put together they have the numbers of the whole; lines are still those of the pieces.
    with open(at("all"), "wb") as target:
        target.write(out)
    merge = ["flowproof", "merge", "--pieces", "-q", "--fail-on", "never"]
    run(*merge, at("all"), "-o", at("merged"))
    merged = pathlib.Path(at("merged")).read_bytes()
    assert [json.loads(line)["record"] for line in merged.splitlines()] == list(range(len(expected.splitlines())))
    assert usable(merged) == usable(expected)
    for lost in (1, len(out.splitlines()) // 2):
        with open(at("lost"), "wb") as target:
            target.writelines(line for i, line in enumerate(out.splitlines(True)) if i != lost)
        assert subprocess.run([*merge, at("lost"), "-o", at("nothing")], stderr=subprocess.DEVNULL, check=False).returncode == 3
    with open(at("out"), "wb") as target:
        target.write(expected)


def main():
    program, recipes = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    os.environ["PATH"] = "%s:%s" % (program.parent, os.environ["PATH"])
    with tempfile.TemporaryDirectory() as folder:
        at = lambda name: os.path.join(folder, name)
        write_records(at("in.jsonl"))
        run("flowproof", "audit", at("in.jsonl"), "-o", at("one"), "-q", "--lang", "zh", "--fail-on", "never")
        expected = pathlib.Path(at("one")).read_bytes()
        {"slurm": slurm, "parallel": parallel, "streaming": streaming}[sys.argv[3]](recipes, at, expected)
        for log in sorted(glob.glob(at("*.log"))):
            print(os.path.basename(log), pathlib.Path(log).read_text(encoding="utf-8").strip())
        assert pathlib.Path(at("out")).read_bytes() == expected, "the recipe gives other bytes"


main()
