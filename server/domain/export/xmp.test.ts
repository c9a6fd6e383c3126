import { expect, it } from "vitest";
import { xmpOf } from "./xmp.ts";

const told = {
  title: 'Tom & "Jerry" <in> \u0007 space',
  artist: "Aria",
  prompt: "a lake",
  modelId: "aria",
  licence: "MIT",
  parameters: "a lake\nSteps: 8",
  focal: null,
};

it("carries the mark of what no camera took, and nothing else where nothing is told", () => {
  expect(xmpOf(null)).toContain("trainedAlgorithmicMedia");
  expect(xmpOf(null)).not.toContain("dc:");
});

it("tells whose it is and how it came to be, in XML that holds whatever the words are", () => {
  const xmp = xmpOf(told);
  expect(xmp).toContain("Tom &amp; &quot;Jerry&quot; &lt;in&gt;  space");
  for (const part of ["<rdf:li>Aria</rdf:li>", "a lake\nSteps: 8", "MIT", "trainedAlgorithmicMedia"])
    expect(xmp).toContain(part);
  expect(xmpOf({ ...told, licence: null })).not.toContain("UsageTerms");
});
