import type { Agent } from "node:http";
import type { z } from "zod";
import { CancelReply, CatalogueReply, Nothing, PlanReply, TaskReply, TasksReply } from "#contracts/models.ts";
import type { ModelKeeper } from "#server/ports.ts";
import { rethrow } from "./inference-client.ts";
import { requestJson } from "./request-json.ts";

/** Opening a large model, or listing a repository far away, takes its time. */
const TIMEOUT_MS = 10 * 60_000;

export function modelClient(baseUrl: string, by: { agent: Agent; key: string }): ModelKeeper {
  const call = async <T>(method: "GET" | "POST" | "DELETE", route: string, reply: z.ZodType<T>, json?: object) => {
    const url = new URL(`/models/${route}`, baseUrl);
    const options = { method, ...by, signal: AbortSignal.timeout(TIMEOUT_MS), ...(json && { json }) };
    const { status, body } = await requestJson(url, options);
    return status === 200 ? reply.parse(body) : rethrow(body);
  };
  return {
    act: async (action, modelId) => void (await call("POST", `${modelId}/${action}`, Nothing, {})),
    remove: async (modelId) => void (await call("DELETE", modelId, Nothing)),
    plan: async (input) => (await call("POST", "plan", PlanReply, input)).plan,
    start: async (input) => (await call("POST", "tasks", TaskReply, input)).task,
    tasks: async () => (await call("GET", "tasks", TasksReply)).tasks,
    cancel: async (id) => (await call("DELETE", `tasks/${id}`, CancelReply)).cancelled,
    catalogue: async () => (await call("GET", "catalogue", CatalogueReply)).catalogue,
  };
}
