// At which field a refusal of the server belongs.
import type { ErrorCode, IpcError } from "../../backend/generated";
import type { Translate } from "../../i18n/catalogue";
import { errorTitle } from "../../i18n/errors";

export type Place = "extension" | "name" | "email" | "password" | "role" | "active" | "acl" | "pin";

const PLACES: Partial<Record<ErrorCode, Place>> = {
  badExtension: "extension", extensionTaken: "extension", badUserName: "name", badEmail: "email", emailTaken: "email", weakPassword: "password", lastOwner: "role", yourself: "active", badAcl: "acl", badPin: "pin",
};

/** Null: of no field, but of all. */
export function placeOf(failed: IpcError | null): Place | null {
  return (failed && PLACES[failed.code]) ?? null;
}

/** How to mend it, at its field. */
export function faultWords(t: Translate, failed: IpcError): string {
  switch (failed.code) {
    case "weakPassword":
      return t("directory-fault-password");
    case "badAcl":
      return t("directory-fault-acl");
    default:
      return errorTitle(t, failed);
  }
}
