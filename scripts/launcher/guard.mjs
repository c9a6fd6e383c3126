/**
 * Outlives a launcher that was killed with -9, just long enough to stop what it had started. It reads `add PID` and
 * `gone PID` from its standard input; when that closes without "bye", nobody is left to stop them but this.
 */
const programs = new Set();
let pending = "";

process.stdin.on("data", (bytes) => {
  const lines = (pending + bytes).split("\n");
  pending = lines.pop() ?? "";
  for (const line of lines) {
    if (line === "bye") process.exit(0);
    const [word, pid] = line.split(" ");
    if (word === "add") programs.add(Number(pid));
    else programs.delete(Number(pid)); // another program may get the number
  }
});

const signalAll = (signal) => {
  for (const pid of programs) {
    for (const target of [-pid, pid]) {
      try {
        process.kill(target, signal);
      } catch {
        // gone already, which is what is wanted
      }
    }
  }
};

process.stdin.on("end", () => {
  signalAll("SIGTERM");
  setTimeout(() => {
    signalAll("SIGINT"); // PostgreSQL's "fast": SIGTERM lets it wait for its clients
    setTimeout(() => {
      signalAll("SIGKILL");
      process.exit(0);
    }, 3_000);
  }, 1_500);
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});
