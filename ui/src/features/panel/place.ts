import type { Place } from "../../kit/Menu";

/** Where a menu opens that belongs to this element. */
export function placeOf(element: Element): Place {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left, top, width, height };
}
