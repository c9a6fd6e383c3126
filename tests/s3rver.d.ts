/** An S3 of npm's own, for tests; it comes without types. */
declare module "s3rver" {
  interface Options {
    readonly address: string;
    readonly port: number;
    readonly silent: boolean;
    readonly directory: string;
  }
  export default class S3rver {
    constructor(options: Options);
    run(): Promise<{ port: number }>;
    configureBuckets(buckets: readonly { name: string }[]): Promise<unknown>;
    close(): Promise<void>;
  }
}
