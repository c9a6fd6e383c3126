import { expect, it } from "vitest";
import { seeded } from "#tests/seeded.ts";
import { heldBackBy, isQuiet, midnightBefore, planNext } from "./plan.ts";

const settings = { isOn: true, quietFrom: 22, quietTo: 8, dailyBudget: 6, nextAt: null };
const day = { begunToday: 0, energy: 0.5, curiosity: 0.5, chance: 0.5 };
const at = (hour: number, date = 10) => new Date(2026, 5, date, hour);

it("keeps quiet hours over midnight, and none where they begin as they end", () => {
  expect([21, 22, 3, 7, 8].map((hour) => isQuiet(hour, settings))).toEqual([false, true, true, true, false]);
  expect([1, 13].map((hour) => isQuiet(hour, { quietFrom: 12, quietTo: 14 }))).toEqual([false, true]);
  expect(isQuiet(5, { quietFrom: 0, quietTo: 0 })).toBe(false);
});

it("plans sooner when she is awake and curious, and always ahead, outside quiet hours", () => {
  const next = (part: object) => planNext(settings, { ...day, now: at(10), ...part });
  expect(next({})).toEqual(at(13));
  expect(next({ energy: 1 }).getTime()).toBeLessThan(next({}).getTime());
  expect(next({ curiosity: 1 }).getTime()).toBeLessThan(next({}).getTime());
  expect(next({ now: at(21) })).toEqual(at(8, 11));
  expect(next({ begunToday: 6 })).toEqual(at(8, 11));
  const rng = seeded(1);
  for (let i = 0; i < 500; i++) {
    const now = new Date(at(0).getTime() + rng() * 86_400_000);
    const planned = next({ now, energy: rng(), curiosity: rng(), chance: rng(), begunToday: Math.floor(8 * rng()) });
    expect(planned.getTime()).toBeGreaterThan(now.getTime());
    expect(isQuiet(planned.getHours(), settings)).toBe(false);
  }
});

it("says what holds her back", () => {
  const held = (part: object, begun = 0) => heldBackBy({ ...settings, nextAt: at(9), ...part }, at(10), begun);
  expect(held({})).toBeNull();
  expect(held({ isOn: false })).toBe("off");
  expect(held({ quietFrom: 9, quietTo: 12 })).toBe("quiet");
  expect(held({}, 6)).toBe("budget");
  expect([held({ nextAt: at(11) }), held({ nextAt: null })]).toEqual(["waiting", "unplanned"]);
  // What is planned stands through the night, and is not planned anew every minute of it.
  expect(held({ nextAt: at(11), quietFrom: 9, quietTo: 11 })).toBe("waiting");
});

it("counts a day from its midnight", () => {
  expect(midnightBefore(at(10))).toEqual(at(0));
});
