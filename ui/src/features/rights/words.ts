// Words of departments. The one that is there from the start has none of its own until somebody names it.
import type { Department } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";

export function useDepartmentName(): (department: Department) => string {
  const { t } = useWords();
  return ({ name }) => (name === "" ? t("rights-department-first") : name);
}
