import { useTranslations } from "use-intl";
import type { Readiness as Health } from "#contracts/health.ts";

interface Props {
  readonly health: Health | undefined;
  readonly unreachable: boolean;
}

/** What fails of these keeps nobody from ordering. */
const PAINTED_LATER: readonly Health["checks"][number]["name"][] = ["studio", "model", "memory", "queue"];

/** Says nothing while all is well. */
export function Readiness({ health, unreachable }: Props) {
  const t = useTranslations("studio.readiness");
  if (unreachable) return <Notice>{t("unreachable")}</Notice>;
  if (!health || health.ready) return null;
  const waking = health.models.find(({ state }) => state === "loading" || state === "warming");
  if (waking) {
    return (
      <Notice>
        {t("waking", { model: waking.title, state: waking.state })}
        <progress
          className="bar mt-2"
          value={waking.progress}
          aria-label={t("state", { model: waking.title, state: waking.state })}
        />
      </Notice>
    );
  }
  const missing = health.checks.filter(({ ok }) => !ok).map(({ detail }) => detail);
  const takesOrders = health.checks.every(({ name, ok }) => ok || PAINTED_LATER.includes(name));
  return (
    <Notice>
      {missing.join(" ")} {takesOrders && t("order")}
    </Notice>
  );
}

const Notice = ({ children }: { children: React.ReactNode }) => (
  <div role="status" className="rounded-lg border border-line bg-plinth p-3 text-muted text-sm">
    {children}
  </div>
);
