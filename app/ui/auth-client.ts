"use client";
import { passkeyClient } from "@better-auth/passkey/client";
import { createAuthClient } from "better-auth/react";

/** Signing in and out, and passkeys, which only a browser can make. */
export const authClient = createAuthClient({ plugins: [passkeyClient()] });
