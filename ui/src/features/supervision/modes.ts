// The three ways of taking part in a colleague's call, as they are shown everywhere.
import type { SuperviseMode } from "../../backend/generated";
import type { IconName } from "../../kit/iconPaths";

export const MODES = [
  { mode: "listen", icon: "ear", word: "panel-listen", label: "panel-listen-to" },
  { mode: "whisper", icon: "chat-teardrop-dots", word: "panel-whisper", label: "panel-whisper-to" },
  { mode: "barge", icon: "users-three", word: "panel-barge", label: "panel-barge-in" },
] as const satisfies readonly { mode: SuperviseMode; icon: IconName; word: string; label: string }[];
