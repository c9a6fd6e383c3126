import { Suspense } from "react";
import { Studio } from "#app/(rooms)/studio/studio.tsx";

export default function Page() {
  return (
    <Suspense>
      <Studio />
    </Suspense>
  );
}
