import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay, Slider, SliderFill, SliderThumb, SliderTrack } from "react-aria-components";
import { asIpcError } from "../../backend/backend";
import type { IpcError } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { Dot, Figures, Name } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { type Frame, framed, LEAST_ZOOM, MOST_ZOOM, moved, sideOf, squareOf, turned, zoomed } from "./crop";
import styles from "./CropDialog.module.css";
import { sizeText } from "./size";

/** A photograph that Rust has opened. */
export interface OpenPhoto {
  photo: number;
  name: string;
  bytes: number;
  width: number;
  height: number;
  smallerThan: number | null;
  /** Address of the preview. */
  preview: string;
}

/** Above and below the circle, in pixels. */
const MARGIN = 18;
const STEP = 2;
const LONG_STEP = 20;
const ZOOM_STEP = 0.1;

/** The circle over the photograph: moved by pointer, fingers, wheel and keys (PR-07). The photograph never leaves the circle. */
export function CropDialog({ photo, onSaved, onCancel }: { photo: OpenPhoto; onSaved(): void; onCancel(): void }) {
  const { backend } = useEngine();
  const { t, format } = useWords();
  const [frame, setFrame] = useState<Frame>(() => framed(photo.width, photo.height));
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState<IpcError | null>(null);
  const save = () => {
    setSaving(true);
    setFailed(null);
    backend.photoSave({ photo: photo.photo, ...squareOf(frame) }).then(onSaved, (thrown: unknown) => {
      setSaving(false);
      setFailed(asIpcError(thrown));
    });
  };
  const percent = Math.round(frame.zoom * 100);
  return (
    <ModalOverlay isOpen isDismissable={false} isKeyboardDismissDisabled={saving} onOpenChange={(isOpen) => { if (!isOpen && !saving) onCancel(); }} className={styles.scrim ?? ""}>
      <Modal className={styles.modal ?? ""}>
        <Dialog className={styles.dialog ?? ""}>
          <header className={styles.head}>
            <Heading slot="title">{t("crop-title")}</Heading>
            <small className={styles.file}><Name>{photo.name}</Name><Dot /><span>{sizeText(t, format, photo.bytes)}</span></small>
            <IconButton icon="x" label={t("close")} isDisabled={saving} onPress={onCancel} />
          </header>
          {failed && <div className={styles.notice}><Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} /></div>}
          {photo.smallerThan !== null && <div className={styles.notice}><Notice tone="warn" title={t("crop-small", { width: photo.width, height: photo.height, least: photo.smallerThan })} /></div>}
          <CropView photo={photo} frame={frame} onFrame={setFrame} />
          <div className={styles.tools}>
            <IconButton icon="minus" label={t("crop-zoom-out")} onPress={() => setFrame(zoomed(frame, frame.zoom - ZOOM_STEP))} />
            <Slider aria-label={t("crop-zoom")} value={percent} minValue={LEAST_ZOOM * 100} maxValue={MOST_ZOOM * 100} step={5} onChange={(value) => setFrame(zoomed(frame, value / 100))} className={styles.slider ?? ""}>
              <SliderTrack className={styles.track ?? ""}>
                <SliderFill className={styles.fill ?? ""} />
                <SliderThumb className={styles.thumb ?? ""} />
              </SliderTrack>
            </Slider>
            <IconButton icon="plus" label={t("crop-zoom-in")} onPress={() => setFrame(zoomed(frame, frame.zoom + ZOOM_STEP))} />
            <Figures className={styles.percent ?? ""}>{t("crop-percent", { percent: format.count(percent) })}</Figures>
            <i className={styles.bar} aria-hidden="true" />
            <IconButton icon="arrow-counter-clockwise" label={t("crop-rotate-left")} onPress={() => setFrame(turned(frame, false))} />
            <IconButton icon="arrow-clockwise" label={t("crop-rotate-right")} onPress={() => setFrame(turned(frame, true))} />
          </div>
          <div className={styles.foot}>
            <div className={styles.keys} aria-hidden="true">
              <span>{t("crop-help")}</span>
              <span><kbd>+</kbd><kbd>−</kbd> {t("crop-help-zoom")} <kbd>R</kbd> {t("crop-help-rotate")}</span>
            </div>
            <Button size="lg" isDisabled={saving} onPress={onCancel}>{t("cancel")}</Button>
            <Button size="lg" tone="primary" busy={saving} onPress={save}>{t("crop-save")}</Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface CropViewProps {
  photo: OpenPhoto;
  frame: Frame;
  onFrame(change: (before: Frame) => Frame): void;
}

/** The photograph under the mask. Left to right in both languages: it is a picture. */
function CropView({ photo, frame, onFrame }: CropViewProps) {
  const { t } = useWords();
  const view = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(300);
  const circle = Math.max(1, height - 2 * MARGIN);
  useLayoutEffect(() => {
    const element = view.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => view.current?.focus(), []);
  // React listens to wheels passively: the page would scroll as well.
  useEffect(() => {
    const element = view.current;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      onFrame((before) => zoomed(before, before.zoom * Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002))));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [onFrame]);

  const fingers = useRef(new Map<number, { x: number; y: number }>());
  const down = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus();
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const before = fingers.current.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
    fingers.current.set(event.pointerId, now);
    if (other) {
      const apart = (one: { x: number; y: number }) => Math.max(1, Math.hypot(one.x - other.x, one.y - other.y));
      const ratio = apart(now) / apart(before);
      onFrame((last) => moved(zoomed(last, last.zoom * ratio), (now.x - before.x) / 2, (now.y - before.y) / 2, circle));
    } else {
      onFrame((last) => moved(last, now.x - before.x, now.y - before.y, circle));
    }
  };
  const up = (event: PointerEvent<HTMLDivElement>) => void fingers.current.delete(event.pointerId);
  const key = (event: KeyboardEvent) => {
    const change = changeOf(event, circle);
    if (!change) return;
    event.preventDefault();
    event.stopPropagation();
    onFrame(change);
  };
  const scale = circle / sideOf(frame);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application takes keys and pointers itself
    <div
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- and is a stop of the keyboard
      ref={view} className={styles.view} dir="ltr" role="application" aria-label={t("crop-view")} tabIndex={0} data-crop
      onPointerDown={down} onPointerMove={drag} onPointerUp={up} onPointerCancel={up} onKeyDown={key}
    >
      <img
        className={styles.photo} src={photo.preview} alt="" draggable={false}
        style={{ inlineSize: frame.width * scale, blockSize: frame.height * scale, transform: `rotate(${frame.quarters * 90}deg) translate(${-frame.x * scale}px, ${-frame.y * scale}px)` }}
      />
      <i className={styles.mask} style={{ inlineSize: circle, blockSize: circle }} />
    </div>
  );
}

function changeOf(event: KeyboardEvent, circle: number): ((before: Frame) => Frame) | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const step = event.shiftKey ? LONG_STEP : STEP;
  switch (event.key) {
    case "ArrowLeft": return (before) => moved(before, -step, 0, circle);
    case "ArrowRight": return (before) => moved(before, step, 0, circle);
    case "ArrowUp": return (before) => moved(before, 0, -step, circle);
    case "ArrowDown": return (before) => moved(before, 0, step, circle);
    case "+": case "=": return (before) => zoomed(before, before.zoom + ZOOM_STEP);
    case "-": case "_": case "−": return (before) => zoomed(before, before.zoom - ZOOM_STEP);
    default:
      // By the key's place: an Arabic layout has another letter there.
      return event.code === "KeyR" ? (before) => turned(before, !event.shiftKey) : null;
  }
}
