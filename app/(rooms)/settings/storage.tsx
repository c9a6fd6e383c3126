"use client";
import { useCallback, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { forgetSeen } from "#app/pwa/forget-seen.ts";
import { Button } from "#app/ui/button.tsx";
import { formatBytes } from "#app/ui/format-bytes.ts";
import { useTell } from "#app/ui/toaster.tsx";

/** What this browser keeps of Aria, as it estimates it, and a way to have that back. */
export function Storage() {
  const t = useTranslations("settings");
  const tell = useTell();
  const [usage, setUsage] = useState<{ readonly used: number; readonly quota: number } | null>(null);
  const measure = useCallback(async () => {
    const estimate = await navigator.storage?.estimate();
    if (estimate?.usage !== undefined && estimate.quota) setUsage({ used: estimate.usage, quota: estimate.quota });
  }, []);
  useEffect(() => void measure(), [measure]);
  const free = async () => {
    const before = usage?.used ?? 0;
    await forgetSeen();
    await measure();
    const after = (await navigator.storage.estimate()).usage ?? 0;
    tell(t("freed", { size: formatBytes(Math.max(0, before - after)) }));
  };
  return (
    <div className="grid gap-3">
      {usage && (
        <p className="text-sm">{t("kept", { used: formatBytes(usage.used), quota: formatBytes(usage.quota) })}</p>
      )}
      <p className="text-muted text-sm">{t("keptNote")}</p>
      <Button onClick={() => void free()} className="justify-self-start">
        {t("free")}
      </Button>
    </div>
  );
}
