import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { formatBytes } from "#app/ui/format-bytes.ts";
import { formatSeconds } from "#app/ui/format-seconds.ts";
import { Problem } from "#app/ui/problem.tsx";
import type { CatalogueEntry, InstallPlan } from "#contracts/models.ts";

/** First what would be done, then doing it. */
export function InstallForm() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [from, setFrom] = useState("");
  const [id, setId] = useState("");
  const asked = { from, ...(id.trim() === "" ? {} : { id: id.trim() }) };
  const plan = useMutation(trpc.model.plan.mutationOptions());
  const onSuccess = async () => {
    setFrom("");
    setId("");
    plan.reset();
    await queryClient.invalidateQueries({ queryKey: trpc.model.tasks.queryKey() });
  };
  const start = useMutation(trpc.model.start.mutationOptions({ onSuccess }));
  const choose = (value: string) => {
    setFrom(value);
    plan.reset();
    start.reset();
  };
  function look(event: FormEvent): void {
    event.preventDefault();
    start.reset();
    plan.mutate(asked);
  }
  const problem = plan.error ?? start.error;
  return (
    <section aria-labelledby="bring" className="grid gap-5">
      <h2 id="bring" className="font-serif text-xl">
        Bring one in
      </h2>
      <form onSubmit={look} noValidate className="grid gap-2">
        <label htmlFor="from" className="text-muted text-sm">
          A repository of the Hugging Face Hub like owner/name, or a folder or a zip on this machine. Stable Diffusion
          1.x, 2.x, SDXL, Turbo and LCM, exported to ONNX.
        </label>
        <div className="grid gap-2 sm:grid-cols-[1fr_12rem_auto]">
          <input
            id="from"
            value={from}
            onChange={({ target }) => choose(target.value)}
            placeholder="owner/name"
            spellCheck={false}
            autoCapitalize="off"
            className="field"
          />
          <input
            aria-label="Its name here"
            value={id}
            onChange={({ target }) => {
              setId(target.value);
              plan.reset();
            }}
            placeholder="its name here"
            spellCheck={false}
            autoCapitalize="off"
            className="field"
          />
          <Button type="submit" disabled={from.trim() === "" || plan.isPending}>
            {plan.isPending ? "Looking" : "See what it would do"}
          </Button>
        </div>
        <Problem error={problem} />
      </form>
      {plan.data && (
        <Plan
          plan={plan.data}
          isStarting={start.isPending}
          onInstall={() => start.mutate({ kind: "install", ...asked })}
        />
      )}
      <Catalogue onChoose={choose} />
    </section>
  );
}

interface PlanProps {
  readonly plan: InstallPlan;
  readonly isStarting: boolean;
  readonly onInstall: () => void;
}

const Plan = ({ plan, isStarting, onInstall }: PlanProps) => (
  <div role="status" className="grid gap-4 rounded-lg border border-line bg-plinth p-4 text-sm">
    <p>
      {plan.files.length} files, {formatBytes(plan.bytes)}, would come to this machine as “{plan.id}”;{" "}
      {formatBytes(plan.freeBytes)} are free. That takes {formatSeconds(plan.seconds)}, as fast as it comes now. Open,
      it takes about {formatBytes(plan.residentBytes)} of memory, more for large pictures.
    </p>
    <p className="text-muted">
      Licence: {plan.licence ?? "not told; ask whoever made it"}
      {plan.revision && `. Version ${plan.revision.slice(0, 12)}`}. Every file is hashed, and it is opened for the first
      time in a process of its own.
    </p>
    <Button look="primary" onClick={onInstall} disabled={isStarting} className="justify-self-start">
      Bring it in
    </Button>
  </div>
);

function Catalogue({ onChoose }: { onChoose: (hubId: string) => void }) {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.model.catalogue.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  if (data.length === 0) return null;
  return (
    <div className="grid gap-2">
      <h3 className="text-muted text-sm">Known to hold what this engine opens, by their own account.</h3>
      <ul className="grid gap-2 sm:grid-cols-2">
        {data.map((entry) => (
          <li key={entry.hubId}>
            <button
              type="button"
              onClick={() => onChoose(entry.hubId)}
              className="grid min-h-11 w-full gap-0.5 rounded-lg border border-line px-3 py-2 text-left text-sm hover:border-muted"
            >
              <span className="truncate">{entry.family}</span>
              <span className="truncate text-muted text-xs">{told(entry)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function told({ hubId, bytes, licence, verified }: CatalogueEntry): string {
  const size = bytes === null ? [] : [formatBytes(bytes)];
  return [hubId, ...size, licence ?? "licence not told", ...(verified ? [] : ["not tried by us"])].join(", ");
}
