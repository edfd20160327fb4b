// The three ways of taking part in a colleague's call, as they are shown everywhere.
import type { Call, Supervision, SuperviseMode } from "../../backend/generated";
import type { Translate } from "../../i18n/catalogue";
import type { Messages } from "../../i18n/messages";
import type { IconName } from "../../kit/iconPaths";

export const MODES = [
  { mode: "listen", icon: "ear", word: "panel-listen", label: "panel-listen-to" },
  { mode: "whisper", icon: "chat-teardrop-dots", word: "panel-whisper", label: "panel-whisper-to" },
  { mode: "barge", icon: "users-three", word: "panel-barge", label: "panel-barge-in" },
] as const satisfies readonly { mode: SuperviseMode; icon: IconName; word: string; label: string }[];

/** Why a supervision is over that this person did not leave. */
export function overWord(call: Call): keyof Messages & `supervise-${string}` {
  switch (call.ended) {
    case "forbidden":
      return call.talkMs === null ? "supervise-not-let-in" : "supervise-over-forbidden";
    case "offline":
    case "timeout":
      return "supervise-over-offline";
    case "mediaFailed":
      return "supervise-over-sound";
    default:
      return call.talkMs === null ? "supervise-not-let-in" : "supervise-over";
  }
}

/** Who hears this person at this moment: it is what matters most. */
export function whoHears(t: Translate, call: Call, { mode, name }: Supervision, muted: boolean): string {
  if (call.line !== "talking") return t("supervise-joining");
  return muted ? t("supervise-listen-heard") : t(`supervise-${mode}-heard`, { person: name });
}
