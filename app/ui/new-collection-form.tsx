"use client";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import type { CollectionId, CreateCollectionInput } from "#contracts/collections.ts";
import { MAX_NAME } from "#contracts/terms.ts";
import { Button } from "./button.tsx";
import { newId } from "./ids.ts";
import { Problem } from "./problem.tsx";

interface Props {
  /** Beside a page's title: quiet, and no wider than a name. */
  readonly aside?: boolean;
  /** As it is proposed. */
  readonly name?: string;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onCreate: (collection: CreateCollectionInput) => void;
}

/** Names a collection that is to be made. */
export function NewCollectionForm({ aside = false, name: proposed = "", isBusy, error, onCreate }: Props) {
  const t = useTranslations("collections");
  const [name, setName] = useState(proposed.slice(0, MAX_NAME));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onCreate({ id: newId<CollectionId>(), name: name.trim() });
  };
  return (
    <form onSubmit={submit} className="grid gap-2">
      <div className="flex gap-2">
        <input
          value={name}
          onChange={({ target }) => setName(target.value)}
          maxLength={MAX_NAME}
          aria-label={t("newName")}
          placeholder={t("newName")}
          className={`field ${aside ? "w-56" : ""}`}
        />
        <Button type="submit" look={aside ? "quiet" : "primary"} disabled={isBusy || name.trim() === ""}>
          {t("create")}
        </Button>
      </div>
      <Problem error={error} />
    </form>
  );
}
