// Under which name a person of a transfer is shown: the far end tells a number, the team knows the name.
import type { Person } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { useEngine } from "../../state/Engine";

export function useNameOf(): (person: Person) => string {
  const { state } = useEngine();
  const { format } = useWords();
  return (person) => person.name || state.faces[person.number]?.name || format.digits(person.number);
}
