import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { Chapter } from "#app/ui/chapter.tsx";
import { formatBytes } from "#app/ui/format-bytes.ts";
import { Problem } from "#app/ui/problem.tsx";
import type { ModelTask } from "#contracts/models.ts";

const isRunning = ({ state }: ModelTask): boolean => state === "running";

/** What takes minutes, with how far it has come; it goes on when the page is left. */
export function Tasks({ tasks }: { tasks: readonly ModelTask[] }) {
  const t = useTranslations("models");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: trpc.model.tasks.queryKey() });
  const cancel = useMutation(trpc.model.cancel.mutationOptions({ onSettled }));
  if (tasks.length === 0) return null;
  return (
    <Chapter title={t(tasks.some(isRunning) ? "goingOn" : "lately")} className="gap-3">
      <Problem error={cancel.error} />
      <ul className="grid gap-2">
        {tasks.map((task) => (
          <Task key={task.id} task={task} isStopping={cancel.isPending} onStop={() => cancel.mutate(task.id)} />
        ))}
      </ul>
    </Chapter>
  );
}

function Task({ task, isStopping, onStop }: { task: ModelTask; isStopping: boolean; onStop: () => void }) {
  const t = useTranslations("models");
  const { kind, state, subject, done, of, outcome } = task;
  const how = state === "running" || state === "done" ? state : "brokeOff";
  const title = t(`tasks.${how}.${kind}`, { subject });
  return (
    <li className="grid gap-2 rounded-lg border border-line p-4 text-sm">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="min-w-0 break-words">{title}</span>
        {isRunning(task) && (
          <span className="ml-auto flex items-center gap-4 text-muted tabular-nums">
            <Progress task={task} />
            <Button onClick={onStop} disabled={isStopping}>
              {t("stop")}
            </Button>
          </span>
        )}
      </div>
      {isRunning(task) && <progress className="bar" value={of > 0 ? done / of : undefined} aria-label={title} />}
      <p role="status" className={`empty:hidden ${state === "failed" ? "text-alarm" : "text-muted"}`}>
        {outcome}
      </p>
    </li>
  );
}

function Progress({ task: { done, of, unit } }: { task: ModelTask }) {
  const t = useTranslations("models.progress");
  if (of === 0) return t("unknown");
  if (unit === "bytes") return t("bytes", { done: formatBytes(done), of: formatBytes(of) });
  return t(unit, { done, of });
}
