// How large a file is, for people.
import type { Translate } from "../../i18n/catalogue";
import type { Format } from "../../i18n/format";

const MEGABYTE = 1024 * 1024;

/** “1.8 MB”, “12 KB”. A file that is too large is never rounded down to what is allowed. */
export function sizeText(t: Translate, format: Format, bytes: number): string {
  if (bytes < MEGABYTE / 10) return t("crop-size-small", { size: format.count(Math.ceil(bytes / 1024)) });
  return t("crop-size", { size: format.digits((Math.ceil((bytes / MEGABYTE) * 10) / 10).toFixed(1)) });
}
