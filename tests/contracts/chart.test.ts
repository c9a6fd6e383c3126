/** What the chart makes is what Kubernetes is to run, and what it is told is checked: by Helm, and as far as that goes without it. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";

interface Described {
  readonly properties?: Readonly<Record<string, Described>>;
  readonly additionalProperties?: boolean;
}
type Values = { [name: string]: unknown };

const CHART = "deploy/helm/aria";
const values = parse(readFileSync(`${CHART}/values.yaml`, "utf8")) as Values;
const schema = JSON.parse(readFileSync(`${CHART}/values.schema.json`, "utf8")) as Described;
const templates = new Map(
  readdirSync(`${CHART}/templates`).map((name) => [name, readFileSync(`${CHART}/templates/${name}`, "utf8")]),
);
const takes = new Ajv({ allErrors: true }).compile(schema);

const at = (path: string): unknown =>
  path.split(".").reduce<unknown>((found, name) => (found as Values | undefined)?.[name], values);

/** The values, but for one. */
function butFor(path: string, value: unknown): Values {
  const changed = structuredClone(values);
  const names = path.split(".");
  const last = names.pop()!;
  names.reduce((found, name) => found[name] as Values, changed)[last] = value;
  return changed;
}

/** Where the schema leaves open what is in an object, anything may be. */
function isDescribed(path: string): boolean {
  let found: Described | undefined = schema;
  for (const name of path.split(".")) {
    if (!found.properties) return found.additionalProperties !== false;
    found = found.properties[name];
    if (!found) return false;
  }
  return true;
}

/** Values that a template names, `.Values.a.b`, also by a variable that stands for some of them. */
function namedIn(template: string): string[] {
  const variables = [...template.matchAll(/(\$\w+) := \.Values\.([\w.]+)/g)];
  const byVariable = variables.flatMap(([, name, path]) =>
    [...template.matchAll(new RegExp(`\\${name}\\.([\\w.]+)`, "g"))].map(([, rest]) => `${path}.${rest}`),
  );
  return [...[...template.matchAll(/\.Values\.([\w.]+)/g)].map(([, path]) => path!), ...byVariable];
}

const leavesOf = (tree: unknown, path = ""): string[] =>
  tree !== null && typeof tree === "object" && !Array.isArray(tree) && Object.keys(tree).length > 0
    ? Object.entries(tree).flatMap(([name, below]) => leavesOf(below, path ? `${path}.${name}` : name))
    : [path];

it("its values are what its schema takes", () => {
  takes(values);
  expect(takes.errors ?? []).toEqual([]);
});

it.each([
  ["s3.url", "nothing"],
  ["web.replicas", 0],
  ["drainSeconds", "25"],
  ["image.pullPolicy", "Sometimes"],
  ["inference.models.size", "20GB"],
  ["backups.existingClaim", null],
  ["backups.claim", "of a name that there is not"],
  ["existingSecret", ""],
])("its schema refuses %s: %j", (path, value) => {
  expect(takes(butFor(path, value))).toBe(false);
});

it("its templates name values that there are, its schema describes each, and none is named by nobody", () => {
  const named = new Set([...templates.values()].flatMap(namedIn));
  expect(named.size).toBeGreaterThan(40);
  expect([...named].filter((path) => at(path) === undefined)).toEqual([]);
  expect([...named].filter((path) => !isDescribed(path))).toEqual([]);
  const isNamed = (leaf: string) => [...named].some((path) => leaf === path || leaf.startsWith(`${path}.`));
  expect(leavesOf(values).filter((leaf) => !isNamed(leaf))).toEqual([]);
});

it("has who makes backups, who lists them and who goes back to one told of the same folder", () => {
  for (const [name, readOnly] of [
    ["studio.yaml", "false"],
    ["web.yaml", "true"],
    ["restore.yaml", "false"],
  ] as const) {
    const template = templates.get(name)!;
    expect(template, name).toContain('{{- include "aria.server" . |');
    expect(template, name).toContain(`{{- include "aria.backupsMount" (dict "root" . "readOnly" ${readOnly}) |`);
    expect(template, name).toContain('{{- include "aria.backupsVolume" . |');
  }
});

const helm = (...args: string[]) => spawnSync("helm", args, { encoding: "utf8" });
const isHelmMissing = helm("version").error !== undefined;
if (isHelmMissing) console.warn("helm is not here: the chart is rendered elsewhere");

it.skipIf(isHelmMissing)(
  "the chart renders to what Kubernetes is to run, and refuses values that make no sense",
  () => {
    const set = "autoscaling.keda=true,monitoring.serviceMonitor=true,inference.gpu.enabled=true";
    const render = (values: string) => helm("template", "aria", CHART, "--kube-version", "1.31.0", "--set", values);
    const { status, stdout, stderr } = render(set);
    expect([status, stderr]).toEqual([0, ""]);
    const made = parseAllDocuments(stdout).flatMap((one) => one.toJS() ?? []) as {
      kind: string;
      spec: Record<string, unknown>;
    }[];
    const kinds = new Set(made.map(({ kind }) => kind));
    const wanted = [
      "Deployment",
      "StatefulSet",
      "PodDisruptionBudget",
      "HorizontalPodAutoscaler",
      "ScaledObject",
      "ServiceMonitor",
      "Job",
    ];
    expect(wanted.filter((kind) => !kinds.has(kind))).toEqual([]);
    expect(stdout).toContain("nvidia.com/gpu: 1");
    expect(render("s3.url=nothing").stderr).toContain("s3.url");
    expect(render("web.replicas=0").stderr).toContain("web.replicas");
  },
);

interface Pod {
  readonly containers: readonly {
    readonly env: readonly { readonly name: string; readonly value: string }[];
    readonly volumeMounts: readonly {
      readonly name: string;
      readonly mountPath: string;
      readonly readOnly?: boolean;
    }[];
  }[];
  readonly volumes: readonly {
    readonly name: string;
    readonly persistentVolumeClaim?: { readonly claimName: string };
  }[];
}

/** Of a chart that was rendered, the pods that know of backups: whether they may write there. */
function keepersOf(rendered: string): Record<string, boolean | undefined> {
  const made = parseAllDocuments(rendered).flatMap((one) => one.toJS() ?? []);
  const pods = made.flatMap(({ metadata, spec }): [string, Pod][] => {
    const pod = (spec?.jobTemplate?.spec ?? spec)?.template?.spec as Pod | undefined;
    return pod?.containers ? [[metadata.name, pod]] : [];
  });
  const keepers = pods.flatMap(([name, { containers, volumes }]) => {
    const claim = volumes?.find(({ name }) => name === "backups")?.persistentVolumeClaim?.claimName;
    const mount = containers[0]?.volumeMounts?.find((one) => one.name === "backups");
    const told = containers[0]?.env?.find((one) => one.name === "BACKUP_DIR")?.value;
    if (!claim && !mount && !told) return [];
    expect([claim, mount?.mountPath, told], name).toEqual(["kept", "/backups", "/backups"]);
    return [[name, !mount?.readOnly] as const];
  });
  return Object.fromEntries(keepers);
}

it.skipIf(isHelmMissing)("the chart has one folder of backups where it is given a claim, and none where not", () => {
  const render = (...args: string[]) => helm("template", "aria", CHART, "--kube-version", "1.31.0", ...args).stdout;
  expect(keepersOf(render("--set", "backups.existingClaim=kept"))).toEqual({
    "aria-studio": true,
    "aria-web": false,
    "aria-restore": true,
  });
  expect(keepersOf(render())).toEqual({});
});
