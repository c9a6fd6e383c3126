import { claim, claimState } from "#server/web.ts";

export { claim as POST, claimState as GET };
