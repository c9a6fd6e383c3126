import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { formatBytes } from "#app/ui/format-bytes.ts";
import { Problem } from "#app/ui/problem.tsx";
import type { ModelTask } from "#contracts/models.ts";

/** With a gap for the model, or for where it comes from. */
const DOING = { install: "Bringing in …", verify: "Verifying …", optimize: "Trying … in eight bits" } as const;
const DID = { install: "Brought in …", verify: "Verified …", optimize: "Tried … in eight bits" } as const;
const BROKE_OFF = {
  install: "Did not bring in …",
  verify: "Did not verify …",
  optimize: "Did not try … in eight bits",
} as const;

/** What takes minutes, with how far it has come; it goes on when the page is left. */
export function Tasks({ tasks }: { tasks: readonly ModelTask[] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: trpc.model.tasks.queryKey() });
  const cancel = useMutation(trpc.model.cancel.mutationOptions({ onSettled }));
  if (tasks.length === 0) return null;
  return (
    <section aria-labelledby="tasks" className="grid gap-3">
      <h2 id="tasks" className="font-serif text-xl">
        {tasks.some(({ state }) => state === "running") ? "Going on" : "Lately"}
      </h2>
      <Problem error={cancel.error} />
      <ul className="grid gap-2">
        {tasks.map((task) => (
          <li key={task.id} className="grid gap-2 rounded-lg border border-line p-4 text-sm">
            <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <span className="min-w-0 break-words">{titleOf(task)}</span>
              {task.state === "running" && (
                <span className="ml-auto flex items-center gap-4 text-muted tabular-nums">
                  {progressOf(task)}
                  <Button onClick={() => cancel.mutate(task.id)} disabled={cancel.isPending}>
                    Stop
                  </Button>
                </span>
              )}
            </div>
            {task.state === "running" && (
              <progress
                className="bar"
                value={task.of > 0 ? task.done / task.of : undefined}
                aria-label={titleOf(task)}
              />
            )}
            <p role="status" className={`empty:hidden ${task.state === "failed" ? "text-alarm" : "text-muted"}`}>
              {task.outcome}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function titleOf({ kind, state, subject }: ModelTask): string {
  const words = state === "running" ? DOING : state === "done" ? DID : BROKE_OFF;
  return words[kind].replace("…", subject);
}

function progressOf({ done, of, unit }: ModelTask): string {
  if (of === 0) return "Looking at it";
  if (unit === "bytes") return `${formatBytes(done)} of ${formatBytes(of)}`;
  return `${done} of ${of} ${unit}`;
}
