// The door in the desktop app.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWindow } from "@tauri-apps/api/window";
import type { Backend } from "./backend";
import type { UiEvent } from "./generated";

const ask = <Request, Answer>(command: string) => (request: Request): Promise<Answer> => invoke<Answer>(command, { request });
const tell = <Answer = void>(command: string) => (): Promise<Answer> => invoke<Answer>(command);

/** An address for the bytes of a JPEG; null for none. A web view that cannot take bytes gets them as a list. */
function jpegUrl(bytes: ArrayBuffer | readonly number[]): string | null {
  const picture = new Uint8Array(bytes);
  return picture.length === 0 ? null : URL.createObjectURL(new Blob([picture], { type: "image/jpeg" }));
}

export const tauriBackend: Backend = {
  snapshot: tell("snapshot"),
  // Only what is meant for this window: the small one hears little.
  subscribe: (listener) => listen<UiEvent>("rannan", (event) => listener(event.payload), { target: getCurrentWindow().label }),
  checkServer: ask("check_server"),
  signIn: ask("sign_in"),
  forgotPassword: ask("forgot_password"),
  signInSip: ask("sign_in_sip"),
  tryHere: tell("try_here"),
  signOut: tell("sign_out"),
  retryNow: tell("retry_now"),
  dial: ask("dial"),
  answer: ask("answer"),
  decline: ask("decline"),
  silence: ask("silence"),
  hangUp: ask("hang_up"),
  hold: ask("hold"),
  resume: ask("resume"),
  transfer: ask("transfer"),
  consult: ask("consult"),
  completeTransfer: ask("complete_transfer"),
  mute: ask("mute"),
  dtmf: ask("dtmf"),
  history: ask("history"),
  historySeen: tell("history_seen"),
  historyDelete: ask("history_delete"),
  historyRestore: ask("history_restore"),
  historyNote: ask("history_note"),
  historyExport: ask("history_export"),
  historyQuality: ask("history_quality"),
  exportPassport: ask("export_passport"),
  contacts: ask("contacts"),
  contact: ask("contact"),
  contactOf: ask("contact_of"),
  contactVersions: ask("contact_versions"),
  contactResolve: ask("contact_resolve"),
  contactSave: ask("contact_save"),
  contactDelete: ask("contact_delete"),
  contactRestore: ask("contact_restore"),
  contactFavourite: ask("contact_favourite"),
  contactsOpenFile: ({ name, bytes }) => invoke("contacts_open_file", bytes, { headers: { "file-name": encodeURIComponent(name) } }),
  contactsPreview: ask("contacts_preview"),
  contactsImport: ask("contacts_import"),
  contactsExport: ask("contacts_export"),
  startAtLogin: tell("start_at_login"),
  setStartAtLogin: ask("set_start_at_login"),
  contactsRegion: tell("contacts_region"),
  contactsSetRegion: ask("contacts_set_region"),
  devicesRefresh: tell("devices_refresh"),
  chooseDevice: ask("choose_device"),
  volume: ask("volume"),
  voiceProcessing: ask("voice_processing"),
  saveDevices: ask("save_devices"),
  testDevice: ask("test_device"),
  testHeard: ask("test_heard"),
  endTest: tell("end_test"),
  openSystemSettings: ask("open_system_settings"),
  setStatus: ask("set_status"),
  offlineAtSignIn: ask("offline_at_sign_in"),
  rename: ask("rename"),
  photoOpen: ({ bytes }) => invoke("photo_open", bytes),
  photoPreview: async (request) => jpegUrl(await invoke<ArrayBuffer>("photo_preview", { request })) ?? "",
  photoSave: ask("photo_save"),
  photoClose: ask("photo_close"),
  photoRemove: tell("photo_remove"),
  picture: async (request) => jpegUrl(await invoke<ArrayBuffer>("picture", { request })),
  passwordRules: ask("password_rules"),
  changePassword: ask("change_password"),
  departments: tell("departments"),
  rightsGet: ask("rights_get"),
  rightsPut: ask("rights_put"),
  agentReady: tell("agent_ready"),
  agentExtend: tell("agent_extend"),
  setSettings: ask("set_settings"),
  painted: tell("painted"),
  quit: tell("quit"),
  closeWindow: tell("close_window"),
  showWindow: tell("show_window"),
  noticeCallBack: ask("notice_call_back"),
  noticeDismiss: tell("notice_dismiss"),
};
