import { writeFileSync } from "node:fs";
import { onnxFile } from "./onnx-file.ts";

/** A safety checker of a few hundred bytes, with the names and the shapes of diffusers': it flags what is lighter than middling. */
export function makeTinySafetyChecker(file: string): void {
  writeFileSync(
    file,
    onnxFile({
      inputs: [
        { name: "clip_input", dtype: "float", dims: ["batch", 3, 224, 224] },
        { name: "images", dtype: "float", dims: ["batch", "height", "width", "channels"] },
      ],
      constants: [{ name: "middle", dims: [1], data: Float32Array.of(0) }],
      nodes: [
        { op: "ReduceMean", inputs: ["clip_input"], outputs: ["light"], attributes: { axes: [1, 2, 3], keepdims: 0 } },
        { op: "Greater", inputs: ["light", "middle"], outputs: ["has_nsfw_concepts"] },
        { op: "Identity", inputs: ["images"], outputs: ["out_images"] },
      ],
      outputs: [
        { name: "out_images", dtype: "float", dims: ["batch", "height", "width", "channels"] },
        { name: "has_nsfw_concepts", dtype: "bool", dims: ["batch"] },
      ],
    }),
  );
}
