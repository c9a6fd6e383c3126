"use client";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Problem } from "#app/ui/problem.tsx";
import { Tick } from "#app/ui/tick.tsx";
import type { Topic } from "#contracts/notifications.ts";
import { TOPICS } from "#contracts/terms.ts";
import { usePushDevice } from "./use-push-device.ts";

/** What this device is told of while nobody looks. The browser asks for leave once something is chosen, and not before. */
export function Notifications() {
  const t = useTranslations("settings");
  const trpc = useTRPC();
  const locale = useLocale();
  const { isAble, isRefused, endpoint, readTopics, subscribe } = usePushDevice();
  const [topics, setTopics] = useState<readonly Topic[]>([]);
  const put = useMutation(trpc.device.put.mutationOptions());
  useEffect(() => {
    if (endpoint) void readTopics(endpoint).then(setTopics);
  }, [endpoint, readTopics]);
  const choose = async (topic: Topic, isWanted: boolean) => {
    const wanted = isWanted ? [...topics, topic] : topics.filter((other) => other !== topic);
    const device = await subscribe();
    if (!device) return;
    await put.mutateAsync({ ...device, topics: [...wanted], locale });
    setTopics(wanted);
  };
  if (!isAble) return <p className="text-muted text-sm">{t("pushUnable")}</p>;
  return (
    <div className="grid gap-1">
      {TOPICS.map((topic) => (
        <Tick key={topic} isOn={topics.includes(topic)} onChange={(isWanted) => void choose(topic, isWanted)}>
          {t(`topics.${topic}`)}
        </Tick>
      ))}
      <p className="text-muted text-sm">{t("thisDevice")}</p>
      {isRefused && (
        <p role="alert" className="text-alarm text-sm">
          {t("pushRefused")}
        </p>
      )}
      <Problem error={put.error} />
    </div>
  );
}
