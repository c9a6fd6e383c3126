import type { Metadata } from "next";
import { SeriesList } from "#app/series/series-list.tsx";

export const metadata: Metadata = { title: "Series" };

export default function Page() {
  return <SeriesList />;
}
