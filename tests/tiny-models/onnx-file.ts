/** Writes ONNX files of a few kB from plain objects: just the fields the tiny models need of onnx.proto3 (ONNX 1.16, IR 8). */
const VARINT = 0;
const BYTES = 2;

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 0x80);
  }
}

const number = (field: number, value: number): Buffer => Buffer.from([...varint(field * 8 + VARINT), ...varint(value)]);
function bytes(field: number, value: Uint8Array | string): Buffer {
  const body = Buffer.from(value as never);
  return Buffer.concat([Buffer.from([...varint(field * 8 + BYTES), ...varint(body.length)]), body]);
}
const message = (field: number, parts: readonly Buffer[]): Buffer => bytes(field, Buffer.concat(parts));

const DTYPES = { float: 1, int64: 7, bool: 9 } as const;
export type Dtype = keyof typeof DTYPES;

export interface Constant {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

interface Value {
  readonly name: string;
  readonly dtype: Dtype;
  /** A string is a size left open. */
  readonly dims: readonly (number | string)[];
}

export interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Whole numbers and lists of them. */
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

export interface Graph {
  readonly nodes: readonly Node[];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly constants: readonly Constant[];
}

const INT = 2;
const INTS = 7;

function attribute([name, value]: [string, number | readonly number[]]): Buffer {
  const body =
    typeof value === "number"
      ? [bytes(1, name), number(3, value), number(20, INT)]
      : [bytes(1, name), ...value.map((v) => number(8, v)), number(20, INTS)];
  return message(5, body);
}

const node = ({ op, inputs, outputs, attributes = {} }: Node): Buffer =>
  message(1, [
    ...inputs.map((name) => bytes(1, name)),
    ...outputs.map((name) => bytes(2, name)),
    bytes(4, op),
    ...Object.entries(attributes).map(attribute),
  ]);

const constant = ({ name, dims, data }: Constant): Buffer =>
  message(5, [
    ...dims.map((dim) => number(1, dim)),
    number(2, data instanceof Float32Array ? DTYPES.float : DTYPES.int64),
    bytes(8, name),
    bytes(9, new Uint8Array(data.buffer)),
  ]);

function value(field: number, { name, dtype, dims }: Value): Buffer {
  const shape = dims.map((dim) => message(1, [typeof dim === "number" ? number(1, dim) : bytes(2, dim)]));
  return message(field, [bytes(1, name), message(2, [message(1, [number(1, DTYPES[dtype]), message(2, shape)])])]);
}

const IR_VERSION = 8;
const OPSET = 17;

export function onnxFile({ nodes, inputs, outputs, constants }: Graph): Buffer {
  const graph = [
    ...nodes.map(node),
    bytes(2, "tiny"),
    ...constants.map(constant),
    ...inputs.map((input) => value(11, input)),
    ...outputs.map((output) => value(12, output)),
  ];
  return Buffer.concat([number(1, IR_VERSION), message(7, graph), message(8, [bytes(1, ""), number(2, OPSET)])]);
}
