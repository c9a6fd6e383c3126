"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { useTRPC } from "#app/trpc.ts";
import type { DeviceInput, Topic } from "#contracts/notifications.ts";

type Device = Pick<DeviceInput, "endpoint" | "keys">;

interface PushDevice {
  readonly isAble: boolean;
  /** The browser, or the person, said no. */
  readonly isRefused: boolean;
  /** Of the subscription there is; null where there is none. */
  readonly endpoint: string | null;
  readTopics(endpoint: string): Promise<readonly Topic[]>;
  /** Asks for leave where it must. Null: it was not given. */
  subscribe(): Promise<Device | null>;
}

/** This browser's subscription to push messages. */
export function usePushDevice(): PushDevice {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isAble, setAble] = useState(true);
  const [isRefused, setRefused] = useState(false);
  const [endpoint, setEndpoint] = useState<string | null>(null);
  useEffect(() => {
    if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return setAble(false);
    void navigator.serviceWorker.ready
      .then(({ pushManager }) => pushManager.getSubscription())
      .then((subscription) => setEndpoint(subscription?.endpoint ?? null));
  }, []);
  const readTopics = useCallback(
    (of: string) => queryClient.fetchQuery(trpc.device.topics.queryOptions(of, { staleTime: 0 })),
    [queryClient, trpc],
  );
  return {
    isAble,
    isRefused,
    endpoint,
    readTopics,
    async subscribe() {
      const key = await queryClient.fetchQuery(trpc.device.key.queryOptions());
      try {
        const { pushManager } = await navigator.serviceWorker.ready;
        const subscription =
          (await pushManager.getSubscription()) ??
          (await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
        setRefused(false);
        setEndpoint(subscription.endpoint);
        return subscription.toJSON() as Device;
      } catch {
        setRefused(true);
        return null;
      }
    },
  };
}
