import { expect, it } from "vitest";
import { promMetrics } from "./prom-metrics.ts";

const now = new Date("2026-01-01T00:10:00Z");
const nothing = { backlog: { waiting: 0, since: null, isPainted: false }, scores: { reactions: null, duels: null } };

it("keeps few series, however many models are painted with", async () => {
  const metrics = promMetrics({ isWhole: false });
  for (let i = 0; i < 100; i++) metrics.orderEnded({ modelId: `model-${i}`, mood: null, status: "done" });
  const { text } = await metrics.exposition(nothing, now);
  const models = [...text.matchAll(/aria_generation_requests_total\{model="([^"]+)"/g)].map(([, model]) => model);
  expect(models).toHaveLength(41);
  expect(text).toContain('aria_generation_requests_total{model="other",mood="none",status="done"} 60');
});

it("says nothing of what is not known, rather than 0", async () => {
  const metrics = promMetrics({ isWhole: false });
  const series = /^aria_(queue|learning_model)[a-z_]*(\{.*\})? /m;
  expect((await metrics.exposition(null, now)).text).not.toMatch(series);
  const since = new Date("2026-01-01T00:00:00Z");
  const known = { backlog: { waiting: 2, since, isPainted: true }, scores: { reactions: 0.75, duels: null } };
  const { text } = await metrics.exposition(known, now);
  expect(text).toContain("aria_queue_depth 2");
  expect(text).toContain("aria_queue_oldest_job_age_seconds 600");
  expect(text).toContain('aria_learning_model_score{learner="reactions"} 0.75');
  expect(text).not.toContain('learner="duels"');
  expect((await metrics.exposition(null, now)).text).not.toMatch(series);
});

it("leaves out the scores that a picture was not given", async () => {
  const metrics = promMetrics({ isWhole: false });
  const technical = { sharpness: 1, exposure: 1, contrast: 1, clipping: 1 };
  const scores = { ...technical, agreement: null, soundness: null, composition: null, aesthetic: null, taste: null };
  metrics.painted({ modelId: "aria", seconds: 12, steps: 8, images: 3, score: 0.5, scores });
  const { text } = await metrics.exposition(nothing, now);
  expect(text).toContain("aria_curation_quality_score_count 1");
  expect(text).toContain("aria_curation_clip_score_count 0");
  expect(text).toContain('aria_generation_duration_seconds_bucket{le="20",model="aria"} 1');
  expect(text).toContain('aria_generation_duration_seconds_bucket{le="10",model="aria"} 0');
});
