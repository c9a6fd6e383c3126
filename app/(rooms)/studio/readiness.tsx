import type { Readiness as Health } from "#contracts/health.ts";

interface Props {
  readonly health: Health | undefined;
  readonly unreachable: boolean;
}

/** Says nothing while all is well. */
export function Readiness({ health, unreachable }: Props) {
  if (unreachable) return <Notice>Aria cannot be reached. Is she still running?</Notice>;
  if (!health || health.ready) return null;
  const waking = health.models.find(({ state }) => state === "loading" || state === "warming");
  if (waking) {
    return (
      <Notice>
        Aria is waking up: {waking.title} is {waking.state}.
        <progress className="bar mt-2" value={waking.progress} aria-label={`${waking.title} is ${waking.state}`} />
      </Notice>
    );
  }
  const missing = health.checks.filter(({ ok }) => !ok).map(({ detail }) => detail);
  const takesOrders = health.checks.every(({ name, ok }) => ok || name === "studio" || name === "model");
  return (
    <Notice>
      {missing.join(" ")} {takesOrders && "You can order a painting; it will be begun as soon as she can."}
    </Notice>
  );
}

const Notice = ({ children }: { children: React.ReactNode }) => (
  <div role="status" className="rounded-lg border border-line bg-plinth p-3 text-muted text-sm">
    {children}
  </div>
);
