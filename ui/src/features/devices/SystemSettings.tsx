import type { SystemSettingsPage } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { useEngine } from "../../state/Engine";

/** To the system's own settings, where the cure is. */
export function SystemSettings({ page }: { page: SystemSettingsPage }) {
  const { backend, run } = useEngine();
  const { t } = useWords();
  return <Button size="sm" onPress={() => run(backend.openSystemSettings({ page }))}>{t("system-settings-open")}</Button>;
}
