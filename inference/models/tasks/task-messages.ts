/** What passes between inference and the child that does one task. */
import type { ModelTask, TaskInput } from "#contracts/models.ts";
import type { ToldError } from "#inference/runtime/told-error.ts";

export interface TaskSettings {
  readonly modelsDir: string;
  readonly threads: number;
  readonly token: string | undefined;
  readonly hubUrl: string;
}

export interface ToTask {
  readonly input: TaskInput;
  readonly settings: TaskSettings;
}

export type FromTask =
  | ({ readonly type: "progress" } & Pick<ModelTask, "done" | "of" | "unit">)
  /** Not sound: what was to be found out was, and it is bad. */
  | { readonly type: "done"; readonly outcome: string; readonly isSound: boolean }
  | ({ readonly type: "failed" } & ToldError);
