// What a failure is called on screen. The code came from Rust; the words are ours.
import type { IpcError } from "../backend/generated";
import type { Translate } from "./catalogue";

/** One sentence that says what happened and, where it helps, what to do. */
export function errorTitle(t: Translate, error: IpcError): string {
  if (error.code === "wrongPassword" && error.triesLeft !== null) return t("error-wrongPassword-tries", { count: error.triesLeft });
  if (error.code === "tooManyTries") return t("error-tooManyTries", { minutes: Math.ceil((error.retryAfterS ?? 60) / 60) });
  return t(`error-${error.code}`);
}
