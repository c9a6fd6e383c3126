/** `npm run chaos -- programs|engine|cancels|malformed [ROUNDS]`: kills -9 what is at work, or sends what is malformed, and looks at what became of it. Exit 1: it did not hold. */
const CHAOS: Readonly<Record<string, () => Promise<{ run: (rounds: number) => Promise<boolean> }>>> = {
  programs: () => import("./programs.ts"),
  engine: () => import("./engine.ts"),
  cancels: () => import("./cancels.ts"),
  malformed: () => import("./malformed.ts"),
};

const [name = "", rounds] = process.argv.slice(2);
const load = CHAOS[name];
if (!load) {
  console.error(`usage: npm run chaos -- ${Object.keys(CHAOS).join("|")} [ROUNDS]`);
  process.exit(2);
}
const { run } = await load();
process.exit((await run(Number(rounds ?? 5))) ? 0 : 1);
