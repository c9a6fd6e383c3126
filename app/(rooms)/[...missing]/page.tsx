import { notFound } from "next/navigation";

/** Whatever has no page of its own is missed inside the house, with its doors in sight. */
export default function Page() {
  notFound();
}
