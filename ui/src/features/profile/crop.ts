// Where the circle is on the photograph. The photograph stands upright and never leaves the circle; Rust does the cropping.

/** What is in the circle, in pixels of the photograph. */
export interface Frame {
  width: number;
  height: number;
  /** Middle of the circle. */
  x: number;
  y: number;
  /** 1: the largest circle that fits. */
  zoom: number;
  /** Quarters of a circle, clockwise. */
  quarters: number;
}

export const LEAST_ZOOM = 1;
export const MOST_ZOOM = 4;

/** The largest circle in the middle. */
export function framed(width: number, height: number): Frame {
  return { width, height, x: width / 2, y: height / 2, zoom: LEAST_ZOOM, quarters: 0 };
}

/** Pixels of the photograph across the circle. */
export function sideOf({ width, height, zoom }: Frame): number {
  return Math.min(width, height) / zoom;
}

function inside(frame: Frame): Frame {
  const half = sideOf(frame) / 2;
  const between = (value: number, most: number) => Math.min(Math.max(value, half), most - half);
  return { ...frame, x: between(frame.x, frame.width), y: between(frame.y, frame.height) };
}

/** The photograph moves by so many pixels of the screen under a circle that is `circle` of them wide. */
export function moved(frame: Frame, right: number, down: number, circle: number): Frame {
  const scale = sideOf(frame) / circle;
  // What is down on the screen is to the right of a photograph that was turned by a quarter.
  const [x, y] = [[right, down], [down, -right], [-right, -down], [-down, right]][frame.quarters % 4] as [number, number];
  return inside({ ...frame, x: frame.x - x * scale, y: frame.y - y * scale });
}

export function zoomed(frame: Frame, zoom: number): Frame {
  return inside({ ...frame, zoom: Math.min(Math.max(zoom, LEAST_ZOOM), MOST_ZOOM) });
}

/** A quarter further: clockwise, or back. */
export function turned(frame: Frame, clockwise: boolean): Frame {
  return { ...frame, quarters: (frame.quarters + (clockwise ? 1 : 3)) % 4 };
}

/** The square that is asked for, in whole pixels. */
export function squareOf(frame: Frame): { x: number; y: number; side: number; quarters: number } {
  const side = Math.max(1, Math.round(sideOf(frame)));
  const from = (middle: number, most: number) => Math.min(Math.max(Math.round(middle - side / 2), 0), Math.max(0, most - side));
  return { x: from(frame.x, frame.width), y: from(frame.y, frame.height), side, quarters: frame.quarters };
}
