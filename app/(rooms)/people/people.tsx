"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Problem } from "#app/ui/problem.tsx";
import { ApiKeys } from "./api-keys.tsx";
import { AuditTrail } from "./audit-trail.tsx";
import { Others } from "./others.tsx";
import { Passkeys } from "./passkeys.tsx";
import { Profile } from "./profile.tsx";

/** Oneself, whoever else may come in, and what they may bring with them. */
export function People() {
  const t = useTranslations("people");
  const trpc = useTRPC();
  const { data: self, error } = useQuery(trpc.person.self.queryOptions());
  return (
    <div className="mx-auto grid max-w-2xl gap-10">
      <h1 className="font-serif text-3xl">{t("title")}</h1>
      <Problem error={error} />
      {self && (
        <>
          <Profile self={self} />
          <Passkeys />
          <ApiKeys self={self} />
        </>
      )}
      {self?.role === "admin" && (
        <>
          <Others self={self} />
          <AuditTrail />
        </>
      )}
    </div>
  );
}
