"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#app/trpc.ts";

/** After an admin did something: what admins see is asked anew, what is written down of it too. */
export function useLookAgain(): () => Promise<void> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return async () => {
    // What was first asked for before it would be taken for the answer after it.
    await queryClient.cancelQueries({ queryKey: trpc.admin.pathKey() });
    await queryClient.invalidateQueries({ queryKey: trpc.admin.pathKey() });
  };
}
