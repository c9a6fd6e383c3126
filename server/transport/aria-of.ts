import { LRUCache } from "lru-cache";
import { PersonId } from "#contracts/people.ts";
import type { Container } from "#server/container.ts";
import type { Caller } from "#server/domain/access/caller.ts";

/** Whoever may look at nothing of anybody's own gets what is this one's: nothing. */
const NOBODY = PersonId.parse("00000000-0000-0000-0000-000000000000");
/** People at a time. What each holds is little, but for the index that likeness is found by: half a kilobyte an artwork of theirs. */
const HELD_PEOPLE = 100;

interface Deps {
  readonly people: Pick<Container["people"], "self">;
  readonly containerOf: (owner: PersonId) => Container;
}

/** Each caller's own Aria. Whoever sits at the machine is the owner, who is looked up once; throws while that cannot be done. */
export function makeAriaOf({ people, containerOf }: Deps) {
  const held = new LRUCache<PersonId, Container>({ max: HELD_PEOPLE });
  let atHome: PersonId | undefined;
  const ownerOf = async ({ role, personId }: Caller): Promise<PersonId> => {
    if (role === "visitor") return NOBODY;
    if (personId !== null) return PersonId.parse(personId);
    atHome ??= (await people.self(null)).id;
    return atHome;
  };
  return async function ariaOf(caller: Caller): Promise<Container> {
    const owner = await ownerOf(caller);
    const own = held.get(owner) ?? containerOf(owner);
    held.set(owner, own);
    return own;
  };
}
