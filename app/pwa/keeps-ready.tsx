"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { useTell } from "#app/ui/toaster.tsx";
import type { Delivery } from "./outbox.ts";

const DELIVER_AGAIN_MS = 30_000;
const LOOK_FOR_UPDATE_MS = 60 * 60_000;

/** Keeps the app ready to be used without a network, and says when it is, and when there is a newer one. */
export function KeepsReady() {
  const t = useTranslations("pwa");
  const isOnline = useIsOnline();
  const update = useServiceWorker();
  useDeliveries();
  return (
    <>
      {!isOnline && (
        <p role="alert" className="bg-mat px-4 py-2 text-center text-sm">
          {t("offline")}
        </p>
      )}
      {update && (
        <div role="alert" className="flex flex-wrap items-center justify-center gap-x-4 bg-mat px-4 py-1 text-sm">
          {t("update")}
          <button type="button" onClick={update} className="min-h-10 font-medium text-accent">
            {t("reload")}
          </button>
        </div>
      )}
    </>
  );
}

export function useIsOnline(): boolean {
  const [isOnline, setOnline] = useState(true);
  useEffect(() => {
    const read = () => setOnline(navigator.onLine);
    read();
    window.addEventListener("online", read);
    window.addEventListener("offline", read);
    return () => {
      window.removeEventListener("online", read);
      window.removeEventListener("offline", read);
    };
  }, []);
  return isOnline;
}

/** All that the worker brings home on its first day would else compete with the pictures of the page. */
function onceShown(act: () => void): void {
  // Safari has none.
  const idle = () => (window.requestIdleCallback ? window.requestIdleCallback(act) : setTimeout(act));
  if (document.readyState === "complete") idle();
  else window.addEventListener("load", idle, { once: true });
}

/** Registers it. Gives what changes to a newer one that waits; null while there is none. */
function useServiceWorker(): (() => void) | null {
  const [newer, setNewer] = useState<ServiceWorker | null>(null);
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return;
    let looking: ReturnType<typeof setInterval>;
    const watch = (registration: ServiceWorkerRegistration) => {
      const tell = () => registration.waiting && navigator.serviceWorker.controller && setNewer(registration.waiting);
      tell();
      registration.addEventListener("updatefound", () =>
        registration.installing?.addEventListener("statechange", tell),
      );
      looking = setInterval(() => void registration.update().catch(() => {}), LOOK_FOR_UPDATE_MS);
    };
    onceShown(() => void navigator.serviceWorker.register("/sw.js", { scope: "/" }).then(watch, () => {}));
    return () => clearInterval(looking);
  }, []);
  if (!newer) return null;
  return () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => window.location.reload(), { once: true });
    newer.postMessage({ type: "SKIP_WAITING" });
  };
}

interface Delivered {
  readonly type: "DELIVERED";
  readonly deliveries: readonly Delivery[];
}

/** Has what waits in the outbox sent when there is a network again, and shows what is true then. */
function useDeliveries(): void {
  const t = useTranslations("pwa");
  const tell = useTell();
  const queryClient = useQueryClient();
  useEffect(() => {
    const worker = navigator.serviceWorker;
    if (!worker) return;
    const ask = () => {
      if (navigator.onLine) void worker.ready.then(({ active }) => active?.postMessage({ type: "DELIVER" }));
    };
    const hear = ({ data }: MessageEvent<Delivered>) => {
      if (data?.type !== "DELIVERED") return;
      const refused = data.deliveries.filter(({ isRefused }) => isRefused).length;
      tell(refused > 0 ? t("refused", { count: refused }) : t("delivered", { count: data.deliveries.length }));
      void queryClient.invalidateQueries();
    };
    ask();
    window.addEventListener("online", ask);
    worker.addEventListener("message", hear);
    const again = setInterval(ask, DELIVER_AGAIN_MS);
    return () => {
      clearInterval(again);
      window.removeEventListener("online", ask);
      worker.removeEventListener("message", hear);
    };
  }, [queryClient, tell, t]);
}
