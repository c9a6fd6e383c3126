import type { Metadata } from "next";
import { SeriesList } from "#app/(rooms)/series/series-list.tsx";

export const metadata: Metadata = { title: "Series" };

export default function Page() {
  return <SeriesList />;
}
