/**
 * Reading, changing and writing ONNX files. Weights that lie beside a graph are read where they are wanted, and left
 * there. generated/ is protoc-gen-es 2.17 on the onnx-ml.proto of ONNX 1.23 (Apache-2.0).
 */
import { closeSync, openSync, readFileSync, readSync, writeFileSync } from "node:fs";
import path from "node:path";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { fromHalf } from "#inference/runtime/half.ts";
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProto_DataLocation,
  TensorProto_DataType,
  TensorProtoSchema,
  ValueInfoProtoSchema,
} from "./generated/onnx-proto.js";

export type { NodeProto, TensorProto };

/** What an added tensor may hold, and the dtype ONNX calls it by. */
const DTYPES = {
  Float32Array: TensorProto_DataType.FLOAT,
  Uint8Array: TensorProto_DataType.UINT8,
  Int8Array: TensorProto_DataType.INT8,
  Int32Array: TensorProto_DataType.INT32,
  BigInt64Array: TensorProto_DataType.INT64,
};
type TensorData = Float32Array | Uint8Array | Int8Array | Int32Array | BigInt64Array;

export class OnnxGraph {
  readonly #model: ModelProto;
  readonly #dir: string;
  readonly #graph: GraphProto;
  readonly #constants: Map<string, TensorProto>;

  private constructor(model: ModelProto, dir: string) {
    if (!model.graph) throw new RangeError("it has no graph");
    this.#model = model;
    this.#dir = dir;
    this.#graph = model.graph;
    this.#constants = new Map(this.#graph.initializer.map((tensor) => [tensor.name, tensor]));
  }

  static read(file: string): OnnxGraph {
    return new OnnxGraph(fromBinary(ModelProtoSchema, readFileSync(file)), path.dirname(file));
  }

  /** Beside the file it was read from, where weights lie beside that. */
  write(file: string): void {
    writeFileSync(file, toBinary(ModelProtoSchema, this.#model));
  }

  get nodes(): readonly NodeProto[] {
    return this.#graph.node;
  }

  get outputs(): readonly string[] {
    return this.#graph.output.map(({ name }) => name);
  }

  get constants(): readonly TensorProto[] {
    return this.#graph.initializer;
  }

  /** Null for what is computed, and for what is asked of the caller. */
  constant(name: string): TensorProto | null {
    return this.#constants.get(name) ?? null;
  }

  /** In row-major order. Throws RangeError for a dtype that is no float of 16 or 32 bits. */
  floatsOf(tensor: TensorProto): Float32Array {
    if (tensor.floatData.length > 0) return Float32Array.from(tensor.floatData);
    const bytes = tensor.dataLocation === TensorProto_DataLocation.EXTERNAL ? this.#outside(tensor) : tensor.rawData;
    // A copy begins where any type may; a view into the file need not.
    const { buffer } = new Uint8Array(bytes);
    if (tensor.dataType === TensorProto_DataType.FLOAT) return new Float32Array(buffer);
    if (tensor.dataType === TensorProto_DataType.FLOAT16) return fromHalf(new Uint16Array(buffer));
    throw new RangeError(`${tensor.name} holds no floats`);
  }

  #outside(tensor: TensorProto): Uint8Array {
    const told = new Map(tensor.externalData.map(({ key, value }) => [key, value]));
    const descriptor = openSync(path.join(this.#dir, told.get("location")!), "r");
    try {
      const bytes = Buffer.alloc(Number(told.get("length")));
      readSync(descriptor, bytes, 0, bytes.length, Number(told.get("offset") ?? 0));
      return bytes;
    } finally {
      closeSync(descriptor);
    }
  }

  addConstant(name: string, dims: readonly number[], data: TensorData): void {
    const tensor = create(TensorProtoSchema, {
      name,
      dims: dims.map(BigInt),
      dataType: DTYPES[data.constructor.name as keyof typeof DTYPES],
      rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    });
    this.#graph.initializer.push(tensor);
    this.#constants.set(name, tensor);
  }

  /** Ones that nothing reads any more. */
  dropConstants(names: ReadonlySet<string>): void {
    this.#graph.initializer = this.#graph.initializer.filter(({ name }) => !names.has(name));
    for (const name of names) this.#constants.delete(name);
  }

  addOutput(name: string): void {
    this.#graph.output.push(create(ValueInfoProtoSchema, { name }));
  }

  /** In an order in which every input is there before it is read: onnxruntime wants no more. */
  replaceNodes(nodes: readonly NodeProto[]): void {
    this.#graph.node = [...nodes];
  }
}

export interface NodeParts {
  readonly op: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Of another set of operators than ONNX's own. */
  readonly domain?: string;
  /** Whole numbers, lists of them, and floats. */
  readonly attributes?: Readonly<Record<string, number | readonly number[] | { readonly float: number }>>;
}

export const makeNode = ({ op, name, inputs, outputs, domain = "", attributes = {} }: NodeParts): NodeProto =>
  create(NodeProtoSchema, {
    opType: op,
    name,
    domain,
    input: [...inputs],
    output: [...outputs],
    attribute: Object.entries(attributes).map(attribute),
  });

function attribute([name, value]: [string, number | readonly number[] | { readonly float: number }]): AttributeProto {
  const { FLOAT, INT, INTS } = AttributeProto_AttributeType;
  if (typeof value === "number") return create(AttributeProtoSchema, { name, type: INT, i: BigInt(value) });
  if ("float" in value) return create(AttributeProtoSchema, { name, type: FLOAT, f: value.float });
  return create(AttributeProtoSchema, { name, type: INTS, ints: value.map(BigInt) });
}
