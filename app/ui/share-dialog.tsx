"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import type { Share, SharedThing } from "#contracts/shares.ts";
import { DEFAULT_SHARE_DAYS, SHARE_DAYS } from "#contracts/terms.ts";
import { Button } from "./button.tsx";
import { Captioned } from "./captioned.tsx";
import { Dialog } from "./dialog.tsx";
import { LineIcon } from "./line-icon.tsx";
import { Problem } from "./problem.tsx";
import { useTell } from "./toaster.tsx";

/** The links to an artwork or a collection: made, copied, watched and revoked. */
export function ShareDialog({ of, onClose }: { of: SharedThing; onClose: () => void }) {
  const t = useTranslations("share");
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.share.list.queryOptions(of));
  const origin = data?.publicOrigin ?? (typeof window === "undefined" ? "" : window.location.origin);
  return (
    <Dialog title={t("title")} onClose={onClose}>
      <p className="text-muted text-sm">{t("intro")}</p>
      {data?.publicOrigin === null && <p className="rounded-lg bg-mat p-3 text-sm">{t("local")}</p>}
      <NewLink of={of} />
      <Problem error={error} />
      {data && data.shares.length > 0 && (
        <ul className="grid gap-3 border-line border-t pt-4">
          {data.shares.map((share) => (
            <Link key={share.slug} share={share} of={of} url={`${origin}${share.path}`} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function NewLink({ of }: { of: SharedThing }) {
  const t = useTranslations("share");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [days, setDays] = useState<number | null>(DEFAULT_SHARE_DAYS);
  const [password, setPassword] = useState("");
  const create = useMutation(
    trpc.share.create.mutationOptions({
      onSuccess: () => {
        setPassword("");
        return queryClient.invalidateQueries({ queryKey: trpc.share.list.queryKey(of) });
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ of, days, ...(password && { password }) });
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <Captioned title={t("days")}>
          <select
            value={days ?? ""}
            onChange={({ target }) => setDays(target.value === "" ? null : Number(target.value))}
            className="field"
          >
            {SHARE_DAYS.map((count) => (
              <option key={count} value={count}>
                {t("forDays", { days: count })}
              </option>
            ))}
            <option value="">{t("forever")}</option>
          </select>
        </Captioned>
        <Captioned title={t("password")}>
          <input
            type="password"
            value={password}
            autoComplete="new-password"
            onChange={({ target }) => setPassword(target.value)}
            className="field"
          />
        </Captioned>
      </div>
      <Button type="submit" look="primary" disabled={create.isPending}>
        <LineIcon name="share" /> {t("create")}
      </Button>
      <Problem error={create.error} />
    </form>
  );
}

function Link({ share, of, url }: { share: Share; of: SharedThing; url: string }) {
  const t = useTranslations("share");
  const format = useFormatter();
  const trpc = useTRPC();
  const tell = useTell();
  const queryClient = useQueryClient();
  const [isCopied, setCopied] = useState(false);
  const address = useRef<HTMLInputElement>(null);
  const revoke = useMutation(
    trpc.share.revoke.mutationOptions({
      onSuccess: () => {
        tell(t("revoked"));
        return queryClient.invalidateQueries({ queryKey: trpc.share.list.queryKey(of) });
      },
    }),
  );
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setCopied(true);
    } catch {
      // The browser said no: there it stands, chosen, to be copied by hand.
      setCopied(false);
      address.current?.select();
    }
  };
  const facts = [
    share.expiresAt ? t("expires", { date: format.dateTime(share.expiresAt, { dateStyle: "medium" }) }) : t("never"),
    t("views", { count: share.views }),
    ...(share.hasPassword ? [t("withPassword")] : []),
  ];
  return (
    <li className="grid gap-2">
      <div className="flex gap-2">
        <input
          ref={address}
          readOnly
          value={url}
          aria-label={t("title")}
          onFocus={({ target }) => target.select()}
          className="field text-sm"
        />
        <Button onClick={() => void copy()}>{t(isCopied ? "copied" : "copy")}</Button>
      </div>
      <p className="flex flex-wrap items-center justify-between gap-2 text-muted text-sm">
        {facts.join(" · ")}
        <span className="flex gap-1">
          <a href={url} target="_blank" rel="noreferrer" className="grid min-h-10 items-center px-2 hover:text-ink">
            {t("open")}
          </a>
          <button
            type="button"
            disabled={revoke.isPending}
            onClick={() => revoke.mutate(share.slug)}
            className="min-h-10 px-2 text-alarm hover:underline"
          >
            {t("revoke")}
          </button>
        </span>
      </p>
      <Problem error={revoke.error} />
    </li>
  );
}
