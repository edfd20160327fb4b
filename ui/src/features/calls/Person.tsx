import type { Person as PersonData } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Name, PhoneNumber } from "../../kit/Text";

/** The first line of a caller: the name, or the number in its place. */
export function PersonName({ person, className }: { person: PersonData; className?: string }) {
  const { format } = useWords();
  const look = className === undefined ? {} : { className };
  return person.name ? <Name {...look}>{person.name}</Name> : <PhoneNumber {...look}>{format.digits(person.number)}</PhoneNumber>;
}

/** The second line: the number, when the first has the name. */
export function PersonNumber({ person, className }: { person: PersonData; className?: string }) {
  const { t, format } = useWords();
  if (!person.name) return <span className={className}>{t("caller-unknown")}</span>;
  return <PhoneNumber {...(className === undefined ? {} : { className })}>{format.digits(person.number)}</PhoneNumber>;
}
