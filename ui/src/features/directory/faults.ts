// At which field a refusal of the server belongs.
import type { ErrorCode } from "../../backend/generated";

export type Place = "extension" | "name" | "email" | "password" | "role" | "acl" | "pin";

export const FAULTS: Partial<Record<ErrorCode, { at: Place; word: "directory-fault-extension" | "directory-fault-extension-taken" | "directory-fault-name" | "directory-fault-email" | "directory-fault-email-taken" | "directory-fault-password" | "directory-fault-acl" | "directory-fault-pin" }>> = {
  badExtension: { at: "extension", word: "directory-fault-extension" },
  extensionTaken: { at: "extension", word: "directory-fault-extension-taken" },
  badName: { at: "name", word: "directory-fault-name" },
  badEmail: { at: "email", word: "directory-fault-email" },
  emailTaken: { at: "email", word: "directory-fault-email-taken" },
  weakPassword: { at: "password", word: "directory-fault-password" },
  badAcl: { at: "acl", word: "directory-fault-acl" },
  badPin: { at: "pin", word: "directory-fault-pin" },
};
